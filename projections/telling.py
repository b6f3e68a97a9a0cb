"""The log told row by row, for those who only want to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from domain.events.base import Event
from domain.events.catalogue import BY_CLASS
from domain.told import Effect, ToldEvent
from projections.journal import Entry
from projections.tables import chunks

_PAGE: Final = 500
"""Events whose units are looked up at once."""


def told(
    entries: Iterable[Entry],
    *,
    summary_of: Callable[[Event], str],
    units_of: Callable[[Sequence[Entry]], Iterable[Sequence[str]]],
    name_of: Callable[[str], str],
    effect_of: Callable[[int], Effect],
) -> Iterator[ToldEvent]:
    """Return each of ``entries`` as a row, in their order and in bounded memory.

    ``summary_of`` says what an event says, ``units_of`` which units those of a page are about,
    ``name_of`` what a unit is called, and ``effect_of`` what the event there did to scores.
    """
    for page in chunks(entries, _PAGE):
        for entry, units in zip(page, units_of(page), strict=True):
            row, event = entry.row, entry.event
            yield ToldEvent(
                position=row.position,
                units=tuple(map(name_of, units)),
                summary=summary_of(event),
                type=type(event).__name__,
                label=BY_CLASS[type(event)].label,
                on=event.on,
                recorded_at=datetime.fromisoformat(row.recorded_at),
                actor=event.actor,
                ref=event.ref,
                source=event.source,
                corrected_by=entry.corrected_by,
                retracted_by=entry.retracted_by,
                effect=effect_of(row.position),
            )
