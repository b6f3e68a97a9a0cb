"""How an appeal went: who lodged it with which claim, what was proposed, and who decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.days import day_of, plus_days
from domain.decisions.following import lines_of
from domain.events.appeals import AppealDecided, AppealProposed, AppealWithdrawn
from domain.events.office_codes import OFFICE_CODES
from domain.procedure import Appeal
from domain.standing import Fact
from domain.wording import Vocabularies
from projections.proposed_lines import ProposedLines
from projections.publications import Publication
from projections.trail.known import Known, ended, lodged, proposed
from projections.trail.sides import Sides

STATES = {"lodged": "待处理", "proposed": "待决定", "decided": "已决定", "withdrawn": "已撤回"}
"""What the states of an appeal are called."""


def appeal_json(appeal: Appeal, published: Publication, sides: Sides) -> dict[str, Any]:
    """Return who appeals against what, why, and how it stands."""
    event, last = lodged(appeal), sides.after
    cycle = sides.before.point.cycle
    indicators = last.point.rulebook.indicators
    indicator = indicators.get(event.indicator or "")
    return {
        "appeal": appeal.number,
        "unit": last.own.name,
        "enrolled_as": last.own.unit.id,
        "also_called": [
            name for name in dict.fromkeys(last.own.unit.spellings) if name != last.own.name
        ],
        "category": last.own.category,
        "category_label": last.point.rulebook.vocabulary["categories"].get(
            last.own.category, last.own.category
        ),
        "publication": published.event.publication,
        "as_of": event.as_of.isoformat(),
        "on": event.on.isoformat(),
        "claim": event.claim,
        "indicator": {"id": indicator.id, "name": indicator.name} if indicator else None,
        "contested": list(event.events),
        "remedy": event.remedy,
        "remedy_label": OFFICE_CODES["remedies"].get(event.remedy or ""),
        "last_day": plus_days(day_of(published.event.on), cycle.appeal_days).isoformat(),
        "late": event.late_reason is not None,
        "late_reason": event.late_reason,
        "two_person": cycle.two_person,
        "state": appeal.state,
        "state_label": STATES[appeal.state],
        "outcome": appeal.outcome,
        "outcome_label": OFFICE_CODES["outcomes"].get(appeal.outcome or ""),
        "event": appeal.lodged.position,
    }


def proposals_json(appeal: Appeal, known: Known, words: Vocabularies) -> list[dict[str, Any]]:
    """Return what was proposed, by whom, each correction in words; the last one is in force.

    Corrections that still wait are told as they would be recorded now, others as they were when
    they were proposed.
    """
    lines = ProposedLines(known.facts, known.points.rulebooks, words)
    offered = proposed(appeal)
    now = [known.recorded_upto] if appeal.state == "proposed" else []
    return [
        _proposal(fact, lines, [*(now if fact is offered[-1] else ()), fact.position - 1])
        for fact in offered
    ]


def _proposal(fact: Fact, lines: ProposedLines, heads: Sequence[int]) -> dict[str, Any]:
    event = fact.event
    assert isinstance(event, AppealProposed)  # noqa: S101  chosen by its type
    return {
        "event": fact.position,
        "on": event.on.isoformat(),
        "actor": event.actor,
        "outcome": event.outcome,
        "outcome_label": OFFICE_CODES["outcomes"][event.outcome],
        "reasons": event.reasons,
        "corrections": lines.told(lines_of(event), heads=heads),
    }


def end_json(appeal: Appeal) -> dict[str, Any] | None:
    """Return the decision or withdrawal: by whom, on which day, and why; nothing while open."""
    fact = ended(appeal)
    if fact is None:
        return None
    event = fact.event
    assert isinstance(event, AppealDecided | AppealWithdrawn)  # noqa: S101  chosen by its type
    decided = isinstance(event, AppealDecided)
    return {
        "kind": "decided" if decided else "withdrawn",
        "event": fact.position,
        "on": event.on.isoformat(),
        "actor": event.actor,
        "outcome": event.outcome if isinstance(event, AppealDecided) else None,
        "outcome_label": (
            OFFICE_CODES["outcomes"][event.outcome] if isinstance(event, AppealDecided) else None
        ),
        "reasons": event.reasons if isinstance(event, AppealDecided) else event.reason,
    }
