"""A unit's score as the series of days on which it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from domain.lines import Line, show
from projections.absorbing import in_order
from projections.asking import Point
from projections.sheet_json import heading, line_json, sums_of
from projections.tables import line
from projections.totals import ZERO, Total, total_of
from projections.writing import line_of

if TYPE_CHECKING:
    from domain.setting import Unit
    from projections.facts import Reading


class Step(NamedTuple):
    """A day on which the score changed, the score from then on, and the lines that did it."""

    day: date
    total: Total
    went: tuple[Line, ...]
    came: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """The score from ``first`` to the point's day, with every day on which it changed."""

    point: Point
    first: date
    start: Total
    steps: tuple[Step, ...]

    @property
    def totals(self) -> list[tuple[date, Decimal]]:
        """The first day and every later one on which the score changed, with the total."""
        return [
            (self.first, self.start.total),
            *((step.day, step.total.total) for step in self.steps),
        ]

    @property
    def busy_until(self) -> date:
        """The last day of the cycle or of a change, whichever is later, never past the point's."""
        last = max([self.point.cycle.ends, *(step.day for step in self.steps)])
        return min(last, self.point.as_of)

    def until(self, day: date) -> Curve:
        """Return the curve up to ``day``."""
        steps = tuple(step for step in self.steps if step.day <= day)
        return replace(self, point=replace(self.point, as_of=day), steps=steps)


def curve(reading: Reading, point: Point, unit: Unit) -> Curve:
    """Return the score of ``unit`` as it is known at ``point``, day by day from the cycle's start.

    A day on which lines changed but caps left the score as it was is no step. The caps are those
    of the point: a ruling holds for the whole year.
    """
    return curves(reading, point, [unit])[unit.id]


def curves(reading: Reading, point: Point, units: Collection[Unit]) -> dict[str, Curve]:
    """Return the ``curve`` of each of ``units``, by the name it was enrolled under."""
    lines = _lines(reading, point, [unit.id for unit in units])
    return {unit.id: _curve(point, lines.get(unit.id, [])) for unit in units}


def _curve(point: Point, lines: Iterable[Line]) -> Curve:
    first = min(point.cycle.starts, point.as_of)
    raw = dict.fromkeys(point.rulebook.indicators, ZERO)
    came: dict[date, list[Line]] = {}
    went: dict[date, list[Line]] = {}
    for held in lines:
        if held.effective_to > first:
            came.setdefault(max(first, held.effective_from), []).append(held)
            went.setdefault(held.effective_to, []).append(held)
    for held in came.get(first, ()):
        raw[held.indicator] += held.points
    score = start = total_of(point.rulebook, point.readings, raw)
    steps = []
    for day in sorted(day for day in came.keys() | went.keys() if first < day <= point.as_of):
        for held in came.get(day, ()):
            raw[held.indicator] += held.points
        for held in went.get(day, ()):
            raw[held.indicator] -= held.points
        before, score = score, total_of(point.rulebook, point.readings, raw)
        if (score.base, score.bonus) != (before.base, before.bonus):
            steps.append(Step(day, score, _sorted(went, day), _sorted(came, day)))
    return Curve(point, first, start, tuple(steps))


def _sorted(lines: dict[date, list[Line]], day: date) -> tuple[Line, ...]:
    return tuple(in_order(lines.get(day, ())))


def _lines(reading: Reading, point: Point, units: Collection[str]) -> dict[str, list[Line]]:
    query = select(line).where(
        line.c.cycle == point.cycle.name,
        line.c.unit.in_(units),
        line.c.known_from <= point.position,
        line.c.known_to > point.position,
        line.c.effective_from <= point.as_of.isoformat(),
    )
    found: dict[str, list[Line]] = {}
    with reading() as connection:
        for row in connection.execute(query):
            held = line_of(row)
            found.setdefault(held.unit, []).append(held)
    return found


def curve_json(found: Curve, unit: Unit) -> dict[str, Any]:
    """Return the curve as the JSON document of ``kaohe history --json``.

    The points of the lines that came, less those of the lines that went, and ``caps`` add up to
    the ``change`` of a step; ``caps`` is what caps and weights made of them that day.
    """
    point, before, changes = found.point, found.start, []
    for step in found.steps:
        changes.append(_step(point, before, step))
        before = step.total
    return {
        **heading(point),
        "unit": unit.name_on(point.as_of),
        "category": unit.category_on(point.as_of),
        "from": found.first.isoformat(),
        "to": point.as_of.isoformat(),
        "cycle_ends": point.cycle.ends.isoformat(),
        "start": sums_of(found.start),
        "changes": changes,
        "end": sums_of(before),
    }


def _step(point: Point, before: Total, step: Step) -> dict[str, Any]:
    change = step.total.total - before.total
    lines = _sum(step.came) - _sum(step.went)
    return {
        "day": step.day.isoformat(),
        **sums_of(step.total),
        "change": show(change),
        "caps": show(change - lines),
        "went": [_line(point, held) for held in step.went],
        "came": [_line(point, held) for held in step.came],
    }


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((held.points for held in lines), ZERO)


def _line(point: Point, held: Line) -> dict[str, Any]:
    indicator = point.rulebook.indicators[held.indicator]
    return {
        "indicator": indicator.id,
        "name": indicator.name,
        **line_json(held, indicator.source),
    }
