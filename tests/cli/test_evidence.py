"""``--evidence``: a file is stored before its event is recorded, once, and never for nothing."""

from __future__ import annotations

import json
import os
import tracemalloc
import unicodedata
from pathlib import Path

import pytest

from tests.cli.driving import ended, events_of, fit_for_a_clerk, misused, refused, started
from tests.cli.proving import (
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
from tests.cli.registers import OPENING, brief
from tests.running import Kaohe

HEAD = len(OPENING)


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


def test_digest_only_without_a_file_is_wrong_usage(opened: Kaohe) -> None:
    """The option alone says nothing."""
    assert "--evidence" in misused(opened, *MEETING, "--digest-only")


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


@pytest.mark.parametrize(
    "typed",
    [MEETING, ["correct", "#2", "note=x", "--reason", "x"], ["retract", "#4", "--reason", "x"]],
    ids=lambda typed: typed[0],
)
def test_a_dry_run_stores_nothing(opened: Kaohe, typed: list[str]) -> None:
    """Trying out leaves no file, no folder and no event."""
    said = opened(*typed, "--evidence", given(opened), "--dry-run").stderr
    assert "检查通过，将登记" in said
    assert not folder(opened).exists()
    assert len(events_of(opened)) == HEAD


def test_a_dry_run_in_no_register_makes_none(kaohe: Kaohe) -> None:
    """Neither the database nor the folder of evidence is made for a trial."""
    enrol = ["record", "UnitEnrolled", "on=2022-01-01", "unit=应县", "category=county"]
    kaohe(*enrol, "--evidence", given(kaohe), "--dry-run")
    assert [path.name for path in kaohe.folder.iterdir()] == ["桌面"]


@pytest.mark.parametrize(
    "typed",
    [
        ["record", "DeploymentStudied", "on=2022-03-01", "unit=应显", "topics=brief"],
        ["correct", "#2", "category=村", "--reason", "x"],
        ["retract", "#99", "--reason", "x"],
    ],
    ids=lambda typed: typed[0],
)
def test_a_refused_event_leaves_no_file(opened: Kaohe, typed: list[str]) -> None:
    """What was stored for an event that is refused is taken back."""
    refused(opened, *typed, "--evidence", given(opened))
    assert held(opened) == {}
    assert len(events_of(opened)) == HEAD


def test_a_refused_first_event_leaves_no_file(kaohe: Kaohe) -> None:
    """So too where there was no register yet."""
    refused(kaohe, "record", "DeploymentStudied", "on=2022-03-01", "--evidence", given(kaohe))
    assert held(kaohe) == {}


def test_a_refused_event_takes_no_file_from_another(opened: Kaohe) -> None:
    """A file that was held before stays, and so does one that an event had named by digest."""
    proved(opened, given(opened))
    by_digest = given(opened, OTHER, "另.pdf")
    opened(*MEETING, "note=乙", "--evidence", by_digest, "--digest-only")
    for file in (given(opened), by_digest):
        refused(opened, "retract", "#99", "--reason", "x", "--evidence", file)
    assert set(held(opened)) == {sha256(SCAN), sha256(OTHER)}


def test_a_refused_event_takes_no_file_that_was_put_there_on_purpose(opened: Kaohe) -> None:
    """What was held before stays, though no event names it."""
    opened("evidence", "add", "--any", given(opened))
    refused(opened, "retract", "#99", "--reason", "x", "--evidence", given(opened))
    assert held(opened) == {sha256(SCAN): SCAN}


def test_an_event_recorded_before_is_not_recorded_twice(opened: Kaohe) -> None:
    """The same event with the same file again is skipped, and the file stays."""
    proved(opened, given(opened))
    assert f"以前已登记为 #{HEAD + 1}" in proved(opened, given(opened)).stderr
    assert held(opened) == {sha256(SCAN): SCAN}


def test_one_bad_file_among_several_stores_none(opened: Kaohe) -> None:
    """The files are looked at before the first is stored."""
    message = refused(
        opened, *MEETING, "--evidence", given(opened), "--evidence", opened.folder / "没有.pdf"
    )
    assert "没有.pdf" in message
    assert not folder(opened).exists()


def test_what_is_no_file_is_refused(opened: Kaohe) -> None:
    """A folder, an empty file and a missing one prove nothing; each is named."""
    empty = given(opened, b"", "空.pdf")
    for place, said in [
        (opened.folder, "不是文件"),
        (empty, "是空的"),
        ("没有.pdf", "没有佐证文件"),
    ]:
        message = refused(opened, *MEETING, "--evidence", place)
        assert said in message
        assert str(place) in message
    assert len(events_of(opened)) == HEAD


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_a_file_that_may_not_be_read_is_refused(opened: Kaohe) -> None:
    """The message names the file; nothing is recorded or stored."""
    file = given(opened)
    file.chmod(0)
    typed = [*MEETING, "--evidence", str(file)]
    answer = ended(started(opened.database, *typed, unprivileged=True))
    if os.geteuid() == 0:
        file.chmod(0o644)
    assert answer.exit_code == 1
    assert str(file) in fit_for_a_clerk(answer.stderr)
    assert held(opened) == {}
    assert len(events_of(opened)) == HEAD


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


@pytest.mark.skipif(os.name != "posix", reason="names that Windows does not allow")
@pytest.mark.parametrize("name", ["换\n行.pdf", "目录\\", "响\x07铃.pdf"])
def test_a_name_that_no_log_can_hold_is_refused(opened: Kaohe, name: str) -> None:
    """The clerk is asked to rename the file."""
    assert "改名" in refused(opened, *MEETING, "--evidence", given(opened, name=name))
    assert not folder(opened).exists()


def test_a_held_file_that_was_altered_stops_the_recording(opened: Kaohe) -> None:
    """Bytes that are not those of the digest are neither taken for the file nor written over."""
    proved(opened, given(opened))
    place = folder(opened) / sha256(SCAN)
    place.chmod(0o644)
    place.write_bytes(b"forged")
    message = refused(opened, *MEETING, "note=乙", "--evidence", given(opened), exit_code=3)
    assert str(place) in message
    assert place.read_bytes() == b"forged"
    assert len(events_of(opened)) == HEAD + 1


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
