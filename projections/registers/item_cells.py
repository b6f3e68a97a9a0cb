"""The cells that say which item a row is about."""

from __future__ import annotations

from domain.lines import Case
from domain.listing import Cell, Column
from domain.rules.adoption import authors_of, made
from projections.known import Known


def item_columns(known: Known) -> list[Column]:
    """Return the columns that say which item a row is about."""
    return [
        Column("item", "信息编号", 14),
        Column("title", "标题", 44),
        Column("kind", "类别", 8, known.words("kinds")),
        Column("units", "报送单位", 24),
    ]


def item_case(known: Known, item: str) -> Case:
    """Return what the rules look at for an item; nothing of it depends on the unit."""
    anybody = next(iter(known.point.setting.units.values()))
    return known.case(anybody, f"item/{item}", item)


def item_cells(known: Known, case: Case) -> dict[str, Cell]:
    """Return the cells that say what an item is and who wrote it."""
    making = made(case)
    return {
        "item": case.number,
        "title": getattr(making and making.event, "title", None),
        "kind": getattr(making and making.event, "kind", None),
        "units": known.names(authors_of(case)[0]),
    }


def with_item(case: Case, events: tuple[int, ...]) -> tuple[int, ...]:
    """Return ``events`` with those that say what the item is and who wrote it."""
    return tuple(sorted({*authors_of(case)[1], *events}))
