"""工作衔接: a change of leader, agency or staff that the office was not told of in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.days import day_of, next_day, plus_days
from domain.events.leadership import StaffChanged, StaffChangeNotified
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.standing import Fact


def liaison(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for a change not notified within ``liaison.notice_days`` calendar days.

    Telling the office later does not end the line. Code ``change_unreported``. Source: 附件2
    组织领导, fourth row.
    """
    told = first_notice(case)
    for fact in case.facts:
        change = fact.event
        if not isinstance(change, StaffChanged) or change.unit != case.unit.id:
            continue
        due = notice_due(case, change)
        if not case.cycle.covers(day_of(change.on)) or (told and day_of(told.event.on) <= due):
            continue
        role = case.rulebook.vocabulary["roles"].get(change.role, change.role)
        text = f"{role}变动（{change.change}）未在规定时间内告知"
        yield Draft(case.price(indicator), "change_unreported", text, fact.events, next_day(due))


def notice_due(case: Case, change: StaffChanged) -> date:
    """Return the last day on which the office is told of ``change`` in time."""
    return plus_days(day_of(change.on), case.readings.count("liaison.notice_days"))


def notices(case: Case) -> Iterator[Fact]:
    """Return how the office was told of the change, in time or late."""
    for fact in case.facts:
        if isinstance(fact.event, StaffChangeNotified) and fact.event.change == case.number:
            yield fact


def first_notice(case: Case) -> Fact | None:
    """Return the earliest notice of the change, if the office was told."""
    return min(notices(case), key=lambda fact: (day_of(fact.event.on), fact.position), default=None)
