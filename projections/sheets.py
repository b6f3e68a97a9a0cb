"""Sheets: each unit's score at a point in both times, its lines, what is pending, its ranks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from domain.lines import Line
from domain.setting import Unit
from projections.asking import Point
from projections.facts import Reading
from projections.notices import Notice, notices
from projections.statements import Statement
from projections.tables import line, not_written
from projections.totals import Total, places_of, raw_sums, score_of, total_of, totals
from projections.writing import line_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Written once, as in `totals`.
_ALL = select(line).where(
    line.c.cycle == bindparam("cycle"),
    line.c.known_from <= bindparam("position"),
    line.c.known_to > bindparam("position"),
    line.c.effective_to > bindparam("day"),
)
_LINES = Statement(_ALL)
_LINES_OF = Statement(_ALL.where(line.c.unit.in_(bindparam("units", expanding=True))))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit's sheet at a point."""

    unit: Unit
    name: str
    category: str
    total: Total
    rank: int
    rank_in_category: int
    grade: str | None
    lines: dict[str, list[Line]]
    pending: list[Line]
    notices: list[Notice]

    @property
    def in_force(self) -> list[Line]:
        """All lines in force, in the order of indicators."""
        return [line for held in self.lines.values() for line in held]


class Sheets:
    """Answers questions about scores. Reading changes nothing."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def at(self, point: Point, units: Collection[Unit] | None = None) -> list[Sheet]:
        """Return the sheets of ``units``, or of all, at ``point``, in the order of enrolment."""
        with self._reading() as connection:
            sums = raw_sums(connection, point)
            wanted = point.setting.units.values() if units is None else units
            known = _lines(connection, point, None if units is None else [u.id for u in units])
        book, readings = point.rulebook, point.readings
        table = places_of(
            point, {unit: score_of(book, readings, raw) for unit, raw in sums.items()}
        )
        return [
            _sheet(point, unit, total_of(book, readings, sums[unit.id]), table[unit.id], known)
            for unit in wanted
        ]

    def league(self, point: Point) -> tuple[dict[str, Total], dict[str, tuple[int, int]]]:
        """Return every unit's total and its ranks, overall and within its category."""
        with self._reading() as connection:
            scores = totals(connection, point)
        return scores, places_of(point, {unit: score.total for unit, score in scores.items()})


def _sheet(
    point: Point,
    unit: Unit,
    total: Total,
    places: tuple[int, int],
    known: dict[str, list[Line]],
) -> Sheet:
    mine = sorted(known.get(unit.id, ()), key=lambda held: held.order)
    by_indicator: dict[str, list[Line]] = {name: [] for name in point.rulebook.indicators}
    for held in mine:
        if held.indicator not in by_indicator:
            raise not_written(f"得分记录的指标“{held.indicator}”")
        if held.effective_from <= point.as_of:
            by_indicator[held.indicator].append(held)
    return Sheet(
        unit=unit,
        name=unit.name_on(point.as_of),
        category=unit.category_on(point.as_of),
        total=total,
        rank=places[0],
        rank_in_category=places[1],
        grade=_grade(point, total),
        lines=by_indicator,
        pending=[held for held in mine if held.effective_from > point.as_of],
        notices=notices(point, unit),
    )


def _grade(point: Point, total: Total) -> str | None:
    """Return the first grade whose lowest total is reached, when grades are set."""
    for name, lowest in point.readings.grades():
        if total.total >= lowest:
            return name
    return None


def _lines(
    connection: Connection, point: Point, units: Collection[str] | None
) -> dict[str, list[Line]]:
    """Return the lines known at the point that are in force on its day or begin later."""
    asked: dict[str, Any] = {
        "cycle": point.cycle.name,
        "position": point.position,
        "day": point.as_of.isoformat(),
    }
    query = _LINES if units is None else _LINES_OF
    if units is not None:
        asked["units"] = list(units)
    found: dict[str, list[Line]] = {}
    for row in query.run(connection, **asked).fetchall():
        held = line_of(row)
        found.setdefault(held.unit, []).append(held)
    return found
