"""约稿: every commission of the year in one row, with its state at each unit as a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.days import day_of
from domain.events.commissions import CommissionIssued
from domain.listing import Cell, Column, Row
from domain.setting import Unit
from domain.standing import Fact
from projections.known import Known
from projections.registers.answers import SIGNS, STATES, Stand, commissions, stands
from projections.registers.roll import Roll

OVERALL = {"open": "未到期", "closed": "已到期", "done": "已办结", "withdrawn": "已撤回"}


def _columns(known: Known) -> list[Column]:
    day = known.point.as_of
    return [
        Column("commission", "约稿编号", 14),
        Column("topic", "约稿题目", 36),
        Column("on", "下达日期", 12),
        Column("due", "截止时间", 18),
        Column("last_due", "最晚截止", 18),
        Column("state", "状态", 8, OVERALL),
        Column("addressed", "发给单位数", 8),
        *(Column(state, label, 8) for state, label in STATES.items()),
        *(
            Column(_place(unit), unit.name_on(day), 4, STATES, within="units", signs=SIGNS)
            for unit in known.units
        ),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for fact, issued in commissions(known):
        yield _row(fact, issued, list(stands(known, issued)))


def _row(fact: Fact, issued: CommissionIssued, at: list[Stand]) -> Row:
    counted = Counter(stand.state for stand in at)
    states: dict[str, Cell] = {_place(stand.unit): stand.state for stand in at}
    dues = [stand.duty.due for stand in at] or [issued.due]
    return Row(
        values={
            **states,
            "commission": issued.commission,
            "topic": issued.topic,
            "on": issued.on,
            "due": issued.due,
            "last_due": max(dues, key=lambda due: (day_of(due), str(due))),
            "state": _overall(counted),
            "addressed": len(at),
            **{state: counted[state] for state in STATES},
        },
        events=tuple(sorted({*fact.events, *(event for stand in at for event in stand.events)})),
        about=fact.position,
        units=frozenset(stand.unit.id for stand in at),
        is_open=counted["open"] > 0,
    )


def _place(unit: Unit) -> str:
    """Return the name of a unit's column, which no other column can have."""
    return f"unit/{unit.id}"


def _overall(counted: Counter[str]) -> str:
    if counted["open"]:
        return "open"
    if counted["overdue"]:
        return "closed"
    only_withdrawn = counted["withdrawn"] == counted.total()
    return "withdrawn" if counted["withdrawn"] and only_withdrawn else "done"


COMMISSIONS = Roll(
    "约稿",
    "年度内下达的约稿，每件一行；后面每个单位一列，是该单位的状态，没有发给的留空。",
    _columns,
    _rows,
    opens=True,
)
