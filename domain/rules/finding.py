"""Findings: mail mis-sent, plagiarism, empty outlines, non-cooperation, criticism by name."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import day_of
from domain.events.items import FindingMade
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator


def finding(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for each finding of the kinds that the indicator names, from its day.

    The code is the finding's kind. Source: 附件2 信息报送 first row and 信息保障.
    """
    for fact in case.facts:
        made = fact.event
        if (
            isinstance(made, FindingMade)
            and made.kind in indicator.options["kinds"]
            and not objection(case, made)
        ):
            label = case.rulebook.vocabulary["findings"][made.kind]
            about = f"，信息 {made.item}" if made.item else ""
            text = f"{label}（{made.finding}{about}）"
            yield Draft(case.price(indicator), made.kind, text, fact.events, day_of(made.on))


def objection(case: Case, made: FindingMade) -> str:
    """Return why the finding takes nothing: ``other_unit``, ``outside_cycle``; else nothing."""
    if made.unit != case.unit.id:
        return "other_unit"
    return "" if case.cycle.covers(day_of(made.on)) else "outside_cycle"
