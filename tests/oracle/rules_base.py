"""Rules 1 to 6 and 9: what is taken off for missing evidence, late answers and findings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from .times import ONE_DAY, When, after, meets, when
from .year import Line, Unit, Year, authors, earliest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .facts import Fact

TOPICS = ("commissioned", "special", "brief")
PARTS = ("leader", "agency", "staff")

FINDINGS = {
    "misaddressed": ("format", "format"),
    "plagiarism": ("quality", "quality.plagiarism"),
    "outline_only": ("quality", "quality.outline_only"),
    "non_cooperation": ("feedback", "feedback"),
    "named_criticism": ("accuracy", "accuracy"),
}


def _cured(year: Year, first: Fact | None) -> date | None:
    """The day late evidence ends a deduction, where the reading lets it."""
    if first is None or year.scheme.readings["evidence.cure"] == "never":
        return None
    return first.day


def instruction(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 1: no written instruction on a document of the year."""
    for document in year.within("DocumentIssued"):
        own_due = document.get("instruction_due")
        due = when(own_due) if own_due else year.evidence_due
        first = earliest(
            fact
            for fact in year.every("LeaderInstructed")
            if fact["unit"] == unit.name and fact["document"] == document["document"]
        )
        if first is None or not meets(first.when, due):
            price = year.scheme.prices["instruction." + document["kind"]]
            end = _cured(year, first)
            yield Line("instruction", price, after(due), end, "instruction_missing", document.rests)


def deployment(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 2: no meeting studied a topic."""
    price = year.scheme.prices["deployment"]
    due = year.evidence_due
    for topic in TOPICS:
        first = earliest(
            fact
            for fact in year.every("DeploymentStudied")
            if fact["unit"] == unit.name and topic in fact["topics"] and fact.day >= year.starts
        )
        if first is None or not meets(first.when, due):
            end = _cured(year, first)
            rests = year.opened.rests
            yield Line("deployment", price, after(due), end, "deployment_missing", rests)


def duties(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 3: a part of the roster was never or late reported; and once if any was."""
    prices, due, rests = year.scheme.prices, year.duty_due, year.opened.rests
    late = False
    for part in PARTS:
        first = earliest(
            fact
            for fact in year.every("DutyRosterReported")
            if fact["unit"] == unit.name and fact.get(part) and fact.day >= year.starts
        )
        if first is None or not meets(first.when, due):
            late = True
            price = prices["duties.missing"]
            end = _cured(year, first)
            yield Line("duties", price, after(due), end, "duty_missing", rests)
    if late:
        yield Line("duties", prices["duties.late"], after(due), None, "duties_late", rests)


def liaison(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 4: a change of people not reported within the days of notice."""
    days = timedelta(days=int(year.scheme.readings["liaison.notice_days"]))
    for change in year.within("StaffChanged"):
        if change["unit"] != unit.name:
            continue
        first = earliest(
            fact for fact in year.every("StaffChangeNotified") if fact["change"] == change["change"]
        )
        last_day = change.day + days
        if first is None or first.day > last_day:
            price = year.scheme.prices["liaison"]
            starts = last_day + ONE_DAY
            yield Line("liaison", price, starts, None, "change_unreported", change.rests)


def findings(year: Year, unit: Unit) -> Iterator[Line]:
    """Rules 5 and 9: each finding costs its price from its day."""
    for finding in year.within("FindingMade"):
        if finding["unit"] == unit.name:
            indicator, price = FINDINGS[finding["kind"]]
            points = year.scheme.prices[price]
            yield Line(indicator, points, finding.day, None, finding["kind"], finding.rests)


def commissioned(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 6: a commission that the unit did not answer by the due in force for it."""
    for commission in year.within("CommissionIssued"):
        number = commission["commission"]
        if not commission.concerns(unit.name) or _withdrawn(year, number, unit.name):
            continue
        source = _due_in_force(year, commission, unit.name)
        due = when(source["due"])
        if not any(meets(answer, due) for answer in _answers(year, number, unit.name)):
            price = year.scheme.prices["commissioned"]
            rests = tuple(sorted({*commission.rests, *source.rests}))
            yield Line("commissioned", price, after(due), None, "commission_overdue", rests)


def _withdrawn(year: Year, number: str, unit: str) -> bool:
    return any(
        fact["commission"] == number and fact.concerns(unit)
        for fact in year.every("CommissionWithdrawn")
    )


def _due_in_force(year: Year, commission: Fact, unit: str) -> Fact:
    """The event whose due counts: the last extension in the log for the unit, else the order."""
    source = commission
    for extension in year.every("CommissionExtended"):
        if extension["commission"] == commission["commission"] and extension.concerns(unit):
            source = extension
    return source


def _answers(year: Year, number: str, unit: str) -> Iterator[When]:
    """When the unit answered: by something sent in for the commission, or by declining it."""
    for fact in year.every("SubmissionReceived"):
        if fact.get("commission") == number and unit in authors(fact):
            yield fact.when
    for fact in year.every("CommissionDeclined"):
        if fact["commission"] == number and fact["unit"] == unit:
            yield fact.when


RULES = (instruction, deployment, duties, liaison, findings, commissioned)
