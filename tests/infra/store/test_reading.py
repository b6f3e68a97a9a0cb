"""Reading the log: whole, in parts, by number, by stream, by moment."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import StoredEvent

from infra.store.engine import MEMORY, open_engine
from infra.store.reading import PAGE, LogReader
from infra.store.recorder import EventRecorder
from infra.store.rows import StoredRow
from infra.store.schema import create_schema
from infra.store.transactions import Readings, writing
from tests.infra.store.batches import batch, drop_delete_trigger

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def test_what_is_recorded_is_read_byte_for_byte(recorder: EventRecorder) -> None:
    """Any text in a name and any bytes in the data come back as they went in."""
    names = ["commission/约3", "a\tb", "a\nb\r", "\\", "\\N", "NULL", "null", "", "'\"{},", "%s?:x"]
    data = [bytes(range(256)), b"", "中文".encode(), b"\\x00"]
    events = [
        StoredEvent(name, version, name or "type", content)
        for name in names
        for version, content in enumerate(data, 1)
    ]
    recorder.insert_events(events)
    rows = list(recorder.rows())
    assert [StoredEvent(row.stream, row.version, row.type, row.data) for row in rows] == events
    assert {type(row.data) for row in rows} == {bytes}
    assert [e for name in names for e in recorder.select_events(name)] == events


def test_the_log_is_streamed_in_pages(recorder: EventRecorder) -> None:
    """A log of more than two pages is read in order and whole, and in any part of it."""
    size = 2 * PAGE + 10
    recorder.insert_events(batch("item/1", range(1, size + 1)))
    assert [row.position for row in recorder.rows()] == list(range(1, size + 1))
    parts = [(0, 0), (0, PAGE), (PAGE, PAGE + 1), (5, 2 * PAGE + 5), (size, None), (9, 4)]
    for after, upto in parts:
        expected = list(range(after + 1, (size if upto is None else upto) + 1))
        assert [row.position for row in recorder.rows(after=after, upto=upto)] == expected


def test_reading_ends_where_the_log_ended_when_it_began(recorder: EventRecorder) -> None:
    """Who records while reading does not read what he records, or he would never end."""
    recorder.insert_events(batch("item/1", range(1, 4)))
    seen = []
    for row in recorder.rows():
        recorder.insert_events(batch(f"copy/{row.position}", range(1, 2)))
        seen.append(row.position)
    assert seen == [1, 2, 3]
    assert recorder.head().position == 6


def test_a_reader_that_stops_halfway_holds_nothing() -> None:
    """A database in memory has one connection, and it is free between two rows of a reader."""
    engine = open_engine(MEMORY)
    create_schema(engine)
    recorder = EventRecorder(engine)
    recorder.insert_events(batch("item/1", range(1, PAGE + 5)))
    halfway = recorder.rows()
    assert len(list(islice(halfway, 2))) == 2
    assert recorder.insert_events(batch("item/2", range(1, 2))) == [PAGE + 5]
    assert len(list(halfway)) == PAGE + 2
    engine.dispose()


def test_what_is_read_as_one_state_is_one_state(engine: Engine) -> None:
    """What is recorded meanwhile is seen when the block is over, and not by half before that."""
    recorder, readings = EventRecorder(engine), Readings(engine)
    log = LogReader(readings.each)
    with readings.one_state():
        assert log.head().position == 0
        recorder.insert_events(batch("item/1", range(1, 3)))
        assert (log.head().position, log.rows_at([1]), list(log.rows(upto=2))) == (0, [], [])
        with ThreadPoolExecutor(1) as another:
            assert another.submit(log.head).result().position == 2
    assert (log.head().position, len(list(log.rows()))) == (2, 2)


def test_one_state_takes_one_connection() -> None:
    """A database in memory has one: it serves the whole block and those in it, and comes back."""
    engine = open_engine(MEMORY)
    create_schema(engine)
    readings = Readings(engine)
    log = LogReader(readings.each)
    with readings.one_state():
        assert log.head().position == log.last_position_at(NOON) == 0
        with readings.one_state():
            assert log.head().position == 0
        assert log.head().position == 0
    with pytest.raises(RuntimeError), readings.one_state():
        raise RuntimeError
    assert EventRecorder(engine).insert_events(batch("item/1", range(1, 2))) == [1]
    assert log.head().position == 1
    engine.dispose()


def test_who_writes_beside_the_log_reads_what_is_not_committed_yet(engine: Engine) -> None:
    """The log as a transaction sees it has what that transaction itself has changed."""
    EventRecorder(engine).insert_events(batch("item/1", range(1, 3)))
    with writing(engine) as connection:
        drop_delete_trigger(connection)
        connection.exec_driver_sql("DELETE FROM event WHERE position = 1")
        assert [row.position for row in LogReader.seen_by(connection).rows()] == [2]
        connection.rollback()
    assert [row.position for row in EventRecorder(engine).rows()] == [1, 2]


def test_rows_are_found_by_position(recorder: EventRecorder) -> None:
    """More numbers than one statement takes are found, each once, in order."""
    for version in (1, 2):
        recorder.insert_events([StoredEvent(f"item/{n}", version, "t", b"") for n in range(1200)])
    wanted = [*range(2400, 0, -2), 2, 9999]
    assert [row.position for row in recorder.rows_at(wanted)] == list(range(2, 2401, 2))
    (first,) = recorder.rows_at([1])
    assert first == StoredRow(1, "item/0", 1, "t", first.recorded_at, b"")
    assert recorder.rows_at([]) == []


@pytest.fixture
def uneven(engine: Engine) -> EventRecorder:
    """A log of 40 events whose moments stand still, creep and jump."""
    moments = [NOON + timedelta(seconds=n // 3, microseconds=n % 2) for n in range(20)]
    clock = iter(moments)
    recorder = EventRecorder(engine, clock=lambda: next(clock))
    for n in range(len(moments)):
        recorder.insert_events(batch(f"item/{n}", range(1, 3)))
    return recorder


def test_the_last_position_at_a_moment(uneven: EventRecorder) -> None:
    """At every moment of the log, and just beside it, the answer is that of counting all rows."""
    moments = [datetime.fromisoformat(row.recorded_at) for row in uneven.rows()]
    beside = [timedelta(microseconds=n) for n in (-1, 0, 1)]
    for instant in (moment + difference for moment in moments for difference in beside):
        expected = sum(moment <= instant for moment in moments)
        assert uneven.last_position_at(instant) == expected
    assert uneven.last_position_at(NOON - timedelta(days=1)) == 0
    assert uneven.last_position_at(NOON + timedelta(days=1)) == 40


def test_the_last_position_in_an_empty_log(recorder: EventRecorder) -> None:
    """Nothing was recorded at any moment of an empty log."""
    assert recorder.last_position_at(NOON) == 0


def test_the_last_position_in_a_log_with_holes(engine: Engine, uneven: EventRecorder) -> None:
    """Rows that somebody removed do not change the answer about the rows beside them."""
    before = {row.position: row.recorded_at for row in uneven.rows()}
    with writing(engine) as connection:
        drop_delete_trigger(connection)
        connection.exec_driver_sql("DELETE FROM event WHERE position BETWEEN 15 AND 24")
        connection.exec_driver_sql("DELETE FROM event WHERE position > 38")
    for position in (1, 8, 12, 26, 36):
        found = uneven.last_position_at(datetime.fromisoformat(before[position]))
        assert before[found] == before[position]
        assert found == 40 or before[found + 1] > before[position]


def test_reading_does_not_load_eventsourcing() -> None:
    """What a score is read with loads fast: the library for recording is not part of it."""
    program = "import sys, infra.store.reading; sys.exit('eventsourcing' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
