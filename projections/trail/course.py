"""How an appeal went: who lodged it with which claim, what was proposed, and who decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.days import day_of, plus_days
from domain.events.appeals import AppealDecided, AppealProposed, AppealWithdrawn
from domain.events.base import Event
from domain.events.catalogue import BY_NAME, fields_of
from domain.events.office_codes import OFFICE_CODES
from domain.procedure import Appeal
from domain.standing import Fact
from domain.wording import Vocabularies, heading_of, vocabularies_of
from projections.publications import Publication
from projections.trail.known import ended, lodged, proposed
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


def proposals_json(appeal: Appeal, words: Vocabularies) -> list[dict[str, Any]]:
    """Return what was proposed, by whom, each correction in words; the last one is in force."""
    return [_proposal(fact, {**OFFICE_CODES, **words}) for fact in proposed(appeal)]


def _proposal(fact: Fact, words: Vocabularies) -> dict[str, Any]:
    event = fact.event
    assert isinstance(event, AppealProposed)  # noqa: S101  chosen by its type
    return {
        "event": fact.position,
        "on": event.on.isoformat(),
        "actor": event.actor,
        "outcome": event.outcome,
        "outcome_label": OFFICE_CODES["outcomes"][event.outcome],
        "reasons": event.reasons,
        "corrections": [_in_words(line, words) for line in event.corrections or ()],
    }


def _in_words(line: dict[str, Any], words: Vocabularies) -> str:
    """Return a line of a register as it was proposed: its type, and its fields by heading."""
    entry = BY_NAME.get(str(line.get("type")))
    if entry is None:
        return _value(line, {})
    specs = {field.name: field for field in fields_of(entry.event)}
    said = []
    for name, value in line.items():
        if name in {"type", "source", "appeal"}:
            continue
        lists = vocabularies_of(entry.event, specs[name]) if name in specs else ()
        labels = {code: label for each in reversed(lists) for code, label in words[each].items()}
        heading = _heading(entry.event, name)
        if name == "changes" and isinstance(value, dict):
            said += [
                f"{_heading(entry.event, key)}改为{_value(new, {})}" for key, new in value.items()
            ]
        else:
            said.append(f"{heading} {_value(value, labels)}")
    return f"{entry.label}：{'；'.join(said)}"


def _heading(event: type[Event], field: str) -> str:
    """Return the heading of a field, also of one that ``event`` does not have itself."""
    try:
        return heading_of(event, field)
    except KeyError:
        return field


def _value(value: object, labels: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return "、".join(_value(member, labels) for member in value)
    if isinstance(value, dict):
        return "，".join(f"{name}：{_value(held, labels)}" for name, held in value.items())
    return labels.get(str(value)) or " ".join(str(value).split())


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
