"""Positions: dense, given once, by one writer at a time."""

from __future__ import annotations

import subprocess
import sys
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError, Tracking

from domain.errors import IntegrityBroken
from infra.store import engine as engine_module
from infra.store.engine import open_engine
from infra.store.errors import HeadMoved
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from infra.store.transactions import writing
from tests.infra.store.batches import batch, drop_delete_trigger

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROOT = Path(__file__).parents[3]


def test_positions_count_the_log(recorder: EventRecorder) -> None:
    """Positions go on from batch to batch, whatever the streams."""
    assert recorder.insert_events(batch("item/1", range(1, 3))) == [1, 2]
    assert recorder.insert_events(batch("item/2", range(1, 2))) == [3]
    assert [row[:3] for row in recorder.rows()] == [
        (1, "item/1", 1),
        (2, "item/1", 2),
        (3, "item/2", 1),
    ]


def test_versions_follow_those_recorded_before(recorder: EventRecorder) -> None:
    """A batch may leave it to the store to count on in each of its streams, however many."""
    recorder.insert_events(batch("item/7", range(1, 4)) + batch("item/8", range(1, 2)))
    fresh = [event for n in range(1200) for event in batch(f"new/{n}", range(1, 2))]
    recorder.insert_events([*fresh, *batch("item/7", range(1, 3))], following=True)
    rows = list(recorder.rows(after=4))
    assert [row[1:3] for row in rows[-2:]] == [("item/7", 4), ("item/7", 5)]
    assert {row.version for row in rows[:-2]} == {1}


def test_a_failed_batch_takes_no_positions(recorder: EventRecorder) -> None:
    """A batch that fails at its last event stores nothing and leaves no gap."""
    recorder.insert_events(batch("item/1", range(1, 2)))
    with pytest.raises(IntegrityError):
        recorder.insert_events(batch("item/2", range(1, 4)) + batch("item/1", range(1, 2)))
    assert recorder.insert_events(batch("item/3", range(1, 2))) == [2]
    assert [row.stream for row in recorder.rows()] == ["item/1", "item/3"]


def test_a_refused_tracking_records_no_events(recorder: EventRecorder) -> None:
    """Events and the tracking that comes with them are stored together or not at all."""
    recorder.insert_tracking(Tracking("mailbox", 5))
    with pytest.raises(IntegrityError):
        recorder.insert_events(batch("item/1", range(1, 2)), tracking=Tracking("mailbox", 5))
    assert recorder.max_notification_id() is None


def test_an_empty_batch_is_nothing(recorder: EventRecorder) -> None:
    """Recording no events gives no positions and moves nothing."""
    assert recorder.insert_events([]) == []
    assert recorder.head() == (0, None)


def test_a_deleted_tail_does_not_free_its_number(engine: Engine, recorder: EventRecorder) -> None:
    """Who drops the trigger and cuts the end of the log leaves a gap for all to see."""
    recorder.insert_events(batch("item/1", range(1, 4)))
    with writing(engine) as connection:
        drop_delete_trigger(connection)
        connection.exec_driver_sql("DELETE FROM event WHERE position > 1")

    assert recorder.insert_events(batch("item/2", range(1, 2))) == [4]
    assert [row.position for row in recorder.rows()] == [1, 4]


def test_without_its_head_row_the_store_stops(engine: Engine, recorder: EventRecorder) -> None:
    """A lost head row is neither guessed nor quietly made again: the store refuses to go on."""
    recorder.insert_events(batch("item/1", range(1, 2)))
    with writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM head")
    create_schema(engine)
    with pytest.raises(IntegrityBroken, match="head"):
        recorder.insert_events(batch("item/1", range(2, 3)))
    with pytest.raises(IntegrityBroken, match="备份"):
        recorder.head()


def test_a_batch_decided_on_an_older_head_is_refused(recorder: EventRecorder) -> None:
    """`after` lets a batch in only while nobody else has recorded anything."""
    assert recorder.insert_events(batch("item/1", range(1, 3)), after=0) == [1, 2]
    with pytest.raises(HeadMoved) as refused:
        recorder.insert_events(batch("item/2", range(1, 2)), after=0)
    assert (refused.value.expected, refused.value.actual) == (0, 2)
    assert isinstance(refused.value, IntegrityError)
    with pytest.raises(HeadMoved):
        recorder.insert_events([], after=1)
    assert recorder.head().position == 2
    assert recorder.insert_events(batch("item/2", range(1, 2)), after=2) == [3]


def test_processes_that_write_at_once_leave_no_gap(database_url: str) -> None:
    """Four processes make the tables and record at once: all succeed, every batch in one piece."""
    names, batches, size = "abcd", 15, 7
    command = [sys.executable, "-W", "error", "-m", "tests.infra.store.writer_process"]
    processes = [
        subprocess.Popen(
            [*command, database_url, name, str(batches), str(size)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in processes]
    assert [said for _, said in answers] == [""] * len(names)
    assert {process.returncode for process in processes} == {0}

    engine = open_engine(database_url)
    rows = list(EventRecorder(engine).rows())
    engine.dispose()
    assert [row.position for row in rows] == list(range(1, len(names) * batches * size + 1))
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(rows))
    runs = [(stream, len(list(run))) for stream, run in groupby(row.stream for row in rows)]
    assert sorted(runs) == sorted((f"{name}/{n}", size) for name in names for n in range(batches))


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second writer gives up after a while, with an error that names the cause."""
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
    first, second = open_engine(database_url), open_engine(database_url)
    create_schema(first)
    with writing(first), pytest.raises(OperationalError, match="lock"):
        EventRecorder(second).insert_events(batch("item/1", range(1, 2)))
    assert EventRecorder(second).insert_events(batch("item/1", range(1, 2))) == [1]
    first.dispose()
    second.dispose()
