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


def adds_up(group: Document) -> None:
    """Assert that an explained group, its indicators and their lines come to the same points."""
    for indicator in group["indicators"]:
        lines = indicator["lines"]
        assert added(lines, "points") == Decimal(indicator["raw"])
        assert added(lines, "counted") == Decimal(indicator["counted"])
        assert added(lines, "absorbed_by_cap") == Decimal(indicator["absorbed"])
        assert added(lines, "absorbed_by_weight") == Decimal(indicator["absorbed_by_weight"])
        for line in lines:
            absorbed = Decimal(line["absorbed_by_cap"]) + Decimal(line["absorbed_by_weight"])
            assert abs(Decimal(line["points"])) == abs(Decimal(line["counted"])) + absorbed
    counted = added(group["indicators"], "counted")
    assert Decimal(group["score"]) == Decimal(group["weight"] or 0) + counted
    assert added(group["indicators"], "absorbed_by_weight") == Decimal(group["absorbed"])


def is_cut_once(group: Document) -> bool:
    """Tell whether each cap, and then the weight, swallows all that follows what it cuts."""
    together = [line for indicator in group["indicators"] for line in indicator["lines"]]
    together.sort(key=_order)
    return _nothing_after(together, "absorbed_by_weight", already="absorbed_by_cap") and all(
        _nothing_after(indicator["lines"], "absorbed_by_cap") for indicator in group["indicators"]
    )


def _order(line: Document) -> tuple[object, ...]:
    """Return the day, the events, and what tells lines apart that agree in both."""
    told_apart = (line["code"], Decimal(line["points"]), line["text"])
    return (line["effective_from"], line["events"], *told_apart)


def _nothing_after(lines: Iterable[Document], key: str, *, already: str | None = None) -> bool:
    """Tell whether every line after the first with something absorbed is absorbed whole."""
    cut = False
    for line in lines:
        size = abs(Decimal(line["points"])) - Decimal(line[already] if already else 0)
        if cut and Decimal(line[key]) != size:
            return False
        cut = cut or Decimal(line[key]) > 0
    return True
