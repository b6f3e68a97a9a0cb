"""``--evidence``: a file is stored before its event is recorded, and once."""

from __future__ import annotations

import json
import os
import tracemalloc
import unicodedata

import pytest

from tests.cli.driving import events_of
from tests.cli.proving import (
    HEAD,
    MEETING,
    OTHER,
    SCAN,
    evidence_of,
    folder,
    given,
    held,
    proved,
    sha256,
)
from tests.cli.registers import brief
from tests.running import Kaohe


def test_a_file_is_stored_under_its_digest_and_named_by_the_event(opened: Kaohe) -> None:
    """The event holds the file's own name and its SHA-256, the folder its bytes."""
    assert proved(opened, given(opened)).stderr.startswith(f"已登记为 #{HEAD + 1}")
    event = events_of(opened)[-1]
    assert event["fields"]["evidence"] == [{"name": "批示.pdf", "sha256": sha256(SCAN)}]
    assert held(opened) == {sha256(SCAN): SCAN}


def test_a_stored_file_cannot_be_written(opened: Kaohe) -> None:
    """What is stored is read-only, so that no program changes it by mistake."""
    proved(opened, given(opened))
    assert not (folder(opened) / sha256(SCAN)).stat().st_mode & 0o222


def test_every_command_that_records_one_event_takes_evidence(opened: Kaohe) -> None:
    """A correction and a retraction have evidence of their own; the target's stays as it was."""
    files = [given(opened, name.encode(), name) for name in ("登记.txt", "更正.txt", "撤销.txt")]
    proved(opened, files[0])
    target = f"#{HEAD + 1}"
    opened("correct", target, "topics=special", "--reason", "误记", "--evidence", files[1])
    opened("retract", target, "--reason", "误记", "--evidence", files[2])
    named = [event["fields"]["evidence"] for event in events_of(opened)[HEAD:]]
    assert [[each["name"] for each in one] for one in named] == [
        ["登记.txt"], ["更正.txt"], ["撤销.txt"],
    ]  # fmt: skip
    assert len(held(opened)) == 3


def test_the_same_bytes_are_stored_once(opened: Kaohe) -> None:
    """Two events, and two names of one file in one event, share what is stored."""
    first, second = given(opened), given(opened, name="副本.pdf")
    proved(opened, first)
    before = (folder(opened) / sha256(SCAN)).stat()
    proved(opened, first, second, first, note="乙")
    after = (folder(opened) / sha256(SCAN)).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    names = [each["name"] for each in events_of(opened)[-1]["fields"]["evidence"]]
    assert names == ["批示.pdf", "副本.pdf"]


def test_two_files_of_one_name_are_told_apart_by_their_digests(opened: Kaohe) -> None:
    """A name may come twice: what is meant is the digest."""
    (opened.folder / "另").mkdir()
    second = opened.folder / "另" / "批示.pdf"
    second.write_bytes(OTHER)
    proved(opened, given(opened), second)
    named = events_of(opened)[-1]["fields"]["evidence"]
    assert [each["name"] for each in named] == ["批示.pdf", "批示.pdf"]
    assert {each["sha256"] for each in named} == set(held(opened))


def test_evidence_follows_what_a_field_names(opened: Kaohe) -> None:
    """A file given beside the field 佐证材料 is added to what the field says."""
    opened(*MEETING, f"佐证材料=原件.pdf {sha256(OTHER)}", "--evidence", given(opened))
    named = events_of(opened)[-1]["fields"]["evidence"]
    assert [each["sha256"] for each in named] == [sha256(OTHER), sha256(SCAN)]
    assert list(held(opened)) == [sha256(SCAN)]


def test_only_the_digest_is_recorded_when_that_is_asked(opened: Kaohe) -> None:
    """``--digest-only`` names the file in the event and stores nothing."""
    opened(*MEETING, "--evidence", given(opened), "--digest-only")
    assert events_of(opened)[-1]["fields"]["evidence"][0]["sha256"] == sha256(SCAN)
    assert not folder(opened).exists()


def test_an_explanation_shows_the_digests_it_rests_on(opened: Kaohe) -> None:
    """What a score rests on names its evidence, digests and all, in the document for programs."""
    opened.imports([brief("甲")])
    adopt = ["record", "ItemAdopted", "on=2022-08-05", "item=甲", "level=city"]
    opened(*adopt, "--evidence", given(opened))
    wanted = [{"name": "批示.pdf", "sha256": sha256(SCAN)}]
    asked = ("explain", "应县", "--as-of", "2022-12-31")
    told = json.dumps(opened.json(*asked), ensure_ascii=False)
    assert json.dumps(wanted, ensure_ascii=False) in told
    assert "佐证：批示.pdf" in opened(*asked).stdout


def test_an_event_recorded_before_is_not_recorded_twice(opened: Kaohe) -> None:
    """The same event with the same file again is skipped, and the file stays."""
    proved(opened, given(opened))
    assert f"以前已登记为 #{HEAD + 1}" in proved(opened, given(opened)).stderr
    assert held(opened) == {sha256(SCAN): SCAN}


@pytest.mark.skipif(os.name != "posix", reason="names that Windows does not allow")
@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("C:\\扫描\\批示.pdf", "批示.pdf"),
        ("年\\月.pdf", "月.pdf"),
        (unicodedata.normalize("NFD", "résumé.pdf"), "résumé.pdf"),
        (" 前后有空格.pdf ", "前后有空格.pdf"),
    ],
)
def test_only_the_base_name_is_recorded(opened: Kaohe, name: str, recorded: str) -> None:
    """No part of a path becomes part of the log, and the name is in NFC."""
    proved(opened, given(opened, name=name))
    assert events_of(opened)[-1]["fields"]["evidence"][0]["name"] == recorded


def test_a_path_of_this_system_gives_its_base_name(opened: Kaohe) -> None:
    """A folder on the way is not recorded, however the path is written."""
    given(opened)
    path = opened.folder / "桌面" / ".." / "桌面" / "批示.pdf"
    proved(opened, path)
    assert events_of(opened)[-1]["fields"]["evidence"][0]["name"] == "批示.pdf"


def test_a_large_file_is_never_held_in_memory(opened: Kaohe) -> None:
    """Fifty megabytes of holes are stored, taken out and checked a piece at a time."""
    file, size = opened.folder / "录像.mp4", 50 * 1024 * 1024
    with file.open("wb") as stream:
        stream.truncate(size)
    out = opened.folder / "出.mp4"
    runs: list[list[object]] = [
        [*MEETING, "--evidence", file],
        ["evidence", "get", f"#{HEAD + 1}", "--to", out],
        ["evidence", "check"],
    ]
    tracemalloc.start()
    try:
        for typed in runs:
            tracemalloc.reset_peak()
            opened(*typed)
            assert tracemalloc.get_traced_memory()[1] < size // 2, typed
    finally:
        tracemalloc.stop()
    assert out.stat().st_size == size


def test_a_register_file_names_evidence_by_digest(opened: Kaohe) -> None:
    """Lines of a file carry name and digest; the files come later, with ``evidence add``."""
    named = [{"name": "原件.pdf", "sha256": sha256(SCAN).upper()}]
    opened.imports([brief("甲", evidence=named)])
    assert evidence_of(opened)[0]["sha256"] == sha256(SCAN)
    assert not folder(opened).exists()
