"""The setting at one moment of knowledge: cycles, units, quotas, and the readings in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.days import day_of
from domain.events.setting import (
    CycleClosed,
    CycleOpened,
    QuotaSet,
    RulingMade,
    UnitChanged,
    UnitEnrolled,
)
from domain.standing import Fact


@dataclass(frozen=True, slots=True)
class Cycle:
    """A year of scoring; ``events`` are the positions that opened and corrected it."""

    name: str
    events: tuple[int, ...]
    rulebook: str
    starts: date
    ends: date
    evidence_due: date
    duty_due: date
    two_person: bool
    appeal_days: int
    closed_as_of: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether something on ``day`` belongs to this cycle."""
        return self.starts <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is scored, known by the name it was enrolled under (附件1)."""

    id: str
    position: int
    names: tuple[tuple[date, str], ...]
    categories: tuple[tuple[date, str], ...]
    aliases: tuple[str, ...]
    merged: tuple[date, str] | None = None

    def name_on(self, day: date) -> str:
        """Return the name the unit bears on ``day``."""
        return _on(self.names, day)

    def category_on(self, day: date) -> str:
        """Return the category the unit is in on ``day``."""
        return _on(self.categories, day)

    def begins_on(self, day: date) -> bool:
        """Tell whether something may still begin on the unit's sheet on ``day``."""
        return self.merged is None or day <= self.merged[0]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name and alias under which the unit can be found."""
        return (self.id, *(name for _, name in self.names), *self.aliases)


@dataclass(frozen=True, slots=True)
class Quota:
    """How many submissions of a kind are required in a period, and of whom."""

    events: tuple[int, ...]
    kind: str
    required: int
    first: date
    last: date
    units: tuple[str, ...]
    category: str | None

    @classmethod
    def of(cls, event: QuotaSet, events: tuple[int, ...] = ()) -> Quota:
        """Return what ``event`` requires; ``events`` are the positions that say so."""
        return cls(
            events=events,
            kind=event.kind,
            required=event.required,
            first=event.from_,
            last=event.to,
            units=event.units,
            category=event.category,
        )

    def overlaps(self, other: Quota) -> bool:
        """Tell whether the two periods have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def covers(self, unit: Unit) -> bool:
        """Tell whether the quota binds ``unit``: by name, by category on the first day, or all."""
        if self.units:
            return unit.id in self.units
        return self.category is None or unit.category_on(self.first) == self.category


@dataclass(frozen=True, slots=True)
class Setting:
    """Cycles, units, quotas and rulings that are known at one moment."""

    cycles: Mapping[str, Cycle]
    units: Mapping[str, Unit]
    quotas: tuple[Quota, ...]
    rulings: tuple[Fact, ...]

    def cycle_at(self, day: date) -> Cycle | None:
        """Return the cycle that is asked for on ``day``: the last one begun by then."""
        begun = [cycle for cycle in self.cycles.values() if cycle.starts <= day]
        return max(begun, key=lambda cycle: cycle.starts, default=None)

    def rulings_in_force(self, cycle: str) -> dict[str, Fact]:
        """Return the ruling that sets each parameter in ``cycle``; the last one wins."""
        return {
            fact.event.parameter: fact
            for fact in self.rulings
            if isinstance(fact.event, RulingMade) and fact.event.cycle in {None, cycle}
        }

    def rulings_for(self, cycle: str) -> dict[str, object]:
        """Return what the rulings say of each parameter in ``cycle``."""
        made = self.rulings_in_force(cycle).items()
        return {path: fact.event.value for path, fact in made if isinstance(fact.event, RulingMade)}


NOTHING = Setting({}, {}, (), ())
"""The setting before anything is recorded."""


def fold(setting: Setting, facts: Iterable[Fact]) -> Setting:
    """Return ``setting`` with ``facts`` of the setting's topics added, in their order."""
    for fact in facts:
        setting = _STEPS[type(fact.event)](setting, fact)
    return setting


def _on(spells: tuple[tuple[date, str], ...], day: date) -> str:
    begun = [value for first, value in spells if first <= day]
    return begun[-1] if begun else spells[0][1]


def _opened(setting: Setting, fact: Fact) -> Setting:
    event = fact.event
    assert isinstance(event, CycleOpened)  # noqa: S101  the table below says so
    cycle = Cycle(
        name=event.cycle,
        events=fact.events,
        rulebook=event.rulebook,
        starts=event.starts,
        ends=event.ends,
        evidence_due=event.evidence_due,
        duty_due=event.duty_due or event.evidence_due,
        two_person=event.two_person,
        appeal_days=event.appeal_days,
    )
    return replace(setting, cycles={**setting.cycles, cycle.name: cycle})


def _closed(setting: Setting, fact: Fact) -> Setting:
    event = fact.event
    assert isinstance(event, CycleClosed)  # noqa: S101  the table below says so
    cycle = setting.cycles.get(event.cycle)
    if cycle is None:  # it is being checked without its opening
        return setting
    closed = replace(cycle, closed_as_of=event.as_of)
    return replace(setting, cycles={**setting.cycles, cycle.name: closed})


def _enrolled(setting: Setting, fact: Fact) -> Setting:
    event = fact.event
    assert isinstance(event, UnitEnrolled)  # noqa: S101  the table below says so
    unit = Unit(
        id=event.unit,
        position=fact.position,
        names=((date.min, event.unit),),
        categories=((date.min, event.category),),
        aliases=event.aliases,
    )
    return replace(setting, units={**setting.units, unit.id: unit})


def _changed(setting: Setting, fact: Fact) -> Setting:
    event = fact.event
    assert isinstance(event, UnitChanged)  # noqa: S101  the table below says so
    unit, day = setting.units.get(event.unit), day_of(event.on)
    if unit is None:  # it is being checked without its enrolment
        return setting
    unit = replace(
        unit,
        names=_spell(unit.names, day, event.name),
        categories=_spell(unit.categories, day, event.category),
        aliases=unit.aliases + event.aliases,
        merged=(day, event.into) if event.into else unit.merged,
    )
    return replace(setting, units={**setting.units, unit.id: unit})


def _spell(
    spells: tuple[tuple[date, str], ...], day: date, value: str | None
) -> tuple[tuple[date, str], ...]:
    if value is None:
        return spells
    return tuple(sorted([*spells, (day, value)], key=lambda spell: spell[0]))


def _quota(setting: Setting, fact: Fact) -> Setting:
    event = fact.event
    assert isinstance(event, QuotaSet)  # noqa: S101  the table below says so
    return replace(setting, quotas=(*setting.quotas, Quota.of(event, fact.events)))


def _ruling(setting: Setting, fact: Fact) -> Setting:
    return replace(setting, rulings=(*setting.rulings, fact))


_STEPS = {
    CycleOpened: _opened,
    CycleClosed: _closed,
    UnitEnrolled: _enrolled,
    UnitChanged: _changed,
    QuotaSet: _quota,
    RulingMade: _ruling,
}
