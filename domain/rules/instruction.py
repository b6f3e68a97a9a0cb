"""主要领导批示: each document without the head of unit's written instruction costs points."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import FOREVER, Moment, after, day_of, meets, start_of
from domain.events.leadership import DocumentIssued, LeaderInstructed
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.standing import Fact


def instruction(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for a document on which the head of the unit wrote nothing by its due.

    An instruction after the due ends the line from its day, unless ``evidence.cure`` says never.
    Code ``instruction_missing``. Source: 附件2 组织领导, first row.
    """
    for fact in case.facts:
        document = fact.event
        if (
            not isinstance(document, DocumentIssued)
            or document.kind not in indicator.points
            or not case.cycle.covers(day_of(document.on))
        ):
            continue
        due, first = due_of(case, document), first_instruction(case)
        if first is not None and meets(first.event.on, due):
            return
        cured = first is not None and case.readings.choice("evidence.cure") == "from_day"
        yield Draft(
            points=case.price(indicator, document.kind),
            code="instruction_missing",
            text=f"《{document.title}》（{document.document}）到期未见主要领导批示",
            events=fact.events + (first.events if first and cured else ()),
            effective_from=after(due),
            effective_to=day_of(first.event.on) if first and cured else FOREVER,
        )


def due_of(case: Case, document: DocumentIssued) -> Moment:
    """Return by when the head of the unit must have written an instruction on ``document``."""
    return document.instruction_due or case.cycle.evidence_due


def instructions(case: Case) -> Iterator[Fact]:
    """Return what the head of the unit wrote on the document, in time or late."""
    for seen in case.facts:
        if (
            isinstance(seen.event, LeaderInstructed)
            and seen.event.unit == case.unit.id
            and seen.event.document == case.number
        ):
            yield seen


def first_instruction(case: Case) -> Fact | None:
    """Return the earliest instruction of the unit's head on the document, if there is one."""
    found = instructions(case)
    return min(found, key=lambda seen: (start_of(seen.event.on), seen.position), default=None)
