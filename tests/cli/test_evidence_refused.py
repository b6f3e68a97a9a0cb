"""``--evidence``: what is refused, and that nothing is stored for what is not recorded."""

from __future__ import annotations

import os

import pytest

from tests.cli.driving import ended, events_of, fit_for_a_clerk, misused, refused, started
from tests.cli.proving import HEAD, MEETING, OTHER, SCAN, folder, given, held, proved, sha256
from tests.running import Kaohe


def test_digest_only_without_a_file_is_wrong_usage(opened: Kaohe) -> None:
    """The option alone says nothing."""
    assert "--evidence" in misused(opened, *MEETING, "--digest-only")


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
