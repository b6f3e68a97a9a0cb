"""Whose score or rank moved: every unit, not only the one that appealed."""

from __future__ import annotations

from typing import Any

from domain.lines import show
from projections.sheets import Sheet
from projections.trail.sides import Sides

_PLACE = ("total", "rank", "rank_in_category")


def ranks_json(sides: Sides) -> list[dict[str, Any]]:
    """Return the places of the appealing unit and of all others that moved, at each side.

    They are in the order of the last ranks; a unit that was not enrolled at a side has nothing
    there.
    """
    tables = [{sheet.unit.id: sheet for sheet in side.sheets} for side in sides.all]
    last = sides.after
    found = []
    for sheet in sorted(last.sheets, key=lambda held: (held.rank, held.unit.position)):
        places = [_place(table.get(sheet.unit.id)) for table in tables]
        own = sheet.unit.id == last.own.unit.id
        if own or any(place != places[-1] for place in places):
            before, *between, after = places
            found.append(
                {
                    "unit": sheet.name,
                    "category": sheet.category,
                    "own": own,
                    "before": before,
                    "eve": between[0] if between else None,
                    "after": after,
                }
            )
    return found


def _place(sheet: Sheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    values = (show(sheet.total.total), sheet.rank, sheet.rank_in_category)
    return dict(zip(_PLACE, values, strict=True))
