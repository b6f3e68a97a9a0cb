"""Which units an event is about, also where it names only a thing of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.events.base import Event
from domain.events.codec import decode
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged
from domain.events.naming import units_named
from domain.log import Log
from domain.register import FactSource, Register
from projections.journal import THINGS, Entry


class _Placed(NamedTuple):
    """An event and the stream that stores it."""

    event: Event
    stream: str


def concerned(page: Sequence[Entry], log: Log, facts: FactSource) -> list[tuple[str, ...]]:
    """Return, for each event of ``page``, the units it is about, by the names of enrolment.

    Those are the units that it names; else those whose item, staff change, finding or secondment
    it is about, as ``facts`` know them. An amendment is about the units of its target and those
    that it names. An event about no unit in particular has none.
    """
    targets = _targets(page, log)
    register = Register(facts)
    roots = [_Placed(entry.event, entry.row.stream) for entry in page] + list(targets.values())
    register.prefetch({p.stream for p in roots if p.stream.startswith(THINGS)})
    return [
        tuple(dict.fromkeys(_units(_Placed(entry.event, entry.row.stream), targets, register)))
        for entry in page
    ]


def units_of(event: Event, register: Register) -> tuple[str, ...]:
    """Return the same of one event that is about to be recorded on what ``register`` knows."""
    targets: dict[int, _Placed] = {}
    about = event
    while isinstance(about, Amendment):
        entry = register.entry(about.target)
        assert entry is not None  # noqa: S101  the target of a decided amendment is there
        targets[about.target] = _Placed(entry.recorded, _stream(entry.recorded))
        about = entry.recorded
    placed = _Placed(event, _stream(event))
    return tuple(dict.fromkeys(_units(placed, targets, register)))


def _stream(event: Event) -> str:
    """Return the stream of a plain event; that of an amendment is its target's, and not asked."""
    return "" if isinstance(event, Amendment) else event.stream


def _targets(page: Iterable[Entry], log: Log) -> dict[int, _Placed]:
    """Return what the amendments among ``page`` are about, and what those are about in turn."""
    found: dict[int, _Placed] = {}
    wanted = _named_by(entry.event for entry in page)
    while wanted:
        new = {
            row.position: _Placed(decode(row.type, row.data), row.stream)
            for row in log.rows_at(wanted)
        }
        found |= new
        wanted = _named_by(placed.event for placed in new.values()) - found.keys()
    return found


def _named_by(events: Iterable[Event]) -> set[int]:
    return {event.target for event in events if isinstance(event, Amendment)}


def _units(placed: _Placed, targets: dict[int, _Placed], register: Register) -> Iterator[str]:
    event, stream = placed
    if isinstance(event, Amendment):
        if event.target in targets:
            yield from _units(targets[event.target], targets, register)
        yield from units_named(event)
    elif named := units_named(event):
        yield from named
    elif stream.startswith(THINGS):
        yield from _units_of(stream, register, set())


def _units_of(stream: str, register: Register, seen: set[str]) -> Iterator[str]:
    """Return the units of the thing that ``stream`` is; of a merged item, those of its parts."""
    seen.add(stream)
    maker = _maker(stream, register)
    if isinstance(maker, ItemsMerged):
        for part in maker.items:
            if f"item/{part}" not in seen:
                yield from _units_of(f"item/{part}", register, seen)
    elif maker is not None:
        yield from units_named(maker)


def _maker(stream: str, register: Register) -> Event | None:
    """Return the event that made the thing, as it stands; where none stands, the last recorded."""
    standing = [fact.event for fact in register.facts(stream) if fact.event.number == stream]
    if standing:
        return standing[-1]
    entries = (register.entry(at) for at in reversed(register.positions(stream)))
    recorded = (entry.recorded for entry in entries if entry is not None)
    return next((event for event in recorded if event.number == stream), None)
