"""What somebody else records at the worst moment: just before a decision, or amid a comparison."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cli.main import Settings
from cli.office import Office, today
from infra.application import RegisterApplication
from infra.files.reading import read_register
from infra.recording import Outcome, Recording
from projections.facts import RecordedFacts
from tests.cli.driving import ended, events_of, started
from tests.cli.registers import OPENING, Line, adopted, brief, enrolled, issued, studied
from tests.concurrency.test_two_at_once import SURELY_DECIDED
from tests.infra.files.registers import WORDS
from tests.running import Kaohe

HEAD = len(OPENING)
TABLES = ("event", "head", "fact", "brought", "ref", "line", "progress")


@pytest.fixture
def kaohe(tmp_path: Path, database_url: str) -> Kaohe:
    """A register with a cycle and its units, on either database, its lines made."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(OPENING)
    return kaohe


def overtaken(kaohe: Kaohe, path: Path, other: Callable[[], object]) -> Outcome:
    """Record a file; ``other`` happens once, when what is known is about to be looked at."""
    office = Office(Settings(kaohe.database, "李四", None, debug=False))
    waiting = [other]

    def facts(head: int) -> RecordedFacts:
        while waiting:
            waiting.pop()()
        return office.facts_upto(head)

    try:
        recording = Recording(
            RegisterApplication(office.recorder),
            office.projection,
            facts,
            one_state=office.one_state,
            rulebooks=office.rulebooks,
            today=today,
        )
        lines = read_register(path, vocabularies=lambda _: [WORDS]).lines
        return recording.record(lines, actor="李四")
    finally:
        office.close()


SAME = {
    "numbers": [brief("甲"), adopted("甲"), issued("约1")],
    "no numbers": [studied(), studied(), studied(note="又")],
    "refs": [brief("甲", ref="a"), studied(ref="b")],
    "units": [enrolled("市能源局", "department"), brief("甲", unit="市能源局")],
}


@pytest.mark.parametrize("lines", SAME.values(), ids=list(SAME))
def test_a_file_that_somebody_else_recorded_meanwhile_is_skipped(
    kaohe: Kaohe, lines: list[Line]
) -> None:
    """The same file recorded by another process in that moment is skipped, never refused."""
    path = kaohe.file(lines)
    outcome = overtaken(kaohe, path, lambda: kaohe("import", path))
    assert (len(outcome.recorded), len(outcome.skipped)) == (0, len(lines))
    assert len(events_of(kaohe)) == HEAD + len(lines)


def test_a_file_is_decided_again_on_what_somebody_else_recorded(kaohe: Kaohe) -> None:
    """Another file recorded in that moment only moves the numbers."""
    path = kaohe.file([brief("甲"), adopted("甲")])
    outcome = overtaken(kaohe, path, lambda: kaohe.imports([brief("乙")], "乙.jsonl"))
    assert [decided.position for decided in outcome.recorded] == [HEAD + 2, HEAD + 3]
    assert [event["position"] for event in events_of(kaohe)] == list(range(1, HEAD + 4))
    assert "一致" in kaohe("check").stdout


def test_what_is_recorded_during_a_check_is_no_difference(tmp_path: Path) -> None:
    """A check that somebody records into compares like with like, and does not cry wolf."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    later = tmp_path / "后.db"
    shutil.copy(kaohe.database, later)
    Kaohe(tmp_path, str(later)).imports([brief("甲"), adopted("甲"), issued("约1")])
    with closing(sqlite3.connect(kaohe.database, isolation_level=None)) as writer:
        writer.execute("ATTACH ? AS later", (str(later),))
        writer.execute("BEGIN IMMEDIATE")
        process = started(kaohe.database, "check")
        time.sleep(SURELY_DECIDED)
        writer.execute("INSERT INTO event SELECT * FROM later.event WHERE position > 5")
        for table in TABLES[1:]:
            writer.execute(f"DELETE FROM main.{table}")
            writer.execute(f"INSERT INTO main.{table} SELECT * FROM later.{table}")
        writer.execute("COMMIT")
    answer = ended(process)
    assert answer.exit_code == 0, answer.stderr
    assert "一致：8 条事件" in kaohe("check").stdout
