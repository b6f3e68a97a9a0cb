"""约稿 in the made-up year: sixty of them, and who answers when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from domain.days import SHANGHAI, Moment, day_of
from domain.events.commissions import (
    CommissionDeclined,
    CommissionExtended,
    CommissionIssued,
    CommissionWithdrawn,
)
from infra.demo.drafts import Draft
from infra.demo.tempers import Temper
from infra.demo.topics import EVERYBODY, TOPICS
from infra.demo.workdays import FIRST, working
from infra.demo.year import Entry, Year

_EXTENDED: Final = frozenset({3, 11, 17, 24, 33, 41, 48, 54})
_WITHDRAWN: Final = frozenset({8, 27, 45})
"""Which commissions, in their order, are extended or withdrawn."""
_LAST: Final = (26, 12)
"""The last day of a month on which commissions are issued, and that of December."""
_CLOSING: Final = 17
_SIZES: Final = (6, 13)


@dataclass(slots=True)
class _Commission:
    issued: Entry
    number: str
    topic: str
    asked: list[Temper]
    due: Moment
    later: Moment | None = None
    favoured: tuple[str, ...] = ()

    def due_for(self, unit: str) -> Moment:
        """Return the due in force for ``unit``."""
        return self.later if self.later and unit in self.favoured else self.due


def commissions(year: Year) -> list[Draft]:
    """Issue all commissions; return the answers that are still to be received as items."""
    answers: list[Draft] = []
    for place, (on, field, topic) in enumerate(_planned(year)):
        commission = _issue(year, on, field, topic)
        if place in _EXTENDED:
            _extend(year, commission)
        if place in _WITHDRAWN:
            _withdraw(year, commission)
        for temper in commission.asked:
            answers += _answer(year, commission, temper)
    return answers


def _planned(year: Year) -> list[tuple[date, str, str]]:
    """Return the day of issue of each commission with its field and topic, in order of days."""
    planned = []
    for month, field, topic in TOPICS:
        last = date(2022, month, _LAST[month == date.max.month])
        planned.append((year.day(max(FIRST, date(2022, month, 1)), last), field, topic))
    return sorted(planned)


def _issue(year: Year, on: date, field: str, topic: str) -> _Commission:
    everybody = field == EVERYBODY
    concerned = [t for t in year.tempers if everybody or field in t.unit.fields.split()]
    size = len(concerned) if everybody else year.dice.randint(*_SIZES)
    chosen = year.some(concerned, size)
    asked = [temper for temper in year.tempers if temper in chosen]
    due = _with_hour(year, year.later(on, 4, 9))
    number = year.number("约")
    units = () if everybody else tuple(temper.name for temper in asked)
    issued = CommissionIssued(on=on, commission=number, topic=topic, due=due, units=units)
    return _Commission(year.write(issued, prompt=True), number, topic, asked, due)


def _with_hour(year: Year, day: date) -> Moment:
    return _at(day, _CLOSING, 0) if year.chance(0.5) else day


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def _extend(year: Year, commission: _Commission) -> None:
    """Give three units that asked for it, or everybody, another week."""
    some = year.some(commission.asked, 3) if year.chance(0.5) else []
    due = working(year.later(day_of(commission.due), 5, 8))
    if due <= day_of(commission.due):
        return
    extended = CommissionExtended(
        on=year.later(commission.issued.day, 1, 3),
        commission=commission.number,
        due=due,
        units=tuple(temper.name for temper in some),
    )
    year.write(extended, commission.issued, prompt=True)
    commission.later = due
    commission.favoured = tuple(temper.name for temper in some or commission.asked)


def _withdraw(year: Year, commission: _Commission) -> None:
    withdrawn = CommissionWithdrawn(
        on=year.later(day_of(commission.due), 3, 12),
        commission=commission.number,
        reason=year.pick(("上级已另行部署，不再收集", "与省里约稿重复，合并办理")),
    )
    year.write(withdrawn, commission.issued, prompt=True)


def _answer(year: Year, commission: _Commission, temper: Temper) -> list[Draft]:
    """Decline at once, or return the answer that is to come, if there is one."""
    due = commission.due_for(temper.name)
    if year.chance(0.1 + 0.9 * temper.diligence**0.6):
        on = _in_time(year, commission.issued.day, due)
    elif year.chance(0.55):
        on = _too_late(year, due)
    else:
        return []
    if year.chance(0.12):
        declined = CommissionDeclined(on=on, commission=commission.number, unit=temper.name)
        year.write(declined, commission.issued)
        return []
    title = f"{temper.name}关于{commission.topic}的报告"
    return [
        Draft(
            on,
            (temper,),
            "commissioned",
            title,
            commission=commission.number,
            after=(commission.issued,),
        )
    ]


def _in_time(year: Year, issued: date, due: Moment) -> datetime:
    """Return a moment before the due; most answers come on its last two days."""
    spent = (day_of(due) - issued).days
    day = year.later(
        issued, max(1, spent - year.dice.choice((1, 1, 2, 4))), spent, last=day_of(due)
    )
    return _at(day, year.dice.randint(8, _CLOSING - 1), year.dice.randint(0, 59))


def _too_late(year: Year, due: Moment) -> datetime:
    """Return a moment after the due: some minutes where it has an hour, else some days."""
    if isinstance(due, datetime) and year.chance(0.3):
        return _at(day_of(due), _CLOSING, year.dice.randint(6, 55))
    day = working(year.later(day_of(due), 1, 12))
    if day <= day_of(due):
        day = day_of(due)
        return _at(day, _CLOSING + 1, 5) if isinstance(due, datetime) else _at(day, 16, 30)
    return _at(day, year.dice.randint(8, _CLOSING), year.dice.randint(0, 59))
