"""Appending to the log: our recorder against the library's, with the same events and stream ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import Scratch, placed
from benchmarks.stock import Stock
from benchmarks.timing import Take, in_turn, timed
from infra.application import EventMapper

if TYPE_CHECKING:
    from eventsourcing.persistence import ApplicationRecorder, StoredEvent

_REFERENCE: Final = "library's SQLite recorder, same text ids, no leaf"
_MANY: Final = Goal(
    name="append",
    what="append, 1,000 events a transaction, SQLite file, FULL, leaf included",
    reference=_REFERENCE,
    rate=True,
    at_least=0.6,
    wanted=0.8,
)
_ONE: Final = Goal(
    name="append",
    what="append, 1 event a transaction, SQLite file, FULL, leaf included",
    reference=_REFERENCE,
    rate=True,
    at_least=0.6,
    wanted=0.8,
)
_ROUNDS: Final = 15


def append(scratch: Scratch) -> Iterator[Result]:
    """Append the same stored events to both, a thousand and one at a time."""
    events = _stored(scratch)
    for goal, size, transactions in ((_MANY, 1000, 1), (_ONE, 1, 50)):
        own, stock = scratch.office(), Stock(scratch.file())
        mine, theirs = in_turn(
            _appending(own.recorder, events, size, transactions),
            _appending(stock.recorder, events, size, transactions),
            rounds=min(_ROUNDS, len(events) // (size * transactions)),
        )
        stock.close()
        yield compared(goal, mine, theirs, of=size * transactions, unit=" an event")


def _stored(scratch: Scratch) -> list[StoredEvent]:
    """Return the events of the log as both recorders take them."""
    mapper = EventMapper()
    return [mapper.to_stored_event(event) for event in placed(scratch.lines)]


def _appending(
    recorder: ApplicationRecorder, events: Sequence[StoredEvent], size: int, transactions: int
) -> Take:
    """Return what appends the next events, ``size`` of them in each of some transactions."""
    source = iter(events)

    def take() -> float:
        batches = [list(islice(source, size)) for _ in range(transactions)]
        return timed(lambda: [recorder.insert_events(batch) for batch in batches])

    return take
