"""约稿报送: a commission that a unit did not answer by the due in force."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import after, day_of, meets, show_moment
from domain.events.base import Event
from domain.events.commissions import (
    CommissionDeclined,
    CommissionExtended,
    CommissionIssued,
    CommissionWithdrawn,
)
from domain.events.items import SubmissionReceived
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.standing import Fact


def commissioned(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points when a unit addressed by a commission gave no answer by its due.

    An answer is a submission that names the commission, or word that it does not concern the
    unit. The last extension that names the unit, or all, sets the due. A late answer does not
    end the line; a withdrawal takes it away. Code ``commission_overdue``. Source: 附件2
    信息报送, second row.
    """
    unit = case.unit.id
    facts = [fact for fact in case.facts if getattr(fact.event, "commission", None) == case.number]
    issued = next((fact for fact in facts if isinstance(fact.event, CommissionIssued)), None)
    if issued is None or any(_withdrawn(fact.event, unit) for fact in facts):
        return
    commission = issued.event
    assert isinstance(commission, CommissionIssued)  # noqa: S101  chosen by its type above
    if not _addressed(commission.units, unit) or not case.cycle.covers(day_of(commission.on)):
        return
    extension = _extension(facts, unit)
    due = extension.event.due if extension else commission.due  # type: ignore[attr-defined]
    if any(_answers(fact.event, unit) and meets(fact.event.on, due) for fact in facts):
        return
    yield Draft(
        points=case.price(indicator),
        code="commission_overdue",
        text=f"约稿 {case.number}“{commission.topic}”未在 {show_moment(due)} 前报回",
        events=issued.events + (extension.events if extension else ()),
        effective_from=after(due),
    )


def _addressed(units: tuple[str, ...], unit: str) -> bool:
    return not units or unit in units


def _withdrawn(event: Event, unit: str) -> bool:
    return isinstance(event, CommissionWithdrawn) and _addressed(event.units, unit)


def _extension(facts: list[Fact], unit: str) -> Fact | None:
    """Return the last extension that names ``unit`` or all."""
    found = [
        fact
        for fact in facts
        if isinstance(fact.event, CommissionExtended) and _addressed(fact.event.units, unit)
    ]
    return found[-1] if found else None


def _answers(event: Event, unit: str) -> bool:
    if isinstance(event, SubmissionReceived):
        return unit in event.units
    return isinstance(event, CommissionDeclined) and event.unit == unit
