"""What a check works with, and what it says.

A check is a function from an event and what it may look at to the things that are wrong. It is
used for a new event, and again for an event whose content a correction would change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from domain.days import day_of
from domain.errors import Where
from domain.events.base import Event
from domain.events.office_codes import OFFICE_CODES
from domain.events.setting import SETTING
from domain.names import fold
from domain.register import Register
from domain.rulebook.model import Rulebook
from domain.setting import Cycle, Setting
from domain.standing import Fact


class Wrong(NamedTuple):
    """One thing that is wrong with an event: the field, what it is, what would be right.

    ``missing`` is the stream or ref that was looked for in vain: where a faulty line of the same
    batch would have made it, that line's own faults say enough.
    """

    field: str
    what: str
    fix: str = ""
    missing: str = ""


@dataclass(slots=True)
class Desk:
    """What a check may look at: the register as it stands without the event that is checked.

    ``position`` is that of a recorded event whose corrected content is checked, else nothing.
    ``before`` are the cycles that stood before the batch: they say whether two people are needed.
    """

    register: Register
    rulebooks: Mapping[str, Rulebook]
    today: date
    position: int | None = None
    places: Mapping[int, Where] = field(default_factory=dict)
    before: Mapping[str, Cycle] = field(default_factory=dict)
    _units: tuple[Setting | None, dict[str, str]] = (None, {})
    _words: tuple[object, dict[tuple[str, date | None], dict[str, str]]] = (None, {})

    def at(self, position: int) -> str:
        """Return where an event is: its position, or its row while it is only being decided."""
        where = self.places.get(position)
        return f"事件 #{position}" if where is None else f"本次的{where}"

    @property
    def setting(self) -> Setting:
        """Cycles, units, quotas and rulings that stand, without the event that is checked."""
        held = self.position is not None and self.register.topics_of(self.position)
        without = self.position if held and held & set(SETTING) else None
        return self.register.setting(without=without)

    def facts(self, topic: str) -> list[Fact]:
        """Return the facts of ``topic`` that stand, without the event that is checked."""
        return self.register.facts(topic, without=self.position)

    def maker(self, stream: str) -> Fact | None:
        """Return the fact that made the number of ``stream``, if it stands."""
        facts = self.register.each_fact(stream, without=self.position)
        return next((fact for fact in facts if fact.event.number == stream), None)

    def unit_named(self, name: str) -> str | None:
        """Return the unit of that name or alias, by the name it was enrolled under."""
        return name if name in self.setting.units else self._spellings().get(fold(name))

    def unit_spellings(self) -> list[str]:
        """Return every name and alias of every unit."""
        return [name for unit in self.setting.units.values() for name in unit.spellings]

    def _spellings(self) -> dict[str, str]:
        setting = self.setting
        if self._units[0] is not setting:
            units = setting.units.values()
            self._units = (setting, {fold(n): unit.id for unit in units for n in unit.spellings})
        return self._units[1]

    def books(self, day: date | None) -> list[Rulebook]:
        """Return the rulebook of the cycle that ``day`` lies in.

        Where no cycle covers the day, those of all cycles; before a cycle is opened, all that
        are installed.
        """
        cycles = list(self.setting.cycles.values())
        covering = [cycle for cycle in cycles if day is not None and cycle.covers(day)]
        used = {cycle.rulebook for cycle in covering or cycles} & set(self.rulebooks)
        return [self.rulebooks[name] for name in sorted(used or self.rulebooks)]

    def vocabulary(self, name: str, day: date | None) -> Mapping[str, str]:
        """Return the codes and labels of one list that may be used on ``day``."""
        if name in OFFICE_CODES:
            return OFFICE_CODES[name]
        if self._words[0] is not self.setting.cycles:
            self._words = (self.setting.cycles, {})
        key = (name, day)
        if key not in self._words[1]:
            books = self.books(day)
            self._words[1][key] = {c: w for b in books for c, w in b.vocabulary[name].items()}
        return self._words[1][key]


Found = Iterator[Wrong]


def new_number(desk: Desk, event: Event, name: str, what: str) -> Found:
    """Find out whether another standing event has made the same number."""
    stream = event.number
    maker = desk.maker(stream) if stream else None
    if maker is not None and maker.position != desk.position:
        yield Wrong(
            name,
            f"{what}“{getattr(event, name)}”已由{desk.at(maker.position)} 登记",
            f"请换一个{what}；若那一条登记有误，请先更正或撤销它",
        )


def existing(desk: Desk, stream: str, name: str, what: str) -> tuple[Fact | None, list[Wrong]]:
    """Return the fact that made ``stream``, or what is wrong when there is none."""
    maker = desk.maker(stream)
    if maker is not None:
        return maker, []
    number = stream.partition("/")[2]
    fix = f"请先登记该{what}，或核对编号"
    return None, [Wrong(name, f"没有登记过{what}“{number}”", fix, stream)]


def not_before(desk: Desk, event: Event, other: Fact, what: str) -> Found:
    """Find out whether ``event`` lies on a day before ``other``; hours do not matter."""
    if day_of(event.on) < day_of(other.event.on):
        yield Wrong(
            "on",
            f"日期 {day_of(event.on)} 早于{what}的日期"
            f" {day_of(other.event.on)}（{desk.at(other.position)}）",
            f"应不早于 {day_of(other.event.on)}",
        )
