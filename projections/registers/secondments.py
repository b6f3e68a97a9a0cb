"""跟班学习: who is with the city or provincial office, since when, and for how many months."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import day_of
from domain.events.secondments import SecondmentStarted
from domain.listing import Column, Row
from domain.rules.secondment import completion, ending, served
from projections.known import Known
from projections.registers.roll import Roll

STATES = {"running": "在跟班", "complete": "期满返回", "early": "未满返回"}


def _columns(known: Known) -> list[Column]:
    return [
        Column("secondment", "跟班编号", 14),
        Column("unit", "单位", 20),
        Column("person", "人员", 12),
        Column("host", "跟班地点", 14, known.words("hosts")),
        Column("on", "开始日期", 12),
        Column("ended_on", "结束日期", 12),
        Column("state", "状态", 10, STATES),
        Column("months", "满几个月", 8),
        Column("days", "另几天", 8),
        Column("complete_on", "期满日期", 12),
    ]


def _rows(known: Known) -> Iterator[Row]:
    if not known.reads("secondment.months"):  # nothing in this rulebook is about secondments
        return
    for fact, started in known.of(SecondmentStarted):
        unit = known.unit(started.unit)
        case = known.case(unit, f"secondment/{started.secondment}", started.secondment)
        ended, complete = ending(case), completion(case, started)
        last = day_of(ended.event.on) if ended else known.point.as_of
        if not known.in_cycle(started.on) and last < known.point.cycle.starts:
            continue
        months, days = served(day_of(started.on), last)
        yield Row(
            values={
                "secondment": started.secondment,
                "unit": known.name(started.unit),
                "person": started.person,
                "host": started.host,
                "on": day_of(started.on),
                "ended_on": last if ended else None,
                "state": "running" if not ended else "early" if last < complete else "complete",
                "months": months,
                "days": days,
                "complete_on": complete,
            },
            events=tuple(sorted({*fact.events, *(ended.events if ended else ())})),
            about=fact.position,
            units=frozenset([started.unit]),
            is_open=ended is None,
        )


SECONDMENTS = Roll(
    "跟班学习",
    "年度内开始的跟班学习，和年初还在跟班的：到那一天满几个月零几天，是否期满。",
    _columns,
    _rows,
    opens=True,
)
