"""Reading the log to domain events, against the library and against the bare limit."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Final

import orjson

from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import Scratch
from benchmarks.stock import Stock, comparable
from benchmarks.timing import in_turn, timed
from cli.office import Office
from domain.events.base import Event
from domain.events.codec import decode
from infra.application import DomainEvent
from infra.store.rows import StoredRow

_STOCK: Final = Goal(
    name="read",
    what="read the log to domain events, 200k",
    reference="library's recorder and mapper, JSON transcoder",
    rate=True,
    at_least=1.5,
    wanted=3,
)
_LIMIT: Final = Goal(
    name="read",
    what="the same, against the limit",
    reference="bare sqlite3 cursor and orjson.loads",
    rate=True,
    at_least=0.35,
    wanted=0.5,
)
_COLUMNS: Final = "SELECT position, stream, version, type, recorded_at, data FROM event"
_ROUNDS: Final = 5
_AT_ONCE: Final = 10_000


def read(scratch: Scratch) -> Iterator[Result]:
    """Read the long log three ways; all of them see every event."""
    office, stock = scratch.large, Stock(scratch.file())
    _copy(office, stock)
    events = office.log.head().position
    assert sum(1 for _ in stock.read()) == sum(1 for _ in domain_events(office)) == events
    ours, theirs, bare = in_turn(
        lambda: _time(domain_events(office)),
        lambda: _time(stock.read()),
        lambda: _time(_bare(office)),
        rounds=_ROUNDS,
    )
    yield compared(_STOCK, ours, theirs, of=events, unit=" an event")
    yield compared(_LIMIT, ours, bare, of=events, unit=" an event")
    stock.close()


def domain_events(office: Office) -> Iterator[Event]:
    """Yield the whole log as domain events, the way the projections read it."""
    return (decode(row.type, row.data) for row in office.log.rows())


def _copy(office: Office, stock: Stock) -> None:
    """Store the events of ``office`` with the library, as comparable classes."""
    rows = office.log.rows()
    while page := list(islice(rows, _AT_ONCE)):
        stock.append([comparable(_placed(row)) for row in page])


def _placed(row: StoredRow) -> DomainEvent:
    return DomainEvent(row.stream, row.version, decode(row.type, row.data), row.data)


def _bare(office: Office) -> Iterator[object]:
    with closing(sqlite3.connect(office.settings.database)) as connection:
        for row in connection.execute(f"{_COLUMNS} ORDER BY position"):
            yield orjson.loads(row[5])


def _time(events: Iterator[object]) -> float:
    return timed(lambda: deque(events, maxlen=0))
