"""``--evidence-dir``: the folder that evidence is stored in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.driving import ended, events_of, fit_for_a_clerk, refused, started
from tests.cli.proving import HEAD, MEETING, OTHER, SCAN, evidence_of, folder, given, sha256
from tests.cli.registers import OPENING
from tests.running import Kaohe


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_a_folder_that_may_not_be_written_is_told(opened: Kaohe) -> None:
    """An event whose evidence cannot be stored is not recorded."""
    place = opened.folder / "只读"
    place.mkdir()
    place.chmod(0o555)
    typed = ["--evidence-dir", str(place), *MEETING, "--evidence", str(given(opened))]
    answer = ended(started(opened.database, *typed, unprivileged=True))
    place.chmod(0o755)
    assert answer.exit_code == 1
    assert f"不能写入 {place}" in fit_for_a_clerk(answer.stderr)
    assert len(events_of(opened)) == HEAD


def test_the_folder_is_named_by_option_or_environment(opened: Kaohe) -> None:
    """``--evidence-dir`` stands before the noun, and nothing is put beside the database then."""
    place = opened.folder / "档案"
    opened("--evidence-dir", place, *MEETING, "--evidence", given(opened))
    assert (place / sha256(SCAN)).read_bytes() == SCAN
    assert not folder(opened).exists()
    assert [each["held"] for each in evidence_of(opened)] == [False]
    typed = ["evidence", "get", "#6", "--to", opened.folder / "出.pdf"]
    answer = ended(started(opened.database, *typed, KAOHE_EVIDENCE=str(place)))
    assert answer.exit_code == 0, answer
    assert (opened.folder / "出.pdf").read_bytes() == SCAN


def test_a_folder_is_not_made_along_a_mistyped_path(opened: Kaohe) -> None:
    """The folder itself is made, its parents are not."""
    place = opened.folder / "没有" / "档案"
    typed = ["--evidence-dir", place, *MEETING, "--evidence", given(opened)]
    assert str(place) in refused(opened, *typed)
    assert not place.parent.exists()


def test_a_file_given_as_the_folder_is_refused(opened: Kaohe) -> None:
    """A file in the place of the folder is left alone."""
    place = given(opened, OTHER, "档案")
    refused(opened, "--evidence-dir", place, *MEETING, "--evidence", given(opened))
    assert place.read_bytes() == OTHER
    assert len(events_of(opened)) == HEAD


def test_a_server_has_no_folder_beside_it(postgres_url: str, tmp_path: Path) -> None:
    """On PostgreSQL a copy needs a folder to be named; a digest does not, nor does reading."""
    kaohe = Kaohe(tmp_path, postgres_url)
    kaohe.imports(OPENING)
    file = given(kaohe)
    message = refused(kaohe, *MEETING, "--evidence", file)
    assert all(word in message for word in ("--evidence-dir", "KAOHE_EVIDENCE", "--digest-only"))
    assert len(events_of(kaohe)) == HEAD
    kaohe(*MEETING, "--evidence", file, "--digest-only")
    assert [each["held"] for each in evidence_of(kaohe)] == [False]
    assert "--evidence-dir" in refused(kaohe, "evidence", "check")
    assert "--evidence-dir" in refused(kaohe, "evidence", "add", file)
    place = ["--evidence-dir", tmp_path / "档案"]
    kaohe(*place, *MEETING, "note=乙", "--evidence", file)
    assert kaohe.json(*place, "evidence", "check")["held"] == 1
