"""Lists as the JSON document of ``kaohe list``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.listing import Cell, Column, Listed, Listing
from projections.sheet_json import heading

if TYPE_CHECKING:
    from projections.asking import Point


def document(point: Point, listings: Sequence[Listing], *, whole: bool) -> dict[str, Any]:
    """Return the document: the point in both times, then the one list, or each of all."""
    told = [_listing(listing) for listing in listings]
    if whole:
        return {**heading(point), "lists": told}
    return {**heading(point), **told[0]}


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "list": listing.name,
        "title": listing.title,
        "rows": [_row(listed, listing.columns) for listed in listing.rows],
    }


def _row(listed: Listed, columns: Sequence[Column]) -> dict[str, Any]:
    """Return the cells under their names, those of a matrix under the heading of their column."""
    found: dict[str, Any] = {}
    for column in columns:
        cell = _plain(listed.row.values.get(column.key))
        if not column.within:
            found[column.key] = cell
        elif cell is not None:
            found.setdefault(column.within, {})[column.heading] = cell
    about = listed.about
    return {
        **found,
        **{name: about[name] for name in ("recorded_at", "actor", "source")},
        "event": listed.row.about,
        "events": list(listed.row.events),
        "rests_on": list(listed.rests_on),
    }


def _plain(cell: Cell) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    return list(cell) if isinstance(cell, tuple) else cell
