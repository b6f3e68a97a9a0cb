"""Evidence stored by two processes at once, and by one that is killed."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.evidence.store import EvidenceStore
from tests.cli.driving import ended, events_of, started
from tests.cli.proving import MEETING, SCAN, folder, given, held, proved, sha256
from tests.cli.registers import OPENING
from tests.concurrency import test_two_at_once as two
from tests.running import Kaohe

HEAD = len(OPENING)


@pytest.fixture
def opened(tmp_path: Path) -> Kaohe:
    """A register with a cycle and its units."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    return kaohe


def wait_until(what: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something is so, while the process runs."""
    deadline = time.monotonic() + 60
    while not what():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)


def killed_before_recording(kaohe: Kaohe, file: Path) -> None:
    """Kill a process that has stored its file and waits for its turn to record the event."""
    with two.held(kaohe.database):
        process = started(kaohe.database, *MEETING, "note=甲", "--evidence", file)
        wait_until((folder(kaohe) / sha256(SCAN)).exists, process)
        process.kill()
        ended(process)


def test_killed_between_storing_and_recording(opened: Kaohe) -> None:
    """The file is there and no event: nothing is dangling, and the next try completes it."""
    killed_before_recording(opened, given(opened))
    assert len(events_of(opened)) == HEAD
    assert held(opened) == {sha256(SCAN): SCAN}
    assert opened.json("evidence", "check")["surplus"] == [sha256(SCAN)]
    proved(opened, given(opened))
    assert len(events_of(opened)) == HEAD + 1
    assert opened.json("evidence", "check")["surplus"] == []


def test_killed_while_it_copies(opened: Kaohe) -> None:
    """Half a copy is never taken for the file, and the next program to store clears it away."""
    file = opened.folder / "大.bin"
    with file.open("wb") as stream:
        stream.truncate(1 << 30)
    process = started(opened.database, *MEETING, "--evidence", file)
    wait_until(lambda: any(folder(opened).glob(".new-*")), process)
    process.kill()
    ended(process)
    assert len(events_of(opened)) == HEAD
    found = opened.json("evidence", "check")
    assert (found["held"], found["strangers"]) == (0, [])
    proved(opened, given(opened))
    assert held(opened) == {sha256(SCAN): SCAN}


def test_the_same_file_at_once_is_stored_once(opened: Kaohe) -> None:
    """Four clerks who record with one file at the same moment all succeed and share it."""
    typed = [(*MEETING, f"note=第{n}次", "--evidence", given(opened)) for n in range(4)]
    processes = [started(opened.database, *words) for words in typed]
    answers = [ended(process) for process in processes]
    assert [answer.exit_code for answer in answers] == [0] * 4, answers
    named = [event["fields"]["evidence"][0]["sha256"] for event in events_of(opened)[HEAD:]]
    assert named == [sha256(SCAN)] * 4
    assert held(opened) == {sha256(SCAN): SCAN}


@pytest.mark.slow
@pytest.mark.parametrize("first", ["refused", "recorded"])
def test_a_refusal_takes_no_file_from_who_records_at_once(opened: Kaohe, first: str) -> None:
    """Whoever comes first, the file that one of the two recorded is held when both are done."""
    file = given(opened)
    right = (*MEETING, "--evidence", file)
    wrong = ("retract", "#99", "--reason", "x", "--evidence", file)
    commands = [wrong, right] if first == "refused" else [right, wrong]
    for _ in range(3):
        processes = [started(opened.database, *words) for words in commands]
        codes = {words[0]: ended(p).exit_code for p, words in zip(processes, commands, strict=True)}
        assert codes == {"record": 0, "retract": 1}
        assert held(opened) == {sha256(SCAN): SCAN}


def test_who_stores_evidence_waits_for_his_turn(opened: Kaohe) -> None:
    """From storing to recording a program is alone: another neither stores nor records meanwhile.

    Else a refusal could take the file back that another had just found held.
    """
    with EvidenceStore(folder(opened)).alone():
        process = started(opened.database, *MEETING, "--evidence", given(opened))
        time.sleep(two.SURELY_DECIDED)
        assert process.poll() is None
        assert held(opened) == {}
        assert len(events_of(opened)) == HEAD
    assert ended(process).exit_code == 0
    assert held(opened) == {sha256(SCAN): SCAN}
