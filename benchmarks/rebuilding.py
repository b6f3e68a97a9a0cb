"""Making all lines anew: against one event at a time, against reading alone, and its memory."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from typing import Final

from benchmarks.reading import domain_events
from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import Scratch
from benchmarks.timing import Take, in_turn, timed
from cli.office import Office
from infra.store.reading import LogReader
from infra.store.rows import Head
from projections.catching_up import LineProjection

_STEPS: Final = Goal(
    name="rebuild",
    what="full rebuild of the lines, 200k events",
    reference="the same rules, one event and one transaction at a time",
    rate=True,
    at_least=20,
    wanted=40,
)
_READING: Final = Goal(
    name="rebuild",
    what="the same, against the limit",
    reference="reading the log to domain events",
    rate=True,
    at_least=0.15,
    wanted=0.3,
)
_MEMORY: Final = Goal(
    name="memory",
    what="memory of that rebuild, at its peak",
    reference="limit",
    rate=False,
    at_least=1,
    wanted=1,
)
_MEBIBYTE: Final = 2**20
_LIMIT: Final = 200 * _MEBIBYTE
_ROUNDS: Final = 3
_PATIENCE: Final = 150.0
_SAMPLE: Final = 400


def rebuild(scratch: Scratch) -> Iterator[Result]:
    """Rebuild the long log; beside each time, drive a sample of it event by event, and read it.

    The samples are taken after one, three and five sixths of the log, and stand for all of it.
    """
    office = scratch.large
    events = office.log.head().position
    whole, steps, reading = in_turn(
        lambda: timed(office.projection.rebuild),
        _one_by_one(scratch.copy(office), events),
        lambda: timed(lambda: deque(domain_events(office), maxlen=0)),
        rounds=_ROUNDS,
        patience=_PATIENCE,
    )
    yield compared(_STEPS, whole, steps, of=events, unit=" an event")
    yield compared(_READING, whole, reading, of=events, unit=" an event")


def memory(scratch: Scratch) -> Iterator[Result]:
    """Rebuild the long log in a process of its own; nothing is said where the system does not."""
    database = scratch.large.settings.database
    command = [sys.executable, "-m", "benchmarks.memory", database]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    if done.stdout.strip().isdigit():
        peak = int(done.stdout)
        yield Result(_MEMORY, _mebibytes(peak), _mebibytes(_LIMIT), peak / _LIMIT, 1)


def _mebibytes(taken: int) -> str:
    return f"{taken / _MEBIBYTE:.0f} MiB"


class Shown(LogReader):
    """A log of which only the beginning is shown, up to where its reader has let it grow."""

    upto = 0

    def head(self) -> Head:
        """Return where the shown part ends."""
        return Head(self.upto, None)


def _one_by_one(office: Office, events: int) -> Take:
    """Return what catches up to the next place in the log and then goes on event by event."""
    log = Shown(office.reading)
    projection = LineProjection(
        lambda _: log, reading=office.reading, writing=office.writing, rulebooks=office.rulebooks
    )
    places = iter(events * sixths // 6 for sixths in (1, 3, 5))

    def step_by_step() -> None:
        for _ in range(_SAMPLE):
            log.upto += 1
            projection.catch_up()

    def take() -> float:
        log.upto = next(places)
        projection.catch_up()
        return timed(step_by_step) * events / _SAMPLE

    return take
