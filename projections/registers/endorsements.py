"""领导批示: by whom items were endorsed, and whether they had been adopted."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import day_of
from domain.events.items import ItemEndorsed
from domain.listing import Column, Row
from domain.rules.adoption import adoptions, authors_of
from domain.rules.endorsement import praises
from projections.known import Known
from projections.registers.item_cells import item_case, item_cells, item_columns, with_item
from projections.registers.roll import Roll

COUNTS = {
    "first": "计",
    "repeated": "同级重复，不再计",
    "not_adopted": "未被采用，不计分",
    "elsewhere": "不属政府领导，不计分",
}


def _columns(known: Known) -> list[Column]:
    return [
        Column("on", "批示日期", 18),
        *item_columns(known),
        Column("level", "领导层级", 14, known.words("leaders")),
        Column("body", "领导所属", 10, known.words("bodies")),
        Column("leader", "领导", 14),
        Column("adopted_on", "首次采用", 12),
        Column("counts", "是否计分", 18, COUNTS),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, praise in known.of_cycle(ItemEndorsed):
        case = item_case(known, praise.item)
        why_not = next(why for held, why in praises(case) if held.position == fact.position)
        adopted = next(iter(adoptions(case)), None)
        yield Row(
            values={
                "on": praise.on,
                **item_cells(known, case),
                "level": praise.level,
                "body": praise.body,
                "leader": praise.leader,
                "adopted_on": day_of(adopted.event.on) if adopted else None,
                "counts": why_not or _counts(praise, adopted=adopted is not None),
            },
            events=with_item(case, fact.events + (adopted.events if adopted else ())),
            about=fact.position,
            units=authors_of(case)[0],
        )


def _counts(praise: ItemEndorsed, *, adopted: bool) -> str:
    if praise.body != "government":
        return "elsewhere"
    return "first" if adopted else "not_adopted"


ENDORSEMENTS = Roll(
    "领导批示",
    "年度内对信息的每次批示：哪一级领导、信息何时首次被采用、是否计分。",
    _columns,
    _rows,
)
