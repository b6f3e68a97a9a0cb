"""约稿报送: a commission that a unit did not answer by the due in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from domain.days import Moment, after, day_of, meets, told_moment
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
    asked = duty(case)
    if asked is None or asked.lifted:
        return
    if any(meets(fact.event.on, asked.due) for fact in answers(case)):
        return
    topic, due = asked.issued.event.topic, told_moment(asked.due)  # type: ignore[attr-defined]
    yield Draft(
        points=case.price(indicator),
        code="commission_overdue",
        text=f"约稿 {case.number}“{topic}”未在 {due} 前报回",
        events=asked.events,
        effective_from=after(asked.due),
    )


class Duty(NamedTuple):
    """What a commission asks of a unit: the due in force, and what set it.

    ``lifted`` says why it takes no points whatever the answer: ``withdrawn`` by the fact
    ``withdrawal``, ``not_addressed``, or ``outside_cycle``.
    """

    issued: Fact
    extension: Fact | None
    withdrawal: Fact | None
    due: Moment
    lifted: str

    @property
    def events(self) -> tuple[int, ...]:
        """The events that the due rests on."""
        return self.issued.events + (self.extension.events if self.extension else ())


def duty(case: Case) -> Duty | None:
    """Return what the commission asks of the unit, or nothing when it was never issued."""
    unit, facts = case.unit.id, _about(case)
    issued = next((fact for fact in facts if isinstance(fact.event, CommissionIssued)), None)
    if issued is None:
        return None
    commission = issued.event
    assert isinstance(commission, CommissionIssued)  # noqa: S101  chosen by its type above
    withdrawal = next((fact for fact in facts if _withdrawn(fact.event, unit)), None)
    extension = _extension(facts, unit)
    due = extension.event.due if extension else commission.due  # type: ignore[attr-defined]
    lifted = ""
    if withdrawal:
        lifted = "withdrawn"
    elif not _addressed(commission.units, unit):
        lifted = "not_addressed"
    elif not case.cycle.covers(day_of(commission.on)):
        lifted = "outside_cycle"
    return Duty(issued, extension, withdrawal, due, lifted)


def answers(case: Case) -> list[Fact]:
    """Return the unit's answers to the commission, in time or late."""
    return [fact for fact in _about(case) if _answers(fact.event, case.unit.id)]


def _about(case: Case) -> list[Fact]:
    if "about" not in case.memo:
        named = ((getattr(fact.event, "commission", None), fact) for fact in case.facts)
        case.memo["about"] = [fact for number, fact in named if number == case.number]
    found: list[Fact] = case.memo["about"]
    return found


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
