"""The documents of ``explain``, ``diff`` and ``history`` at points of a drawn register."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from projections.asking import Asked
from projections.curve import curve, curve_json
from projections.diff_json import difference_json
from projections.differing import difference
from projections.explaining import explanation
from tests.oracle.registers import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cli.office import Office
    from domain.setting import Unit
    from projections.asking import Point
    from tests.oracle.facts import RegisterLine

Document = dict[str, Any]


def point_in(
    data: st.DataObject, office: Office, lines: Sequence[RegisterLine], cycle: str | None = None
) -> Point:
    """Draw a point of the register, in the cycle named or in the one that its day asks for."""
    as_of, known_at = data.draw(questions(lines))
    return office.point(Asked(as_of, None if known_at is None else f"#{known_at}", cycle))


def unit_of(data: st.DataObject, point: Point) -> Unit | None:
    """Draw a unit that is known at the point, if any is."""
    units = list(point.setting.units.values())
    return data.draw(st.sampled_from(units)) if units else None


def explained(office: Office, point: Point, unit: Unit) -> Document:
    """Return what ``kaohe explain --json`` prints."""
    (sheet,) = office.sheets.at(point, [unit])
    return explanation(point, sheet, office.log)


def differed(office: Office, unit: Unit, *, before: Point, after: Point) -> Document:
    """Return what ``kaohe diff --json`` prints."""
    found = difference(office.reading, unit, before=before, after=after)
    return difference_json(found, office.log, office.reading)


def drawn(office: Office, point: Point, unit: Unit) -> Document:
    """Return what ``kaohe history --json`` prints."""
    return curve_json(curve(office.reading, point, unit), unit)


def added(entries: Iterable[Document], key: str) -> Decimal:
    """Return the sum of one field of the entries."""
    return sum((Decimal(entry[key]) for entry in entries), Decimal(0))
