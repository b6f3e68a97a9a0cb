"""What units sent in and what became of it: the facts that a circular counts, and the counting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain.days import day_of
from domain.events.items import ItemEndorsed, SubmissionReceived
from domain.lines import Case
from domain.register import Register
from domain.rulebook.model import Rulebook
from domain.rules.adoption import authorship, uses
from domain.rules.endorsement import endorsement
from domain.rules.receipts import objections
from domain.setting import Unit
from projections.asking import Point
from projections.facts import Reading
from projections.items.known import Item, item_known, item_numbers

ADOPTED, ENDORSED = "adopted", "endorsed"


class Column(NamedTuple):
    """One way in which an item is used: adopted or endorsed, and at which level."""

    what: str
    level: str


class Span(NamedTuple):
    """Some days, the first and the last among them."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Work:
    """An item: who wrote it, when it was received, and every use of it that counts in the cycle.

    ``received`` is nothing for what the office merged itself. ``outside`` says that it was sent
    in, but that the scheme leaves it out of its statistics.
    """

    number: str
    title: str
    authors: frozenset[str]
    received: date | None
    outside: bool
    uses: tuple[tuple[Column, date], ...]

    def is_of(self, units: Iterable[Unit], day: date) -> bool:
        """Tell whether one of ``units`` wrote it and could still have it counted on ``day``."""
        return any(unit.id in self.authors and unit.begins_on(day) for unit in units)


class Count(NamedTuple):
    """How much was sent in, how much of it is left out of the statistics, and each kind of use."""

    submitted: int
    outside: int
    used: tuple[int, ...]


def columns_of(rulebook: Rulebook) -> list[Column]:
    """Return the uses that a scheme knows, level by level: adoptions, then endorsements."""
    levels = rulebook.vocabulary["levels"]
    rules = {indicator.rule for indicator in rulebook.indicators.values()}
    endorsed = [Column(ENDORSED, level) for level in levels if "endorsement" in rules]
    return [*(Column(ADOPTED, level) for level in levels), *endorsed]


def works(point: Point, register: Register, reading: Reading) -> list[Work]:
    """Return every item that was known at ``point``, in the order in which they were made.

    ``register`` is the register as it was known there. Which adoptions and endorsements count,
    and from which day, is what their rules say: an item once for each level, or as a ruling has
    it; an endorsement only with an adoption, from the later of the two days.
    """
    numbers = item_numbers(reading, point.position)
    register.prefetch(f"item/{number}" for number in numbers)
    items = (item_known(register, number) for number in numbers)
    made = sorted((item for item in items if item), key=lambda item: item.made.position)
    return [_work(point, item) for item in made]


def count(
    made: Iterable[Work], span: Span, units: Sequence[Unit], columns: Sequence[Column]
) -> Count:
    """Return what ``units`` together sent in and had used in ``span``; each item counts once."""
    submitted = outside = 0
    used = dict.fromkeys(columns, 0)
    for work in made:
        if work.received and span.covers(work.received) and work.is_of(units, work.received):
            submitted += 1
            outside += work.outside
        for column, day in work.uses:
            if span.covers(day) and work.is_of(units, day):
                used[column] += 1
    return Count(submitted, outside, tuple(used.values()))


def _work(point: Point, item: Item) -> Work:
    authors, _ = authorship(item.facts, item.number)
    # Neither rule asks which of the authors it is; they differ only in when they were merged.
    unit = point.setting.units[min(authors)]
    case = Case(
        unit, item.number, point.cycle, point.rulebook, point.readings, point.setting,
        item.facts, {}, {},
    )  # fmt: skip
    sent = item.content
    in_cycle = isinstance(sent, SubmissionReceived) and point.cycle.covers(day_of(sent.on))
    return Work(
        number=item.number,
        title=" ".join(sent.title.split()),
        authors=authors,
        received=day_of(sent.on) if in_cycle else None,
        outside=isinstance(sent, SubmissionReceived) and _outside(case, sent),
        uses=tuple(_uses(case)),
    )


def _uses(case: Case) -> Iterator[tuple[Column, date]]:
    for level in case.rulebook.vocabulary["levels"]:
        for fact, why_not in uses(case, level):
            if not why_not:
                yield Column(ADOPTED, level), day_of(fact.event.on)
    levels = {
        fact.position: fact.event.level
        for fact in case.facts
        if isinstance(fact.event, ItemEndorsed)
    }
    rules = (each for each in case.rulebook.indicators.values() if each.rule == "endorsement")
    # Indicators of this rule differ in points alone, and here only the day is asked for.
    for indicator in list(rules)[:1] if levels else ():
        for draft in endorsement(case, indicator):
            if draft.code == "endorsed":
                level = next(levels[at] for at in draft.events if at in levels)
                yield Column(ENDORSED, level), draft.effective_from


def _outside(case: Case, sent: SubmissionReceived) -> bool:
    """Tell whether the scheme counts submissions of this kind, and not this one."""
    counted: set[str] = set()
    for indicator in case.rulebook.indicators.values():
        if indicator.rule == "shortfall":
            counted.update(indicator.options["kind"])
        elif indicator.rule == "surplus":
            counted.update(indicator.points)
    if sent.kind not in counted:
        return False
    return next(objections(case._replace(number=sent.kind), sent), None) is not None
