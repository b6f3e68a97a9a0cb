"""Which unit and day show best that a score has two times: found by looking, not named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.days import day_of
from domain.events.corrections import Amendment
from infra.demo.workdays import END, month_ends
from projections.asking import Asked, Point
from projections.differing import Difference, difference

if TYPE_CHECKING:
    from decimal import Decimal

    from cli.office import Office
    from domain.setting import Unit
    from infra.demo.register import Row

_LATE = timedelta(days=7)
_BEST_LINES, _MOST_LINES, _LONGEST_SHEET = 3, 5, 20


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
    """Return the unit and month end that late rows and corrections changed most instructively."""
    _, choice = max(_candidates(opened, rows), key=lambda pair: pair[0])
    return choice


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


def _candidates(opened: Office, rows: Sequence[Row]) -> Iterator[tuple[tuple[int, ...], Choice]]:
    """Return what could be shown, each with its worth; no two are worth the same."""
    end = opened.point(Asked(END))
    sizes = {sheet.unit.id: len(sheet.in_force) for sheet in opened.sheets.at(end)}
    for day in month_ends():
        known = sum(row.day <= day for row in rows)
        then = opened.points.find(Asked(day, f"#{known}"))
        now = opened.points.find(Asked(day))
        before, after = _totals(opened, then), _totals(opened, now)
        for place, (name, unit) in enumerate(now.setting.units.items()):
            if before.get(name) != after[name]:
                change = difference(opened.reading, unit, before=then, after=now)
                worth = _worth(change, sizes[name], rows)
                yield (*worth, -place, day.toordinal()), Choice(unit, then, now)


def _totals(opened: Office, point: Point) -> dict[str, Decimal]:
    totals, _ = opened.sheets.league(point)
    return {name: total.total for name, total in totals.items()}


def _worth(change: Difference, size: int, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return how well a difference can be read, then how much it shows, as numbers to compare."""
    lines = [*change.went, *change.came]
    causes = [rows[at - 1] for one in lines for at in one.positions]
    amended = any(isinstance(row.event, Amendment) for row in causes)
    late = any(row.day - day_of(row.event.on) > _LATE for row in causes)
    readable = len(lines) <= _MOST_LINES and size <= _LONGEST_SHEET
    return readable, amended + late, -abs(len(lines) - _BEST_LINES), -size
