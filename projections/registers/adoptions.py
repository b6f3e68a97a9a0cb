"""信息采用: where items of the year were used, and in which publication."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events.items import ItemAdopted
from domain.listing import Column, Row
from domain.rules.adoption import authors_of, uses
from projections.known import Known
from projections.registers.item_cells import item_case, item_cells, item_columns, with_item
from projections.registers.roll import Roll

COUNTS = {"first": "计", "repeated": "同级重复，不再计"}


def _columns(known: Known) -> list[Column]:
    return [
        Column("on", "采用日期", 18),
        *item_columns(known),
        Column("level", "采用层级", 16, known.words("levels")),
        Column("publication", "刊物", 22),
        Column("counts", "是否计分", 16, COUNTS),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, used in known.of_cycle(ItemAdopted):
        case = item_case(known, used.item)
        why_not = {held.position: why for held, why in uses(case, used.level)}
        yield Row(
            values={
                "on": used.on,
                **item_cells(known, case),
                "level": used.level,
                "publication": used.publication,
                "counts": why_not[fact.position] or "first",
            },
            events=with_item(case, fact.events),
            about=fact.position,
            units=authors_of(case)[0],
        )


ADOPTIONS = Roll(
    "信息采用",
    "年度内的每次采用：哪一级、什么刊物；同一条信息同一级再次采用的，注明不再计。",
    _columns,
    _rows,
)
