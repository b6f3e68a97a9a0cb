"""Why an item scored or did not, as the JSON document of ``kaohe explain UNIT --item I``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.events.items import ItemsMerged
from domain.lines import show
from domain.register import FactSource, Register
from domain.rules.adoption import authorship
from projections.grounds import Grounds
from projections.in_force import rulings_behind, terms
from projections.items.decisions import Decision, Held, Question
from projections.items.duties import answer_decisions, finding_decisions
from projections.items.known import Item, item_named, merged_from
from projections.items.quotas import quota_decisions
from projections.items.uses import use_decisions
from projections.sheet_json import heading
from projections.totals import ZERO

if TYPE_CHECKING:
    from domain.log import Log
    from domain.rulebook.model import Indicator
    from projections.asking import Point
    from projections.facts import Reading
    from projections.sheets import Sheet


def item_explanation(  # noqa: PLR0913  an item, a sheet, and all that is read for them
    number: str, point: Point, sheet: Sheet, *, facts: FactSource, reading: Reading, log: Log
) -> dict[str, Any]:
    """Return every thing that could score on ``sheet`` because of an item, and what came of it.

    ``facts`` are those known at ``point``. The decisions stand under their indicators, in the
    order of the rulebook; those of an item that this one was merged into are among them.

    Raises ``NotKnown`` when no such item was known.
    """
    register = Register(facts)
    item = item_named(register, reading, number, upto=point.position)
    question = Question.about(point, sheet, register)
    authors, rests_on = authorship(item.facts, item.number)
    wholes = list(merged_from(register, item)) if sheet.unit.id in authors else []
    by_indicator: dict[str, list[Decision]] = {name: [] for name in point.rulebook.indicators}
    for decision in _decisions(question, item, wholes):
        by_indicator[decision.indicator.id].append(decision)
    shown = [point.rulebook.indicators[name] for name, made in by_indicator.items() if made]
    every = [decision for made in by_indicator.values() for decision in made]
    named = {at for decision in every for at in (*decision.events, *_against(decision))}
    named |= {*rests_on, *rulings_behind(point, shown)}
    grounds = Grounds(log, point.rulebook.vocabulary, named)
    return {
        **heading(point),
        "unit": sheet.name,
        "item": _item(question, item, authors),
        "made": grounds.behind(rests_on),
        **_sums(every),
        "indicators": [_indicator(point, each, by_indicator[each.id], grounds) for each in shown],
    }


def _decisions(question: Question, item: Item, wholes: Iterable[Item]) -> Iterator[Decision]:
    yield from quota_decisions(question, item)
    yield from answer_decisions(question, item)
    for each in (item, *wholes):
        yield from use_decisions(question, each)
        yield from finding_decisions(question, each)


def _item(question: Question, item: Item, authors: Iterable[str]) -> dict[str, Any]:
    made = item.content
    return {
        "number": item.number,
        "title": made.title,
        "kind": made.kind,
        "label": question.word("kinds", made.kind),
        "units": question.called(authors),
        "parts": list(made.items) if isinstance(made, ItemsMerged) else [],
        "merged_into": [whole.event.item for whole in item.wholes],  # type: ignore[attr-defined]
    }


def _sums(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return what the item's lines come to: in force, after caps and weights, and pending."""
    held = [decision.held for decision in decisions if decision.held]
    in_force = [(each.line.points, each.counted.points) for each in held if each.counted]
    return {
        "points": show(sum((points for points, _ in in_force), ZERO)),
        "counted": show(sum((left for _, left in in_force), ZERO)),
        "pending": show(sum((e.line.points for e in held if e.counted is None), Decimal(0))),
    }


def _indicator(
    point: Point, indicator: Indicator, decisions: Iterable[Decision], grounds: Grounds
) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "name": indicator.name,
        **terms(point, indicator, grounds),
        "decisions": [_decision(each, grounds) for each in decisions],
    }


def _decision(decision: Decision, grounds: Grounds) -> dict[str, Any]:
    events = tuple(sorted({*decision.events, *_against(decision)}))
    return {
        "item": decision.item,
        "matter": decision.matter,
        "outcome": decision.outcome,
        "reasons": [reason._asdict() for reason in decision.reasons],
        "line": _line(decision.held),
        "against": _line(decision.against),
        "events": list(events),
        "rests_on": grounds.behind(events),
    }


def _against(decision: Decision) -> tuple[int, ...]:
    return decision.against.line.events if decision.against else ()


def _line(held: Held | None) -> dict[str, Any] | None:
    """Return a line as it stands on the sheet; one that is pending has nothing counted yet."""
    if held is None:
        return None
    line, left = held
    return {
        "points": show(line.points),
        "counted": show(left.points) if left else None,
        "absorbed_by_cap": show(left.absorbed_by_cap) if left else None,
        "absorbed_by_weight": show(left.absorbed_by_weight) if left else None,
        "effective_from": line.effective_from.isoformat(),
        "code": line.code,
        "text": line.text,
        "events": list(line.events),
    }
