"""Rules 10 to 12: what adoption, endorsement and secondment add."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from .times import months_later
from .year import Line, Unit, Year, authors, first_by_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Fact

CENT = Decimal("0.01")


def _items(year: Year) -> dict[str, Fact]:
    """Every item known by its number: sent in, or merged from others."""
    return {
        fact["item"]: fact
        for event_type in ("SubmissionReceived", "ItemsMerged")
        for fact in year.every(event_type)
    }


def _item_authors(items: dict[str, Fact], item: Fact) -> list[str]:
    """Who wrote an item; a merged one was written by the authors of all its parts."""
    if item.type == "SubmissionReceived":
        return authors(item)
    names: list[str] = []
    for part in item["items"]:
        names += _item_authors(items, items[part])
    return list(dict.fromkeys(names))


def _own_items(year: Year, unit: Unit) -> Iterator[tuple[Fact, int]]:
    """The items the unit authored, each with its number of different authors."""
    items = _items(year)
    for item in items.values():
        names = _item_authors(items, item)
        if unit.name in names:
            yield item, len(names)


def _share(year: Year, price: Decimal, among: int) -> Decimal:
    """One author's points: the whole price, or its part of it to the hundredth."""
    if year.scheme.readings["joint.share"] == "split":
        return (price / among).quantize(CENT, ROUND_HALF_UP)
    return price


def adoption(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 10: an item adopted at a level, once or as often as it was."""
    for item, among in _own_items(year, unit):
        adopted = [f for f in year.within("ItemAdopted") if f["item"] == item["item"]]
        indicator = item["kind"] + "_adoption"
        for level, group in _grouped(adopted, ("level",)):
            price = year.scheme.prices[f"{indicator}.{level[0]}"]
            code = "adopted" if price else "unpriced"
            points = _share(year, price, among)
            each = year.scheme.readings["adoption.repeat"] == "each"
            for fact in group if each else group[:1]:
                yield Line(indicator, points, fact.day, None, code, fact.rests)


def endorsement(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 11: an item endorsed at a level, worth its price once the item is adopted."""
    per_leader = year.scheme.readings["endorsement.per"] == "leader"
    for item, among in _own_items(year, unit):
        number = item["item"]
        adopted = first_by_day(f for f in year.every("ItemAdopted") if f["item"] == number)
        endorsed = [f for f in year.within("ItemEndorsed") if f["item"] == number]
        official = [f for f in endorsed if _by_government(f)]
        for key, group in _grouped(official, ("level", "leader") if per_leader else ("level",)):
            first = group[0]
            if adopted is None:
                yield _worthless(first, "endorsed_not_adopted")
                continue
            points = _share(year, year.scheme.prices["endorsement." + key[0]], among)
            starts = max(first.day, adopted.day)
            yield Line("endorsement", points, starts, None, "endorsed", first.rests)
        for fact in endorsed:
            if not _by_government(fact):
                yield _worthless(fact, "endorsed_elsewhere")


def _by_government(endorsed: Fact) -> bool:
    return (endorsed.get("body") or "government") == "government"


def _worthless(fact: Fact, code: str) -> Line:
    return Line("endorsement", Decimal(0), fact.day, None, code, fact.rests)


def _grouped(
    facts: list[Fact], fields: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[Fact]]]:
    """The facts by the values of some fields, each group in the order of (day, position)."""

    def key(fact: Fact) -> tuple[str, ...]:
        return tuple(fact.get(field) or "" for field in fields)

    ordered = sorted(facts, key=lambda fact: (key(fact), fact.day, fact.position))
    for values, group in groupby(ordered, key):
        yield values, list(group)


def secondment(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 12: a person seconded for the full months."""
    readings, price = year.scheme.readings, year.scheme.prices["secondment"]
    for start in year.within("SecondmentStarted"):
        if start["unit"] != unit.name:
            continue
        number = start["secondment"]
        complete = months_later(start.day, int(readings["secondment.months"]))
        returns = [f.day for f in year.every("SecondmentEnded") if f["secondment"] == number]
        early = min((day for day in returns if day < complete), default=None)
        if readings["secondment.credit"] == "on_start":
            yield Line("secondment", price, start.day, early, "secondment", start.rests)
        elif early is None:
            yield Line("secondment", price, complete, None, "secondment", start.rests)


RULES = (adoption, endorsement, secondment)
