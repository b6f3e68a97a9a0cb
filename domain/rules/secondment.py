"""跟班学习: points when a person of the unit stays the full months with the office."""

from __future__ import annotations

from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from domain.days import FOREVER, day_of
from domain.events.secondments import SecondmentEnded, SecondmentStarted
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator


def secondment(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Give points for a secondment on the day its calendar months are complete.

    The last day of a shorter month completes it. An earlier return gives nothing. With
    ``secondment.credit`` on_start, the points count from the start until an early return. Code
    ``secondment``. Source: 附件2 其他加分, third row.
    """
    ended = next(
        (
            fact
            for fact in case.facts
            if isinstance(fact.event, SecondmentEnded) and fact.event.secondment == case.number
        ),
        None,
    )
    for fact in case.facts:
        started = fact.event
        if not isinstance(started, SecondmentStarted) or started.unit != case.unit.id:
            continue
        start = day_of(started.on)
        if not case.cycle.covers(start):
            continue
        complete = start + relativedelta(months=case.readings.count("secondment.months"))
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
