"""Checks of commissions: who is addressed, and which due is in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from domain.days import Moment, day_of, due_instant, told_moment
from domain.decisions.checking import Desk, Found, Wrong, existing, new_number
from domain.events.commissions import (
    CommissionDeclined,
    CommissionExtended,
    CommissionIssued,
    CommissionWithdrawn,
)
from domain.standing import Fact


def commission_issued(event: CommissionIssued, desk: Desk) -> Found:
    """Need a new number, and a due that is not before the day of issue."""
    yield from new_number(desk, event, "commission", "约稿")
    if day_of(event.due) < day_of(event.on):
        yield Wrong(
            "due", f"截止日期 {day_of(event.due)} 早于下达日期", f"应不早于 {day_of(event.on)}"
        )


def commission_extended(event: CommissionExtended, desk: Desk) -> Found:
    """Need a commission that exists, and a due later than the one in force.

    One extension does not depend on another: one that is checked again after a correction is
    compared with the commission's own due.
    """
    issued, wrong = existing(desk, f"commission/{event.commission}", "commission", "约稿")
    yield from wrong
    if issued is None:
        return
    yield from _addressed(event.units, issued, "units")
    due = _latest_due(event, issued, desk)
    if due_instant(event.due) <= due_instant(due):
        new, old = told_moment(event.due), told_moment(due)
        yield Wrong("due", f"延期后的截止时间 {new} 不晚于现行的 {old}", "应更晚")


def commission_withdrawn(event: CommissionWithdrawn, desk: Desk) -> Found:
    """Need a commission that exists and addresses the units named."""
    issued, wrong = existing(desk, f"commission/{event.commission}", "commission", "约稿")
    yield from wrong
    if issued:
        yield from _addressed(event.units, issued, "units")


def commission_declined(event: CommissionDeclined, desk: Desk) -> Found:
    """Need a commission that exists and addresses the unit."""
    issued, wrong = existing(desk, f"commission/{event.commission}", "commission", "约稿")
    yield from wrong
    if issued:
        yield from _addressed((event.unit,), issued, "unit")


def _addressed(units: Iterable[str], issued: Fact, field: str) -> Found:
    commission = issued.event
    assert isinstance(commission, CommissionIssued)  # noqa: S101  it made the number
    for unit in units:
        if commission.units and unit not in commission.units:
            asked = "、".join(commission.units)
            yield Wrong(
                field, f"约稿“{commission.commission}”没有发给“{unit}”", f"发给的单位是：{asked}"
            )


def _latest_due(event: CommissionExtended, issued: Fact, desk: Desk) -> Moment:
    """Return the due in force for the units named, or the latest of theirs."""
    commission = issued.event
    assert isinstance(commission, CommissionIssued)  # noqa: S101  it made the number
    if desk.position is not None:
        return commission.due
    units = event.units or commission.units or tuple(desk.setting.units)
    facts = desk.facts(f"commission/{event.commission}")
    return max(dues_in_force(event.commission, units, facts), key=due_instant)


def dues_in_force(commission: str, units: Collection[str], facts: Iterable[Fact]) -> list[Moment]:
    """Return the due in force for each of ``units``; without any, for whoever was not named.

    ``facts`` are those of the commission; where it was never issued, there is no due.
    """
    about = [fact.event for fact in facts if getattr(fact.event, "commission", "") == commission]
    issued = next((event for event in about if isinstance(event, CommissionIssued)), None)
    if issued is None:
        return []
    dues = dict.fromkeys(units or issued.units or ("",), issued.due)
    for event in about:
        if isinstance(event, CommissionExtended):
            named = event.units or dues.keys()
            dues |= {unit: event.due for unit in named if unit in dues}
    return list(dues.values())
