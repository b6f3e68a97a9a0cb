"""Two processes that record into one database at once."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.store.engine import open_engine
from infra.store.transactions import writing
from tests.cli.driving import contents, ended, events_of, queried, started
from tests.cli.registers import OPENING, brief, of_length
from tests.running import Answer, Kaohe

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
SURELY_DECIDED = 2.5
"""Seconds in which a process has long decided a small file and waits for its turn to write."""


@pytest.fixture
def kaohe(tmp_path: Path, database_url: str) -> Kaohe:
    """A register with a cycle and its units, on either database, its lines made."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(OPENING)
    return kaohe


def at_once(kaohe: Kaohe, *typed: tuple[object, ...]) -> list[Answer]:
    """Run commands as processes that all decide on the same log, and return how they ended.

    The right to write is held until each of them has decided and waits for it: all but the first
    then find that the log has moved on. On SQLite, where nobody can tell who waits, that is only
    as sure as the machine is fast; what has to hold holds in any case.
    """
    with held(kaohe.database):
        processes = [started(kaohe.database, *words) for words in typed]
        wait_for(kaohe.database, processes)
    return [ended(process) for process in processes]


@contextmanager
def held(database: str) -> Iterator[None]:
    """Be the one writer for as long as the block runs, and write nothing."""
    engine = open_engine(database)
    try:
        with writing(engine):
            yield
    finally:
        engine.dispose()


def wait_for(database: str, processes: list[subprocess.Popen[str]]) -> None:
    """Wait until the processes wait to write; only PostgreSQL can tell how many do."""
    if not database.startswith("postgresql"):
        time.sleep(SURELY_DECIDED)
        return
    deadline = time.monotonic() + 60
    while queried(database, WAITING) != [(len(processes),)]:
        assert all(process.poll() is None for process in processes)
        assert time.monotonic() < deadline
        time.sleep(0.05)


def file(kaohe: Kaohe, prefix: str, count: int) -> Path:
    """Write a file of so many lines, with items of its own."""
    return kaohe.file(of_length(count, prefix, opening=False), f"{prefix}.jsonl")


def positions(kaohe: Kaohe) -> list[int]:
    """Return the positions of the log."""
    return [event["position"] for event in events_of(kaohe)]


def test_different_files_at_once_are_both_recorded(kaohe: Kaohe) -> None:
    """Both succeed, each file in its own order and in one piece, without a gap in the numbers."""
    first, second = file(kaohe, "甲", 40), file(kaohe, "乙", 30)
    answers = at_once(kaohe, ("import", first), ("import", second))
    assert [answer.exit_code for answer in answers] == [0, 0], answers
    assert positions(kaohe) == list(range(1, len(OPENING) + 71))
    rows = [(e["source"]["file"], e["source"]["row"]) for e in events_of(kaohe, "--after", 5)]
    one = [("甲.jsonl", row) for row in range(1, 41)]
    other = [("乙.jsonl", row) for row in range(1, 31)]
    assert rows in (one + other, other + one)
    assert "一致：75 条事件" in kaohe("check").stdout


def test_a_command_that_was_overtaken_prints_nothing_else_to_stdout(kaohe: Kaohe) -> None:
    """That a batch was decided again is no data; whoever reads stdout does not see it."""
    answers = at_once(kaohe, ("import", file(kaohe, "甲", 5)), ("import", file(kaohe, "乙", 5)))
    assert [answer.stdout for answer in answers] == ["", ""]


def test_the_same_file_at_once_is_recorded_once(kaohe: Kaohe) -> None:
    """The process that was overtaken finds every line recorded and skips it."""
    path = file(kaohe, "甲", 40)
    answers = at_once(kaohe, ("import", path), ("import", path))
    assert [answer.exit_code for answer in answers] == [0, 0], answers
    said = sorted("登记 40 条事件" in answer.stderr for answer in answers)
    assert said == [False, True]
    assert any("登记 0 条事件，跳过以前登记过的 40 行" in answer.stderr for answer in answers)
    assert positions(kaohe) == list(range(1, len(OPENING) + 41))
    assert "一致" in kaohe("check").stdout


def test_of_two_that_make_one_number_one_is_refused(kaohe: Kaohe) -> None:
    """A check that holds across files holds between processes: one number is given once."""
    files = [
        kaohe.file([brief("同号", title=title)], f"{title}.jsonl") for title in ("一", "二", "三")
    ]
    answers = at_once(kaohe, *(("import", path) for path in files))
    assert sorted(answer.exit_code for answer in answers) == [0, 1, 1]
    assert all("信息编号“同号”已由事件 #6 登记" in a.stderr for a in answers if a.exit_code)
    assert len(positions(kaohe)) == len(OPENING) + 1


def test_single_events_at_once_are_all_recorded(kaohe: Kaohe) -> None:
    """Three clerks who record at the same moment get three numbers."""
    words = ["record", "DeploymentStudied", "on=2022-03-01", "unit=应县", "topics=brief"]
    answers = at_once(kaohe, *((*words, f"note=第{n}次") for n in range(3)))
    assert [answer.exit_code for answer in answers] == [0, 0, 0], answers
    assert {answer.stderr.partition("：")[0] for answer in answers} == {
        "已登记为 #6", "已登记为 #7", "已登记为 #8",
    }  # fmt: skip
    assert positions(kaohe) == list(range(1, 9))
    assert "一致" in kaohe("check").stdout


def test_two_that_begin_a_register_at_once_both_succeed(tmp_path: Path, database_url: str) -> None:
    """The tables are made once, whoever comes first, and both files are in."""
    kaohe = Kaohe(tmp_path, database_url)
    paths = [
        kaohe.file([{"type": "UnitEnrolled", "on": "2022-01-01", "unit": f"{prefix}{n}",
                     "category": "department"} for n in range(200)], f"{prefix}.jsonl")
        for prefix in ("甲", "乙")
    ]  # fmt: skip
    processes = [started(kaohe.database, "import", path) for path in paths]
    answers = [ended(process) for process in processes]
    assert [answer.exit_code for answer in answers] == [0, 0], answers
    assert positions(kaohe) == list(range(1, 401))
    assert "一致：400 条事件" in kaohe("check").stdout


def test_reading_goes_on_while_somebody_records(kaohe: Kaohe) -> None:
    """A writer that takes its time keeps nobody from reading scores and the log."""
    before = contents(events_of(kaohe))
    with held(kaohe.database):
        assert contents(events_of(kaohe)) == before
        assert kaohe.sheets("--as-of", "2022-12-31")["应县"]["total"] == "80"
