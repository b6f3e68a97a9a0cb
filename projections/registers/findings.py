"""问题认定: what the office found wrong."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events.items import FindingMade
from domain.listing import Column, Row
from projections.known import Known
from projections.registers.roll import Roll


def _columns(known: Known) -> list[Column]:
    return [
        Column("on", "认定日期", 18),
        Column("finding", "认定编号", 14),
        Column("unit", "单位", 20),
        Column("kind", "问题类别", 16, known.words("findings")),
        Column("item", "信息编号", 14),
        Column("detail", "具体情况", 44),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, found in known.of_cycle(FindingMade):
        yield Row(
            values={
                "on": found.on,
                "finding": found.finding,
                "unit": known.name(found.unit),
                "kind": found.kind,
                "item": found.item,
                "detail": found.detail,
            },
            events=fact.events,
            about=fact.position,
            units=frozenset([found.unit]),
        )


FINDINGS = Roll(
    "问题认定",
    "年度内认定的问题，每次认定一行。",
    _columns,
    _rows,
)
