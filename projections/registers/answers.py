"""约稿答复: what each commission asks of each unit, and how that stood on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.days import after, day_of, meets, start_of
from domain.events.commissions import CommissionDeclined, CommissionIssued
from domain.events.items import SubmissionReceived
from domain.listing import Column, Row
from domain.rules.commissioned import Duty, answers, duty
from domain.setting import Unit
from domain.standing import Fact
from projections.known import Known
from projections.registers.roll import Roll

STATES = {
    "answered": "已报回",
    "declined": "不涉及",
    "late": "迟报回",
    "open": "未到期",
    "overdue": "逾期未报",
    "withdrawn": "已撤回",
}
SIGNS = {
    "answered": "报", "declined": "免", "late": "迟", "open": "待", "overdue": "欠",
    "withdrawn": "撤",
}  # fmt: skip
"""One sign for each state, for the matrix on a screen."""


class Stand(NamedTuple):
    """How a commission stood with one unit: its state, and the answer that counts, if any."""

    unit: Unit
    duty: Duty
    state: str
    answer: Fact | None

    @property
    def about(self) -> Fact:
        """The fact that made the state: the withdrawal, the answer, or the commission."""
        return self.duty.withdrawal or self.answer or self.duty.issued

    @property
    def events(self) -> tuple[int, ...]:
        """The events that the state rests on."""
        return tuple(sorted({*self.duty.events, *self.about.events}))


def commissions(known: Known) -> Iterator[tuple[Fact, CommissionIssued]]:
    """Yield the commissions of the year; of earlier ones, those not due when it began."""
    for fact, issued in known.of(CommissionIssued):
        if known.in_cycle(issued.on) or _runs_over(known, issued):
            yield fact, issued


def stands(known: Known, issued: CommissionIssued) -> Iterator[Stand]:
    """Yield how a commission stood with each unit that it addresses, in their order."""
    for unit in known.units:
        case = known.case(unit, f"commission/{issued.commission}", issued.commission)
        asked = duty(case)
        if asked is None or not unit.begins_on(day_of(issued.on)):
            continue
        if asked.lifted == "not_addressed" or not _concerns(asked, issued, unit):
            continue
        given = min(answers(case), key=_order, default=None)
        yield Stand(unit, asked, _state(known, asked, given), given)


def _concerns(asked: Duty, issued: CommissionIssued, unit: Unit) -> bool:
    """Tell whether a commission that was withdrawn had addressed the unit."""
    return asked.lifted != "withdrawn" or not issued.units or unit.id in issued.units


def _state(known: Known, asked: Duty, given: Fact | None) -> str:
    if asked.lifted == "withdrawn":
        return "withdrawn"
    if given is None:
        return "overdue" if after(asked.due) <= known.point.as_of else "open"
    if not meets(given.event.on, asked.due):
        return "late"
    return "declined" if isinstance(given.event, CommissionDeclined) else "answered"


def _order(fact: Fact) -> tuple[datetime, int]:
    return (start_of(fact.event.on), fact.position)


def _runs_over(known: Known, issued: CommissionIssued) -> bool:
    starts = known.point.cycle.starts
    if day_of(issued.on) >= starts:
        return False
    return any(day_of(each.duty.due) >= starts for each in stands(known, issued))


def _columns(known: Known) -> list[Column]:
    del known
    return [
        Column("commission", "约稿编号", 14),
        Column("topic", "约稿题目", 36),
        Column("unit", "单位", 20),
        Column("due", "截止时间", 18),
        Column("extended", "是否延期", 8),
        Column("state", "状态", 12, STATES),
        Column("on", "发生时间", 18),
        Column("item", "答复信息", 14),
    ]


def _rows(known: Known) -> Iterator[Row]:
    for _, issued in commissions(known):
        for stand in stands(known, issued):
            given = stand.answer.event if stand.answer else None
            yield Row(
                values={
                    "commission": issued.commission,
                    "topic": issued.topic,
                    "unit": stand.unit.name_on(known.point.as_of),
                    "due": stand.duty.due,
                    "extended": stand.duty.extension is not None,
                    "state": stand.state,
                    "on": stand.about.event.on,
                    "item": given.item if isinstance(given, SubmissionReceived) else None,
                },
                events=stand.events,
                about=stand.about.position,
                units=frozenset([stand.unit.id]),
                is_open=stand.state == "open",
            )


ANSWERS = Roll(
    "约稿答复",
    "每件约稿发给的每个单位各一行：现行期限和状态；发生时间是答复、撤回或（未答复时）下达的时间。",
    _columns,
    _rows,
    opens=True,
)
