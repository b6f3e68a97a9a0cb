"""信息采用: points for each item and each office that used it; levels add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.days import day_of
from domain.events.items import ItemAdopted, ItemsMerged, SubmissionReceived
from domain.lines import Case, Draft, rounded
from domain.rulebook.model import Indicator
from domain.standing import Fact


def adoption(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Give points for an item's first adoption at each level, or each with ``adoption.repeat``.

    A level without a price gives a line of 0 points. Codes ``adopted`` and ``unpriced``. Source:
    附件2 信息采用.
    """
    making = made(case)
    if making is None or making.event.kind not in indicator.options["kind"]:  # type: ignore[attr-defined]
        return
    levels = {fact.event.level for fact in adoptions(case)}  # type: ignore[attr-defined]
    if not levels:
        return
    authors, rests_on = authors_of(case)
    if case.unit.id not in authors:
        return
    for level in indicator.points:
        if level not in levels:
            continue
        price = case.price(indicator, level)
        label = case.rulebook.vocabulary["levels"][level]
        for fact in (fact for fact, why_not in uses(case, level) if not why_not):
            yield Draft(
                points=share(case, price, len(authors)),
                code="adopted" if price else "unpriced",
                text=f"{making.event.title}（{case.number}）被{label}采用"  # type: ignore[attr-defined]
                + ("" if price else "，该级未定分值"),
                events=rests_on + fact.events,
                effective_from=day_of(fact.event.on),
            )


def uses(case: Case, level: str) -> Iterator[tuple[Fact, str]]:
    """Return each adoption of the item at ``level``, and why it gives no line, if it gives none.

    Codes: ``outside_cycle``, and ``repeated`` for a later one with ``adoption.repeat`` once.
    """
    once = case.readings.choice("adoption.repeat") == "once"
    given = False
    for fact in adoptions(case):
        if fact.event.level != level:  # type: ignore[attr-defined]
            continue
        if not case.cycle.covers(day_of(fact.event.on)):
            yield fact, "outside_cycle"
        else:
            yield fact, "repeated" if given and once else ""
            given = True


def made(case: Case) -> Fact | None:
    """Return the fact that made the item: its receipt, or the merging of several."""
    if "made" not in case.memo:
        case.memo["made"] = _made(case.facts, case.number)
    found: Fact | None = case.memo["made"]
    return found


def authors_of(case: Case) -> tuple[frozenset[str], tuple[int, ...]]:
    """Return the authors of the item, and the events that say so."""
    if "authors" not in case.memo:
        case.memo["authors"] = authorship(case.facts, case.number)
    found: tuple[frozenset[str], tuple[int, ...]] = case.memo["authors"]
    return found


def _made(facts: Sequence[Fact], number: str) -> Fact | None:
    for fact in facts:
        if isinstance(fact.event, SubmissionReceived | ItemsMerged) and fact.event.item == number:
            return fact
    return None


def authorship(facts: Sequence[Fact], number: str) -> tuple[frozenset[str], tuple[int, ...]]:
    """Return the authors of an item, for a merged one those of all parts, and what says so."""
    making = _made(facts, number)
    if making is None:
        return frozenset(), ()
    if isinstance(making.event, SubmissionReceived):
        return frozenset(making.event.units), making.events
    authors: frozenset[str] = frozenset()
    events = set(making.events)
    facts = [fact for fact in facts if fact is not making]  # nothing is part of itself
    for part in making.event.items:  # type: ignore[attr-defined]
        more, rests_on = authorship(facts, part)
        authors |= more
        events.update(rests_on)
    return authors, tuple(sorted(events))


def adoptions(case: Case) -> list[Fact]:
    """Return the adoptions of the item at any level in any cycle, by day and then position."""
    if "adoptions" not in case.memo:
        found = [
            fact
            for fact in case.facts
            if isinstance(fact.event, ItemAdopted) and fact.event.item == case.number
        ]
        found.sort(key=lambda fact: (day_of(fact.event.on), fact.position))
        case.memo["adoptions"] = found
    known: list[Fact] = case.memo["adoptions"]
    return known


def share(case: Case, price: Decimal, authors: int) -> Decimal:
    """Return what each of ``authors`` gets: the price, or with ``joint.share`` split, its part."""
    if authors > 1 and case.readings.choice("joint.share") == "split":
        return rounded(price / authors)
    return price
