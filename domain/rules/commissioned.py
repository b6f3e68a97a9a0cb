"""约稿报送: a commission that a unit did not answer by the due in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    unit, about = case.unit.id, _about(case)
    if CommissionIssued not in about:
        return None
    issued = about[CommissionIssued][0]
    commission = issued.event
    assert isinstance(commission, CommissionIssued)  # noqa: S101  chosen by its type above
    withdrawal = next(iter(_naming(about.get(CommissionWithdrawn, ()), unit)), None)
    extension = next(iter(_naming(about.get(CommissionExtended, ())[::-1], unit)), None)
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
    unit, about = case.unit.id, _about(case)
    sent = [fact for fact in about.get(SubmissionReceived, ()) if unit in fact.event.units]  # type: ignore[attr-defined]
    declined = [fact for fact in about.get(CommissionDeclined, ()) if fact.event.unit == unit]  # type: ignore[attr-defined]
    return sorted(sent + declined) if sent and declined else sent or declined


def _about(case: Case) -> dict[type[Event], list[Fact]]:
    """Return what was recorded of the commission, by type and then in its order."""
    if "about" not in case.memo:
        about = case.memo["about"] = {}
        for fact in case.facts:
            if getattr(fact.event, "commission", None) == case.number:
                about.setdefault(type(fact.event), []).append(fact)
    found: dict[type[Event], list[Fact]] = case.memo["about"]
    return found


def _addressed(units: tuple[str, ...], unit: str) -> bool:
    return not units or unit in units


def _naming(facts: Sequence[Fact], unit: str) -> list[Fact]:
    """Return those of ``facts`` that name ``unit``, or all."""
    return [fact for fact in facts if _addressed(fact.event.units, unit)]  # type: ignore[attr-defined]
