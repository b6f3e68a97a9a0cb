"""职责名单: whom units named to the office, from the year's first day on."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events.leadership import DutyRosterReported
from domain.listing import Column, Row
from projections.known import Known
from projections.registers.roll import Roll


def _columns(known: Known) -> list[Column]:
    roles = known.words("roles")
    return [
        Column("on", "报送日期", 18),
        Column("unit", "单位", 20),
        *(Column(role, roles.get(role, role), 18) for role in ("leader", "agency", "staff")),
        Column("note", "备注", 30),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, roster in known.since_start(DutyRosterReported):
        yield Row(
            values={
                "on": roster.on,
                "unit": known.name(roster.unit),
                "leader": roster.leader,
                "agency": roster.agency,
                "staff": roster.staff,
                "note": roster.note,
            },
            events=fact.events,
            about=fact.position,
            units=frozenset([roster.unit]),
        )


DUTIES = Roll(
    "职责名单报送",
    "年度第一天以来各单位报送的职责名单，每次报送一行；某一天由谁负责，见清单 staff。",
    _columns,
    _rows,
)
