"""Totals: the sum of the lines in force, with the caps applied after.

A cap of an indicator limits what it takes or gives; the weight of a group limits what its
indicators take together (方案 三 (一)). What a cap swallows is shown as absorbed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from domain.rulebook.model import Group, Indicator, Rulebook
from domain.rulebook.readings import Readings
from projections.tables import line
from projections.writing import points_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from projections.asking import Point

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """One indicator: the sum of its lines, and what its cap leaves of it."""

    indicator: Indicator
    cap: Decimal | None
    raw: Decimal
    effective: Decimal

    @property
    def absorbed(self) -> Decimal:
        """What the indicator's own cap swallowed, never negative."""
        return abs(self.raw - self.effective)


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """One group: what its indicators take together, and what its weight leaves of that."""

    group: Group
    indicators: tuple[IndicatorTotal, ...]

    @property
    def deducted(self) -> Decimal:
        """The sum that the indicators take off; nothing for a bonus group."""
        return -self._sum if self.group.weight is not None else ZERO

    @property
    def absorbed(self) -> Decimal:
        """What the group's weight swallows of the deduction."""
        if self.group.weight is None:
            return ZERO
        return max(ZERO, self.deducted - self.group.weight)

    @property
    def score(self) -> Decimal:
        """What is left of the weight, or what a bonus group adds."""
        if self.group.weight is None:
            return self._sum
        return self.group.weight - min(self.group.weight, self.deducted)

    @property
    def _sum(self) -> Decimal:
        return sum((total.effective for total in self.indicators), ZERO)


@dataclass(frozen=True, slots=True)
class Total:
    """A unit's whole score."""

    groups: tuple[GroupTotal, ...]

    @property
    def base(self) -> Decimal:
        """What is left of the base points."""
        return sum((g.score for g in self.groups if g.group.weight is not None), ZERO)

    @property
    def bonus(self) -> Decimal:
        """The bonus points, which have no ceiling."""
        return sum((g.score for g in self.groups if g.group.weight is None), ZERO)

    @property
    def total(self) -> Decimal:
        """Base and bonus together (方案 三 (三))."""
        return self.base + self.bonus


def total_of(rulebook: Rulebook, readings: Readings, raw: Mapping[str, Decimal]) -> Total:
    """Return the score that the sums of lines ``raw``, by indicator, come to."""
    return Total(
        tuple(
            GroupTotal(
                group,
                tuple(
                    _capped(indicator, readings.cap(indicator.id), raw.get(indicator.id, ZERO))
                    for indicator in group.indicators
                ),
            )
            for group in rulebook.groups
        )
    )


def _capped(indicator: Indicator, cap: Decimal | None, raw: Decimal) -> IndicatorTotal:
    effective = raw
    if cap is not None:
        effective = max(raw, -cap) if indicator.deducts else min(raw, cap)
    return IndicatorTotal(indicator, cap, raw, effective)


def totals(connection: Connection, point: Point) -> dict[str, Total]:
    """Return the score of every unit at ``point``, by the name it was enrolled under."""
    raw: dict[str, dict[str, Decimal]] = {unit: {} for unit in point.setting.units}
    for unit, indicator, points in connection.execute(_sums(point)):
        raw.setdefault(unit, {})[indicator] = points_of(points)
    return {
        unit: total_of(point.rulebook, point.readings, sums)
        for unit, sums in raw.items()
        if unit in point.setting.units
    }


def _sums(point: Point) -> Select[str, str, int]:
    day = point.as_of.isoformat()
    return (
        select(line.c.unit, line.c.indicator, func.sum(line.c.points))
        .where(
            line.c.cycle == point.cycle.name,
            line.c.known_from <= point.position,
            line.c.known_to > point.position,
            line.c.effective_from <= day,
            line.c.effective_to > day,
        )
        .group_by(line.c.unit, line.c.indicator)
    )


def ranks(totals_by_unit: Mapping[str, Decimal], units: Iterable[str]) -> dict[str, int]:
    """Return the rank of each of ``units``: equal totals share one and the next is skipped."""
    scores = {unit: totals_by_unit[unit] for unit in units}
    return {
        unit: 1 + sum(other > score for other in scores.values()) for unit, score in scores.items()
    }
