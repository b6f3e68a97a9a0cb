"""What was recorded late: long after it happened, or after scores that it would have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from domain.days import SHANGHAI, Moment, day_of
from projections.facts import Reading
from projections.journal import Entry
from projections.publications import Publication
from projections.tables import OPEN, line


class Delay(NamedTuple):
    """An event that was recorded many days after it happened."""

    entry: Entry
    days: int


class Changed(NamedTuple):
    """A publication, and the later events that change a line which it showed or lacked."""

    publication: Publication
    positions: Sequence[int]


def delays(entries: Iterable[Entry], *, more_than: int) -> Iterator[Delay]:
    """Yield the events recorded more than so many calendar days after their day, in order."""
    for entry in entries:
        days = days_between(entry.event.on, entry.row.recorded_at)
        if days > more_than:
            yield Delay(entry, days)


def days_between(on: Moment, recorded_at: str) -> int:
    """Return how many calendar days in Asia/Shanghai lie from an event to its recording."""
    recorded = datetime.fromisoformat(recorded_at).astimezone(SHANGHAI).date()
    return (recorded - day_of(on)).days


def changes_since(
    publications: Iterable[Publication], reading: Reading, *, upto: int
) -> Iterator[Changed]:
    """Yield, for each publication, the events after it that would have changed it.

    Those are the positions, up to ``upto``, at which a line of its cycle that is in force on its
    day came or went after the position that it was computed at.
    """
    for publication in publications:
        event = publication.event
        day = event.as_of.isoformat()
        query = select(line.c.known_from, line.c.known_to).where(
            line.c.cycle == event.cycle,
            line.c.effective_from <= day,
            line.c.effective_to > day,
            or_(line.c.known_from > event.position, line.c.known_to < OPEN),
        )
        with reading() as connection:
            moments = {at for row in connection.execute(query).all() for at in row}
        found = sorted(at for at in moments if event.position < at <= upto)
        if found:
            yield Changed(publication, found)
