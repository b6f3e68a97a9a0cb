"""The documents of ``explain``, ``diff`` and ``history`` at points of a random register."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from projections.asking import Asked
from projections.curve import curve, curve_json
from projections.diff_json import difference_json
from projections.differing import difference
from projections.explaining import explanation
from tests.properties.offices import Lines, question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from cli.office import Office
    from domain.setting import Unit
    from projections.asking import Point

Document = dict[str, Any]


def point_in(office: Office, lines: Lines, chance: Random) -> Point:
    """Choose a point of the register."""
    as_of, known_at = question(lines, chance)
    return office.point(Asked(as_of, None if known_at is None else f"#{known_at}"))


def places(office: Office, lines: Lines, chance: Random) -> Iterator[tuple[Point, Unit]]:
    """Choose three points of the register, each with a unit that is known there."""
    for _ in range(3):
        point = point_in(office, lines, chance)
        if point.setting.units:
            yield point, chance.choice(list(point.setting.units.values()))


def pairs(office: Office, lines: Lines, chance: Random) -> Iterator[tuple[Unit, Point, Point]]:
    """Choose three pairs of points of one cycle, each with a unit that is known at both."""
    for after, unit in places(office, lines, chance):
        before = point_in(office, lines, chance)
        if after.cycle.name in before.setting.cycles and unit.id in before.setting.units:
            asked = Asked(before.as_of, f"#{before.position}", after.cycle.name)
            yield unit, office.point(asked), after


def explained(office: Office, point: Point, unit: Unit) -> Document:
    """Return what ``kaohe explain --json`` prints."""
    (sheet,) = office.sheets.at(point, [unit])
    return explanation(point, sheet, office.log)


def differed(office: Office, unit: Unit, *, before: Point, after: Point) -> Document:
    """Return what ``kaohe diff --json`` prints."""
    found = difference(office.reading, unit, before=before, after=after)
    return difference_json(found, office.log, office.reading)


def curved(office: Office, point: Point, unit: Unit) -> Document:
    """Return what ``kaohe history --json`` prints."""
    return curve_json(curve(office.reading, point, unit), unit)


def added(entries: Iterable[Document], key: str) -> Decimal:
    """Return the sum of one field of the entries."""
    return sum((Decimal(entry[key]) for entry in entries), Decimal(0))
