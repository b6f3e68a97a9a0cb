"""What stood on a day, as it was known at a moment: what lists and reports are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from domain.days import day_of
from domain.events.base import Event
from domain.lines import Case
from domain.register import Register
from domain.setting import Unit
from domain.standing import Fact
from projections.asking import Point

_E = TypeVar("_E", bound=Event)


class Known:
    """The facts of a point in both times, by type and by topic.

    A fact counts when it stands at the point's position and its day is not after the point's
    day; so that a list shows what had happened by then, and nothing that came later. ``units``
    are those asked for, in the order of enrolment.
    """

    def __init__(
        self, point: Point, register: Register, wanted: Collection[str] | None = None
    ) -> None:
        """Read everything that is known at ``point``; ``wanted`` are units, ``None`` for all."""
        self.point = point
        self.wanted = wanted
        enrolled = point.setting.units.values()
        self.units = [unit for unit in enrolled if wanted is None or unit.id in wanted]
        self.facts = [fact for fact in register.everything(point.position) if self._by_then(fact)]
        self._register = register
        self._of_type: dict[type[Event], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            self._of_type[type(fact.event)].append(fact)
        # At once: one list asks for the topics of thousands of items.
        register.prefetch({topic for fact in self.facts for topic in fact.event.topics})
        self._about: dict[str, tuple[Sequence[Fact], dict[Any, Any]]] = {}
        self._growing: dict[tuple[str, str], dict[Any, Any]] = {}

    def _by_then(self, fact: Fact) -> bool:
        return day_of(fact.event.on) <= self.point.as_of

    def reads(self, parameter: str) -> bool:
        """Tell whether the cycle's rulebook has ``parameter``: another city's may do without."""
        return parameter in self.point.rulebook.parameters

    def of(self, kind: type[_E]) -> list[tuple[Fact, _E]]:
        """Return the facts of a type with their events, in the order of day and position."""
        facts = ((fact, fact.event) for fact in self._of_type[kind])
        found = [(fact, event) for fact, event in facts if isinstance(event, kind)]
        return sorted(found, key=lambda pair: (day_of(pair[1].on), pair[0].position))

    def of_cycle(self, kind: type[_E]) -> list[tuple[Fact, _E]]:
        """Return those facts of a type whose day lies in the cycle."""
        return [pair for pair in self.of(kind) if self.in_cycle(pair[1].on)]

    def since_start(self, kind: type[_E]) -> list[tuple[Fact, _E]]:
        """Return those facts from the cycle's first day on: evidence is taken after its end."""
        starts = self.point.cycle.starts
        return [pair for pair in self.of(kind) if day_of(pair[1].on) >= starts]

    def in_cycle(self, on: date) -> bool:
        """Tell whether a day or moment lies in the cycle asked about."""
        return self.point.cycle.covers(day_of(on))

    def about(self, topic: str) -> Sequence[Fact]:
        """Return the facts of a topic, by position."""
        return self._facts(topic)[0]

    def case(self, unit: Unit, topic: str, number: str) -> Case:
        """Return what the rules look at for one subject and unit, as it stood on the day."""
        facts, memo = self._facts(topic)
        growing = self._growing.setdefault((topic, unit.id), {})
        point = self.point
        return Case(
            unit,
            number,
            point.cycle,
            point.rulebook,
            point.readings,
            point.setting,
            facts,
            memo,
            growing,
        )

    def _facts(self, topic: str) -> tuple[Sequence[Fact], dict[Any, Any]]:
        if topic not in self._about:
            facts = [fact for fact in self._register.facts(topic) if self._by_then(fact)]
            self._about[topic] = (facts, {})
        return self._about[topic]

    def unit(self, enrolled: str) -> Unit:
        """Return the unit that was enrolled under that name."""
        return self.point.setting.units[enrolled]

    def name(self, enrolled: str) -> str:
        """Return what a unit is called on the day."""
        return self.unit(enrolled).name_on(self.point.as_of)

    def names(self, enrolled: Iterable[str]) -> tuple[str, ...]:
        """Return what units are called on the day, in the order of enrolment."""
        named = set(enrolled)
        return tuple(self.name(unit) for unit in self.point.setting.units if unit in named)

    def words(self, vocabulary: str) -> dict[str, str]:
        """Return the office's words for the codes of a list."""
        return dict(self.point.rulebook.vocabulary.get(vocabulary, {}))
