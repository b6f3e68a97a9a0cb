"""会议研究部署: the meetings at which units studied the work, from the year's first day on."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events.leadership import DeploymentStudied
from domain.listing import Column, Row
from projections.known import Known
from projections.registers.roll import Roll


def _columns(known: Known) -> list[Column]:
    return [
        Column("on", "会议日期", 18),
        Column("unit", "单位", 20),
        Column("topics", "研究事项", 20, known.words("topics")),
        Column("note", "备注", 30),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, meeting in known.since_start(DeploymentStudied):
        yield Row(
            values={
                "on": meeting.on,
                "unit": known.name(meeting.unit),
                "topics": meeting.topics_,
                "note": meeting.note,
            },
            events=fact.events,
            about=fact.position,
            units=frozenset([meeting.unit]),
        )


MEETINGS = Roll(
    "会议研究部署",
    "年度第一天以来各单位开会研究部署的记录，每次会议一行。",
    _columns,
    _rows,
)
