"""``kill -9`` at any moment of many appends: event, leaf and tree are in step, or none is there."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from infra.audit.database import examine
from infra.store.engine import open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from tests.cli.driving import ended
from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROOT = Path(__file__).parents[2]
ROUNDS, WRITERS, APPENDS = 3, 3, 70
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
COMMAND = [sys.executable, "-W", "error", "-m", "tests.infra.store.writer_process"]


def begun(database: str, name: str) -> subprocess.Popen[str]:
    """Start a process that appends so many single events, and waits to be told to."""
    return subprocess.Popen(
        [*COMMAND, database, name, str(APPENDS), "1"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told_to_go(process: subprocess.Popen[str]) -> None:
    """Let a process that is ready begin."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()


def gone(engine: Engine) -> None:
    """Wait until a server has noticed that those who were killed are gone."""
    deadline = time.monotonic() + 60
    while engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            if connection.exec_driver_sql(OTHERS).scalar() == 0:
                return
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_event_and_leaf_are_in_step_after_a_kill(database_url: str) -> None:
    """Of three writers two are killed among 210 appends, at many moments: nothing is found."""
    chance = Random(6)
    engine = open_engine(database_url)
    create_schema(engine)
    recorder, cut_short = EventRecorder(engine), 0
    for number in range(ROUNDS):
        before = recorder.head().position
        processes = [begun(database_url, f"{number}-{name}") for name in range(WRITERS)]
        for process in processes:
            told_to_go(process)
        # The later aim is reached while the others are still writing.
        for aim in sorted(chance.sample(range(1, APPENDS), WRITERS - 1)):
            while recorder.head().position < before + aim:
                time.sleep(chance.random() / 1000)
            victim = processes.pop()
            victim.kill()
            ended(victim)
        assert ended(processes[0]) == (0, "", "")
        gone(engine)
        head = recorder.head().position
        cut_short += APPENDS <= head - before < WRITERS * APPENDS
        found = examine(engine, [head])
        assert (found.findings, found.position) == ([], head)
        assert recorder.insert_events(batch(f"next/{number}", range(1, 2))) == [head + 1]
    assert cut_short
    assert examine(engine, []).findings == []
    engine.dispose()
