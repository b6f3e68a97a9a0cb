"""Recording: one event until scores show it, and a whole file with its checks and lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from math import inf
from typing import Final

from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import ACTOR, Scratch, placed, store
from benchmarks.stock import Stock, comparable
from benchmarks.timing import in_turn, timed
from cli.office import Office
from infra.files.jsonl import read_jsonl

_SEEN: Final = Goal(
    name="seen",
    what="one recorded event, seen in the score, log of 20k events",
    reference="library's append of one event",
    rate=False,
    at_least=6,
    wanted=3,
)
_IMPORT: Final = Goal(
    name="import",
    what="import of 20,000 lines from JSONL, checks and lines included",
    reference="library's append of the same events",
    rate=False,
    at_least=8,
    wanted=4,
)
_LAST: Final = 100
_ROUNDS: Final = 3


def seen(scratch: Scratch) -> Iterator[Result]:
    """Record the last events of the log one by one; after each of them the lines are level."""
    first, last = scratch.lines[:-_LAST], scratch.lines[-_LAST:]
    office, stock = scratch.office(), Stock(scratch.file())
    store(office, first)
    office.caught_up()
    events = [comparable(event) for event in placed(scratch.lines)]
    stock.append(events[:-_LAST])
    lines, appended = iter(last), iter(events[-_LAST:])
    times = in_turn(
        lambda: timed(lambda: office.recording.record([next(lines)], actor=ACTOR)),
        lambda: timed(lambda: stock.append([next(appended)])),
        rounds=_LAST,
        patience=inf,
    )
    assert office.projection.catch_up() == office.log.head().position == len(scratch.lines)
    stock.close()
    yield compared(_SEEN, *times)


def import_(scratch: Scratch) -> Iterator[Result]:
    """Import the log as a file into an empty register, and append its events with the library."""
    raw = [json.dumps(line.raw, ensure_ascii=False) for line in scratch.lines]
    data = "\n".join(raw).encode()
    events = [comparable(event) for event in placed(scratch.lines)]
    times = in_turn(
        lambda: _imported(scratch.office(), data),
        lambda: _appended(Stock(scratch.file()), events),
        rounds=_ROUNDS,
        patience=40,
    )
    yield compared(_IMPORT, *times)


def _imported(office: Office, data: bytes) -> float:
    def work() -> None:
        lines, faults = read_jsonl("register.jsonl", data, sha256(data).hexdigest())
        assert not faults
        office.recording.record(lines, actor=ACTOR)

    return timed(work)


def _appended(stock: Stock, events: list[object]) -> float:
    taken = timed(lambda: stock.append(events))
    stock.close()
    return taken
