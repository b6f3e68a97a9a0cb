"""Totals: the sum of the lines in force, with the caps applied after.

A cap of an indicator limits what it takes or gives; the weight of a group limits what its
indicators take together (方案 三 (一)). What a cap swallows is shown as absorbed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, select

from domain.rulebook.model import Group, Indicator, Rulebook
from domain.rulebook.readings import Readings
from projections.statements import Statement
from projections.tables import line
from projections.writing import points_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.asking import Point

ZERO = Decimal(0)

# Written once: putting it together takes as long as a small answer.
_SUMS = Statement(
    select(line.c.unit, line.c.indicator, func.sum(line.c.points))
    .where(
        line.c.cycle == bindparam("cycle"),
        line.c.known_from <= bindparam("position"),
        line.c.known_to > bindparam("position"),
        line.c.effective_from <= bindparam("day"),
        line.c.effective_to > bindparam("day"),
    )
    .group_by(line.c.unit, line.c.indicator)
)


class IndicatorTotal(NamedTuple):
    """One indicator: the sum of its lines, and what its cap leaves of it."""

    indicator: Indicator
    cap: Decimal | None
    raw: Decimal
    effective: Decimal

    @property
    def absorbed(self) -> Decimal:
        """What the indicator's own cap swallowed, never negative."""
        return abs(self.raw - self.effective)


class GroupTotal(NamedTuple):
    """One group: what its indicators take ``together``, and what its weight leaves of that."""

    group: Group
    indicators: tuple[IndicatorTotal, ...]
    together: Decimal

    @property
    def deducted(self) -> Decimal:
        """The sum that the indicators take off; nothing for a bonus group."""
        return -self.together if self.group.weight is not None else ZERO

    @property
    def absorbed(self) -> Decimal:
        """What the group's weight swallows of the deduction."""
        if self.group.weight is None:
            return ZERO
        return max(ZERO, self.deducted - self.group.weight)

    @property
    def score(self) -> Decimal:
        """What is left of the weight, or what a bonus group adds."""
        return _score(self.group, self.together)


class Total(NamedTuple):
    """A unit's whole score: what is left of the base points, and the bonus without a ceiling."""

    groups: tuple[GroupTotal, ...]
    base: Decimal
    bonus: Decimal

    @property
    def total(self) -> Decimal:
        """Base and bonus together (方案 三 (三))."""
        return self.base + self.bonus


def total_of(rulebook: Rulebook, readings: Readings, raw: Mapping[str, Decimal]) -> Total:
    """Return the score that the sums of lines ``raw``, by indicator, come to."""
    groups = tuple(_group(group, readings, raw) for group in rulebook.groups)
    base = sum((held.score for held in groups if held.group.weight is not None), ZERO)
    bonus = sum((held.score for held in groups if held.group.weight is None), ZERO)
    return Total(groups, base, bonus)


def _group(group: Group, readings: Readings, raw: Mapping[str, Decimal]) -> GroupTotal:
    indicators, together = [], ZERO
    for indicator in group.indicators:
        name = indicator.id
        cap, points = readings.cap(name), raw.get(name, ZERO)
        effective = _effective(indicator, cap, points)
        indicators.append(IndicatorTotal(indicator, cap, points, effective))
        together += effective
    return GroupTotal(group, tuple(indicators), together)


def score_of(rulebook: Rulebook, readings: Readings, raw: Mapping[str, Decimal]) -> Decimal:
    """Return only the sum of base and bonus in ``total_of``: what units are ranked by."""
    score = ZERO
    for group in rulebook.groups:
        together = ZERO
        for indicator in group.indicators:
            points = raw.get(indicator.id)
            if points is not None:
                together += _effective(indicator, readings.cap(indicator.id), points)
        score += _score(group, together)
    return score


def _effective(indicator: Indicator, cap: Decimal | None, raw: Decimal) -> Decimal:
    """Return what the cap of an indicator leaves of the sum of its lines."""
    if cap is None:
        return raw
    return max(raw, -cap) if indicator.deducts else min(raw, cap)


def _score(group: Group, together: Decimal) -> Decimal:
    """Return what a group gives when its indicators come to ``together``."""
    return together if group.weight is None else max(ZERO, group.weight + together)


def totals(connection: Connection, point: Point) -> dict[str, Total]:
    """Return the score of every unit at ``point``, by the name it was enrolled under."""
    sums = raw_sums(connection, point)
    return {unit: total_of(point.rulebook, point.readings, raw) for unit, raw in sums.items()}


def raw_sums(connection: Connection, point: Point) -> dict[str, dict[str, Decimal]]:
    """Return the sums of lines of every unit at ``point``, by indicator, before any cap."""
    raw: dict[str, dict[str, Decimal]] = {unit: {} for unit in point.setting.units}
    cycle, position, day = point.cycle.name, point.position, point.as_of.isoformat()
    sums = _SUMS.run(connection, cycle=cycle, position=position, day=day)
    for unit, indicator, points in sums.fetchall():
        if unit in raw:
            raw[unit][indicator] = points_of(points)
    return raw


def ranks(totals_by_unit: Mapping[str, Decimal], units: Iterable[str]) -> dict[str, int]:
    """Return the rank of each of ``units``: equal totals share one and the next is skipped."""
    scores = {unit: totals_by_unit[unit] for unit in units}
    from_below = sorted(-score for score in scores.values())
    return {unit: 1 + bisect_left(from_below, -score) for unit, score in scores.items()}


def places_of(point: Point, scores: Mapping[str, Decimal]) -> dict[str, tuple[int, int]]:
    """Return the rank of each unit, overall and within its category on the day."""
    overall = ranks(scores, scores)
    members: dict[str, list[str]] = {}
    for unit in point.setting.units.values():
        members.setdefault(unit.category_on(point.as_of), []).append(unit.id)
    within = {
        unit: rank for group in members.values() for unit, rank in ranks(scores, group).items()
    }
    return {unit: (overall[unit], within[unit]) for unit in scores}
