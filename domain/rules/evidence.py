"""研究部署 and 职责落实: what a unit must show by a due day, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from domain.days import FOREVER, after, day_of
from domain.events.base import Event
from domain.events.leadership import DeploymentStudied, DutyRosterReported
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.standing import Fact


class _Loss(NamedTuple):
    points: Decimal
    code: str
    text: str


PARTS = ("leader", "agency", "staff")
"""What a duty roster has to name."""


def deployment(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for each topic that no meeting studied by the day evidence is due.

    A later meeting ends the line from its day, unless ``evidence.cure`` says never. Code
    ``deployment_missing``. Source: 附件2 组织领导, second row.
    """
    due = case.cycle.evidence_due
    for topic in indicator.options["topics"]:
        first = _first(case, partial(studied, topic))
        if first is None or day_of(first.event.on) > due:
            text = topic_text(case, topic)
            yield _missing(
                case, first, due, _Loss(case.price(indicator), "deployment_missing", text)
            )


def duties(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for each part of the duty roster that is not named, and once for lateness.

    Naming a part later ends its own line from that day; the line for lateness stays. Codes
    ``duty_missing`` and ``duties_late``. Source: 附件2 组织领导, third row.
    """
    due, late = case.cycle.duty_due, False
    for part in PARTS:
        first = _first(case, partial(named, part))
        if first is None or day_of(first.event.on) > due:
            late = True
            text = part_text(case, part)
            yield _missing(
                case, first, due, _Loss(case.price(indicator, "missing"), "duty_missing", text)
            )
    if late:
        text = "未在规定时间内将职责落实情况报齐"
        yield Draft(
            case.price(indicator, "late"), "duties_late", text, case.cycle.events, after(due)
        )


def topic_text(case: Case, topic: str) -> str:
    """Return what the line for a missing topic says."""
    return f"未对{case.rulebook.vocabulary['topics'][topic]}任务进行会议研究部署"


def part_text(case: Case, part: str) -> str:
    """Return what the line for a missing part of the roster says."""
    return f"未在规定时间内明确{case.rulebook.vocabulary['roles'][part]}"


def studied(topic: str, event: Event) -> bool:
    """Tell whether ``event`` is a meeting on ``topic``."""
    return isinstance(event, DeploymentStudied) and topic in event.topics_


def named(part: str, event: Event) -> bool:
    """Tell whether ``event`` is a roster that names ``part``."""
    return isinstance(event, DutyRosterReported) and bool(getattr(event, part))


def showing(case: Case, shows: Callable[[Event], bool]) -> Iterator[Fact]:
    """Return the facts of this unit, from the cycle's first day on, that ``shows`` is true of."""
    for fact in case.facts:
        if (
            getattr(fact.event, "unit", None) == case.unit.id
            and day_of(fact.event.on) >= case.cycle.starts
            and shows(fact.event)
        ):
            yield fact


def _first(case: Case, shows: Callable[[Event], bool]) -> Fact | None:
    """Return the earliest of the facts that show it."""
    found = showing(case, shows)
    return min(found, key=lambda fact: (day_of(fact.event.on), fact.position), default=None)


def _missing(case: Case, first: Fact | None, due: date, loss: _Loss) -> Draft:
    cured = first is not None and case.readings.choice("evidence.cure") == "from_day"
    return Draft(
        points=loss.points,
        code=loss.code,
        text=loss.text,
        events=case.cycle.events + (first.events if first and cured else ()),
        effective_from=after(due),
        effective_to=day_of(first.event.on) if first and cured else FOREVER,
    )
