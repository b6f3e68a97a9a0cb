"""跟班学习: points when a person of the unit stays the full months with the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from domain.days import FOREVER, day_of
from domain.events.secondments import SecondmentEnded, SecondmentStarted
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.standing import Fact


def secondment(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Give points for a secondment on the day its calendar months are complete.

    The last day of a shorter month completes it. An earlier return gives nothing. With
    ``secondment.credit`` on_start, the points count from the start until an early return. Code
    ``secondment``. Source: 附件2 其他加分, third row.
    """
    ended = ending(case)
    for fact in case.facts:
        started = fact.event
        if not isinstance(started, SecondmentStarted) or started.unit != case.unit.id:
            continue
        start = day_of(started.on)
        if not case.cycle.covers(start):
            continue
        complete = completion(case, started)
        early = ended is not None and day_of(ended.event.on) < complete
        on_start = case.readings.choice("secondment.credit") == "on_start"
        if early and not on_start:
            continue
        yield Draft(
            points=case.price(indicator),
            code="secondment",
            text=f"{started.person}跟班学习（{started.secondment}）",
            events=fact.events + (ended.events if ended and early else ()),
            effective_from=start if on_start else complete,
            effective_to=day_of(ended.event.on) if ended and early else FOREVER,
        )


def completion(case: Case, started: SecondmentStarted) -> date:
    """Return the day on which the full months of a secondment are complete."""
    return day_of(started.on) + relativedelta(months=case.readings.count("secondment.months"))


def served(start: date, last: date) -> tuple[int, int]:
    """Return the whole calendar months from ``start`` to ``last``, and the days beyond them."""
    spent = relativedelta(last, start)
    return spent.years * 12 + spent.months, spent.days


def ending(case: Case) -> Fact | None:
    """Return the fact that the seconded person went back, if that happened."""
    return next(
        (
            fact
            for fact in case.facts
            if isinstance(fact.event, SecondmentEnded) and fact.event.secondment == case.number
        ),
        None,
    )
