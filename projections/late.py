"""What was recorded late: long after it happened, or after scores that it would have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from domain.days import SHANGHAI, Moment, day_of
from domain.events.setting import SETTING
from projections.asking import Asked
from projections.facts import Reading, rows_of
from projections.journal import Entry
from projections.publications import Publication
from projections.tables import OPEN, line

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from domain.events.publications import ScoresPublished
    from projections.asking import Points
    from projections.sheets import Sheet, Sheets


class Delay(NamedTuple):
    """An event that was recorded many days after it happened."""

    entry: Entry
    days: int


class Changed(NamedTuple):
    """A publication, and the later events that would have changed what it showed."""

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
    publications: Iterable[Publication],
    reading: Reading,
    *,
    points: Points,
    sheets: Sheets,
    upto: int,
) -> Iterator[Changed]:
    """Yield, for each publication, the events after it that would have changed it.

    Those are the positions, up to ``upto``, at which a line of its cycle that is in force on its
    day came or went after the position that it was computed at; and those of rulings, units and
    cycles that gave some unit another score, rank or grade there, which takes no line: a cap that
    is another, a unit in another category.
    """
    for publication in publications:
        since = publication.event.position
        with reading() as connection:
            found = _of_lines(connection, publication.event)
            setting = {at for _, at in rows_of(connection, SETTING)}
        later = {at for at in found | setting if since < at <= upto}
        found &= later
        found |= {
            at
            for at in later - found
            if _shown(publication, points, sheets, at - 1)
            != _shown(publication, points, sheets, at)
        }
        if found:
            yield Changed(publication, sorted(found))


def _of_lines(connection: Connection, event: ScoresPublished) -> set[int]:
    """Return the positions at which lines in force on the day of a publication came or went."""
    day = event.as_of.isoformat()
    query = select(line.c.known_from, line.c.known_to).where(
        line.c.cycle == event.cycle,
        line.c.effective_from <= day,
        line.c.effective_to > day,
        or_(line.c.known_from > event.position, line.c.known_to < OPEN),
    )
    return {at for row in connection.execute(query).all() for at in row}


def _shown(
    publication: Publication, points: Points, sheets: Sheets, position: int
) -> dict[str, tuple[object, ...]]:
    """Return what a publication would show of each unit, had it been computed at ``position``."""
    event = publication.event
    point = points.find(Asked(event.as_of, f"#{position}", event.cycle))
    return {sheet.unit.id: _seen(sheet) for sheet in sheets.at(point)}


def _seen(sheet: Sheet) -> tuple[object, ...]:
    places = (sheet.rank, sheet.rank_in_category, sheet.grade)
    return sheet.name, sheet.category, sheet.total.base, sheet.total.bonus, *places
