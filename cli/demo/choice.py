"""Which unit and day show best that a score has two times: found by looking, not named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.days import day_of
from domain.events.corrections import Amendment
from infra.demo.calendar import month_ends
from projections.asking import Asked, Point
from projections.differing import Difference, difference

if TYPE_CHECKING:
    from decimal import Decimal

    from cli.office import Office
    from domain.setting import Unit
    from infra.demo.register import Row

_LATE = timedelta(days=7)
_MOST_LINES, _LONGEST_SHEET = 5, 20


class Choice(NamedTuple):
    """A unit at the end of one day, as it was known then and as it is known in the end."""

    unit: Unit
    then: Point
    now: Point

    @property
    def name(self) -> str:
        """The unit's name on the day."""
        return self.unit.name_on(self.now.as_of)


def choose(opened: Office, rows: Sequence[Row]) -> Choice:
    """Return the unit and month end that a late row and a correction changed most instructively.

    Few changed lines are better than many, and a unit with a short sheet is better to read.
    """
    found = max(_candidates(opened, rows), key=lambda pair: pair[0])
    return found[1]


def _candidates(opened: Office, rows: Sequence[Row]) -> Iterator[tuple[tuple[int, ...], Choice]]:
    end = opened.point(Asked(rows[-1].day))
    sizes = {sheet.unit.id: len(sheet.in_force) for sheet in opened.sheets.at(end)}
    for day in month_ends():
        known = sum(row.day <= day for row in rows)
        then = opened.points.find(Asked(day, f"#{known}"))
        now = opened.points.find(Asked(day))
        before, after = _totals(opened, then), _totals(opened, now)
        for place, (name, unit) in enumerate(now.setting.units.items()):
            if before.get(name) != after[name]:
                change = difference(opened.reading, unit, before=then, after=now)
                worth = _worth(change, rows)
                yield (*worth, -sizes[name], -place, day.toordinal()), Choice(unit, then, now)


def most_absorbed(opened: Office, point: Point) -> tuple[str, str]:
    """Return the unit and the indicator of which a cap of its own swallowed most."""
    totals, _ = opened.sheets.league(point)
    absorbed = {
        (unit, held.indicator.id): held.absorbed
        for unit, total in totals.items()
        for group in total.groups
        for held in group.indicators
    }
    unit, indicator = max(absorbed, key=absorbed.__getitem__)
    return point.setting.units[unit].name_on(point.as_of), indicator


def _totals(opened: Office, point: Point) -> dict[str, Decimal]:
    totals, _ = opened.sheets.league(point)
    return {name: total.total for name, total in totals.items()}


def _worth(change: Difference, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return how much a difference shows: kinds of causes, then how few lines it has."""
    lines = [*change.went, *change.came]
    causes = {at for one in lines for at in one.positions}
    amended = any(isinstance(rows[at - 1].event, Amendment) for at in causes)
    late = any(rows[at - 1].day - day_of(rows[at - 1].event.on) > _LATE for at in causes)
    return (len(lines) <= _MOST_LINES, amended + late, -len(lines))
