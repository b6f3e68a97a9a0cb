"""The made-up year as a register: every row with its number, its mark, and when it was recorded.

The year is the same for the same seed, on any machine and version of Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any, Final, NamedTuple

from domain.days import day_of
from domain.events.base import Event
from domain.events.catalogue import fields_of
from domain.events.corrections import Amendment
from domain.events.setting import UnitChanged, UnitEnrolled
from infra.demo import SEED
from infra.demo.amendments import amend
from infra.demo.commissions import commissions
from infra.demo.findings import find_fault
from infra.demo.items import drafts, receive
from infra.demo.leadership import documents, meetings, rosters, staff_changes
from infra.demo.secondments import secondments
from infra.demo.setting import change_names, open_year, rule
from infra.demo.uses import merge, use
from infra.demo.year import Entry, Year

_OTHERWISE: Final = 0.12
_CLERKS: Final = ("登记员甲", "登记员乙")


class Row(NamedTuple):
    """One row of the register: its number, when the office recorded it, and what it says."""

    position: int
    recorded: datetime
    event: Event

    @property
    def day(self) -> date:
        """The day on which it was recorded."""
        return day_of(self.recorded)


def made_up_year(seed: int = SEED) -> list[Row]:
    """Return the rows of a whole year of 41 units in the order in which they were recorded.

    A correction comes when the mistake was noticed, and a few rows come late, with a note.
    """
    year = Year(seed)
    open_year(year)
    change_names(year)
    documents(year)
    rosters(year)
    meetings(year)
    staff_changes(year)
    secondments(year)
    items = receive(year, commissions(year) + drafts(year))
    used = use(year, items)
    taken = {item.number for item in used}
    merge(year, [item for item in items if item.number not in taken])
    find_fault(year, items, used)
    rule(year)
    amend(year)
    return list(_rows(year.in_order(), Random(seed)))  # noqa: S311  made-up data, no secrets


def _rows(entries: list[Entry], dice: Random) -> Iterator[Row]:
    positions = {id(entry): position for position, entry in enumerate(entries, 1)}
    spellings = _Spellings(dice)
    for position, entry in enumerate(entries, 1):
        event = spellings.as_written(entry.event)
        if isinstance(event, Amendment) and entry.target is not None:
            event = replace(event, target=positions[id(entry.target)])
        event = replace(event, ref=f"登{position:04}", actor=dice.choice(_CLERKS))
        yield Row(position, entry.recorded, event)


class _Spellings:
    """How units are written: mostly by their name, sometimes otherwise, as letters are signed."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._names: dict[str, str] = {}
        self._aliases: dict[str, tuple[str, ...]] = {}

    def as_written(self, event: Event) -> Event:
        """Return ``event`` with its units as the clerk wrote them, and remember new names."""
        changes: dict[str, Any] = {}
        for spec in fields_of(type(event)):
            value = getattr(event, spec.attribute)
            if spec.form.name == "unit" and value:
                many = tuple(self._spelled(name) for name in value) if spec.many else None
                changes[spec.attribute] = many or self._spelled(value)
        if isinstance(event, UnitEnrolled | UnitChanged):
            self._learn(event)
        return replace(event, **changes) if changes else event

    def _spelled(self, unit: str) -> str:
        aliases = self._aliases.get(unit, ())
        if aliases and self._dice.random() < _OTHERWISE:
            return self._dice.choice(aliases)
        return self._names.get(unit, unit)

    def _learn(self, event: UnitEnrolled | UnitChanged) -> None:
        self._aliases[event.unit] = (*self._aliases.get(event.unit, ()), *event.aliases)
        if isinstance(event, UnitChanged) and event.name:
            self._names[event.unit] = event.name
