"""The difference of two points: lines that went and came, and what the caps made of it.

The changes of lines, of what caps absorb and of what the weights of groups absorb add up to the
difference of the totals exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from domain.errors import NotKnown
from domain.lines import Line
from domain.setting import Unit
from projections.asking import Point
from projections.limits import CapChange, WeightChange, cap_changes, weight_changes
from projections.tables import line
from projections.totals import ZERO, Total, total_of
from projections.writing import line_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.facts import Reading


class Changed(NamedTuple):
    """A line that is in force at one of the two points only, and why.

    ``change`` is what it does to the sum of lines. ``positions`` are those between the two
    moments of knowledge at which the line began or ceased to be known, ``day`` the one between
    the two days on which it came into force or went out of it. At least one of them is there.
    """

    line: Line
    change: Decimal
    positions: tuple[int, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two points, and the unit's score there."""

    point: Point
    total: Total


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a unit's score from one point to another."""

    unit: Unit
    before: Side
    after: Side
    went: list[Changed]
    came: list[Changed]
    caps: list[CapChange]
    weights: list[WeightChange]


def difference(reading: Reading, unit: Unit, *, before: Point, after: Point) -> Difference:
    """Return what changed in the score of ``unit`` from one point of a cycle to another.

    Either may be the earlier one, in each of the two times. Raises ``NotKnown`` when the unit is
    not known at one of them.
    """
    for point in (before, after):
        if unit.id not in point.setting.units:
            message = f"到 #{point.position} 为止没有登记过单位“{unit.id}”"
            raise NotKnown(message, fix="请换一个已经知道这个单位的时点。")
    with reading() as connection:
        spells = _spells(connection, unit, before, after)
    old, new = (_in_force(spells, point) for point in (before, after))
    start, end = Side(before, _total(before, old)), Side(after, _total(after, new))
    return Difference(
        unit,
        start,
        end,
        went=_changed({key: spells[key] for key in old - new}, before, after, missing_at=after),
        came=_changed({key: spells[key] for key in new - old}, before, after, missing_at=before),
        caps=list(cap_changes(start.total, end.total)),
        weights=list(weight_changes(start.total, end.total)),
    )


Spells = Mapping[tuple[str, Line], list[tuple[int, int]]]
"""Lines with the subject whose rule gave them: from which position until which each was known."""


def _spells(connection: Connection, unit: Unit, before: Point, after: Point) -> Spells:
    """Return the lines known at one of the points or between them."""
    first, last = sorted((before.position, after.position))
    query = select(line).where(
        line.c.cycle == after.cycle.name,
        line.c.unit == unit.id,
        line.c.known_from <= last,
        line.c.known_to > first,
    )
    found: dict[tuple[str, Line], list[tuple[int, int]]] = {}
    for row in connection.execute(query):
        key = (row.subject, line_of(row))
        found.setdefault(key, []).append((row.known_from, row.known_to))
    return found


def _in_force(spells: Spells, point: Point) -> set[tuple[str, Line]]:
    return {
        key
        for key, held in spells.items()
        if _covers(key[1], point.as_of)
        and any(since <= point.position < until for since, until in held)
    }


def _covers(held: Line, day: date) -> bool:
    return held.effective_from <= day < held.effective_to


def _total(point: Point, keys: Iterable[tuple[str, Line]]) -> Total:
    raw: dict[str, Decimal] = {}
    for _, held in keys:
        raw[held.indicator] = raw.get(held.indicator, ZERO) + held.points
    return total_of(point.rulebook, point.readings, raw)


def _changed(spells: Spells, before: Point, after: Point, *, missing_at: Point) -> list[Changed]:
    """Return the lines of one point that the other misses, by indicator and in order."""
    first, last = sorted((before.position, after.position))
    found = []
    for (_, held), known in spells.items():
        edges = {edge for spell in known for edge in spell}
        positions = tuple(sorted(edge for edge in edges if first < edge <= last))
        day = None
        if not _covers(held, missing_at.as_of):
            day = _edge_between(held, before.as_of, after.as_of)
        change = -held.points if missing_at is after else held.points
        found.append(Changed(held, change, positions, day))
    tree = list(dict.fromkeys([*after.rulebook.indicators, *before.rulebook.indicators]))
    return sorted(found, key=lambda one: (tree.index(one.line.indicator), one.line.order))


def _edge_between(held: Line, one: date, other: date) -> date:
    """Return the day on which the line begins or ends, of which one lies between the two days."""
    first, last = sorted((one, other))
    edges = (held.effective_from, held.effective_to)
    return next(edge for edge in edges if first < edge <= last)
