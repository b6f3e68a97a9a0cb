"""What a rule looks at (a cycle, its scheme, the known facts, the units) and what it yields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .facts import Fact
from .scheme import Scheme
from .times import When, when


@dataclass(frozen=True)
class Line:
    """Points on a sheet from a day on, until a day or with an open end."""

    indicator: str
    points: Decimal
    starts: date
    ends: date | None
    code: str
    events: tuple[int, ...]


@dataclass(frozen=True)
class Year:
    """A cycle as known, with everything its rules need."""

    opened: Fact
    facts: Sequence[Fact]
    scheme: Scheme

    @property
    def starts(self) -> date:
        """The first day."""
        return when(self.opened["starts"]).day

    @property
    def ends(self) -> date:
        """The last day, which belongs to the cycle."""
        return when(self.opened["ends"]).day

    @property
    def evidence_due(self) -> When:
        """When evidence of rules 1 and 2 is due."""
        return when(self.opened["evidence_due"])

    @property
    def duty_due(self) -> When:
        """When the duty roster is due: its own day, or that of the evidence."""
        return when(self.opened.get("duty_due") or self.opened["evidence_due"])

    def holds(self, day: date) -> bool:
        """Does the day belong to the cycle?"""
        return self.starts <= day <= self.ends

    def every(self, event_type: str) -> list[Fact]:
        """All known events of a type, of any year."""
        return [fact for fact in self.facts if fact.type == event_type]

    def within(self, event_type: str) -> list[Fact]:
        """The events of a type that happened in the cycle."""
        return [fact for fact in self.every(event_type) if self.holds(fact.day)]


@dataclass(frozen=True)
class Unit:
    """A unit by the name it was enrolled under, and what changed about it."""

    name: str
    enrolled: Fact
    changes: Sequence[Fact]

    def category_on(self, day: date) -> str:
        """Its category on a day: the enrolled one until a change's day has come."""
        category = str(self.enrolled["category"])
        for change in sorted(self.changes, key=lambda fact: (fact.day, fact.position)):
            if change.get("category") and change.day <= day:
                category = str(change["category"])
        return category

    @property
    def merged_on(self) -> date | None:
        """The day it was merged into another unit, after which nothing begins on its sheet."""
        return min((change.day for change in self.changes if change.get("into")), default=None)


def units_of(facts: Sequence[Fact]) -> list[Unit]:
    """Every enrolled unit, in the order of enrolment."""
    changes = [fact for fact in facts if fact.type == "UnitChanged"]
    return [
        Unit(fact["unit"], fact, [change for change in changes if change["unit"] == fact["unit"]])
        for fact in facts
        if fact.type == "UnitEnrolled"
    ]


def earliest(facts: Iterable[Fact]) -> Fact | None:
    """The fact that happened first, a day alone at its 00:00; of equals the first in the log."""
    return min(facts, key=lambda fact: (fact.when.moment, fact.position), default=None)


def first_by_day(facts: Iterable[Fact]) -> Fact | None:
    """The fact with the smallest (day, position)."""
    return min(facts, key=lambda fact: (fact.day, fact.position), default=None)


def authors(submission: Fact) -> list[str]:
    """Who sent it in: `units`, or the one `unit`; each once."""
    return list(dict.fromkeys(submission.get("units") or [submission["unit"]]))
