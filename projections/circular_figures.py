"""The figures of a circular: what each unit has in the period and since the cycle began.

Points are sums of lines after caps, as in sheets; ranks are those of these points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.lines import show
from domain.setting import Unit
from projections.asking import Point
from projections.circular_counts import ADOPTED, ENDORSED, Count, Span, Work, columns_of, count
from projections.totals import ZERO, Total, places_of

PAYING = ("adoption", "endorsement")
"""The kinds of rule whose points make the score of a circular."""

Totals = Mapping[str, Total]
"""The score of each unit at one point."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One of the two stretches of days, and the points that each unit has in it.

    ``places`` are the ranks of these points, overall and within the category.
    """

    span: Span
    points: Mapping[str, Decimal]
    places: Mapping[str, tuple[int, int]]


class Figures:
    """The figures of all units, in two stretches of days.

    ``before`` are the scores at the end of the day before the period, ``now`` those at its end.
    """

    def __init__(
        self, point: Point, span: Span, made: Sequence[Work], *, before: Totals, now: Totals
    ) -> None:
        earlier, later = _points(before), _points(now)
        gained = {unit: points - earlier[unit] for unit, points in later.items()}
        self.point = point
        self.made = made
        self.columns = columns_of(point.rulebook)
        self.period = Stretch(span, gained, places_of(point, gained))
        since = Span(point.cycle.starts, span.last)
        self.cumulative = Stretch(since, later, places_of(point, later))
        self.units = list(point.setting.units.values())
        self.works_of: dict[str, list[Work]] = {unit.id: [] for unit in self.units}
        for work in made:
            for author in work.authors:
                self.works_of[author].append(work)

    def categories(self) -> Iterator[tuple[str, list[Unit]]]:
        """Yield the label and the units of each category, the best of the period first."""
        for code, label in self.point.rulebook.vocabulary["categories"].items():
            members = [u for u in self.units if u.category_on(self.point.as_of) == code]
            if members:
                yield label, sorted(members, key=self._place)

    def name(self, unit: Unit) -> str:
        """Return what the unit is called on the day asked about."""
        return unit.name_on(self.point.as_of)

    def count(self, stretch: Stretch, units: Sequence[Unit]) -> Count:
        """Return what ``units`` together did in a stretch."""
        made = self.made if len(units) != 1 else self.works_of[units[0].id]
        return count(made, stretch.span, units, self.columns)

    def counts(self, stretch: Stretch, units: Sequence[Unit]) -> dict[str, Any]:
        """Return the numbers of a row of the first table: endorsements of all levels together."""
        found = self.count(stretch, units)
        used = dict(zip(self.columns, found.used, strict=True))
        adopted = [number for column, number in used.items() if column.what == ADOPTED]
        endorsed = [number for column, number in used.items() if column.what == ENDORSED]
        cells = [*adopted, sum(endorsed)] if endorsed else adopted
        return {"submitted": found.submitted, "outside": found.outside, "used": cells}

    def row(self, stretch: Stretch, unit: Unit) -> dict[str, Any]:
        """Return one half of a unit's row: counts, points, and its place where it has points."""
        points = stretch.points[unit.id]
        overall, within = stretch.places[unit.id]
        return {
            **self.counts(stretch, [unit]),
            "points": show(points),
            "rank_in_category": within if points else None,
            "rank": overall if points else None,
            "place": f"{within}/{overall}" if points else "—",
        }

    def _place(self, unit: Unit) -> tuple[int, int, int]:
        (_, period), (_, cumulative) = self.period.places[unit.id], self.cumulative.places[unit.id]
        return period, cumulative, unit.position


def _points(totals: Totals) -> dict[str, Decimal]:
    """Return what each unit has for adoptions and endorsements, after caps."""
    return {
        unit: sum(
            (
                held.effective
                for group in total.groups
                for held in group.indicators
                if held.indicator.rule in PAYING
            ),
            ZERO,
        )
        for unit, total in totals.items()
    }
