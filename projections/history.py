"""The setting at every moment of knowledge: which cycles, units, quotas and readings held when."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from domain.days import day_of
from domain.events.base import Event
from domain.events.corrections import Amendment
from domain.events.setting import CycleClosed, QuotaSet, RulingMade, UnitChanged, UnitEnrolled
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator, Rulebook
from domain.rulebook.readings import Readings
from domain.rulebook.rule_kinds import RULE_KINDS
from domain.rules.registry import RULES, Rule
from domain.setting import NOTHING, Cycle, Setting, fold
from domain.standing import Fact, Standing
from projections.grouping import Subject
from projections.readings import readings_of, rulebook_of

EVERYTHING = "*"
"""The tag of a change that may bear on every subject."""


Place = tuple[str, str]
"""A cycle and an indicator."""

Judge = Callable[[Case, Indicator], Iterable[Draft]]


class Ground(NamedTuple):
    """What the rules of one family are judged by in one cycle, in one state of the setting.

    With each rule stands the event without which it gives no line.
    """

    cycle: Cycle
    rulebook: Rulebook
    readings: Readings
    rules: Sequence[tuple[Place, Indicator, Judge, type[Event] | None]]


class State(NamedTuple):
    """One state of the setting, with what the rules of one family are judged by in it."""

    setting: Setting
    grounds: tuple[Ground, ...]


class Course(NamedTuple):
    """The states of the setting that bear on a subject, and the positions that brought them."""

    positions: Sequence[int]
    states: Sequence[State]

    def at(self, position: int) -> State:
        """Return the state that held at ``position``."""
        return self.states[bisect_right(self.positions, position) - 1]

    def after(self, position: int) -> Sequence[int]:
        """Return the positions after ``position`` that brought another state."""
        return self.positions[bisect_right(self.positions, position) :]


class SettingHistory:
    """Every state that the setting went through, by the position that brought it about.

    Each change carries tags (``unit/…``, ``quota/…``, ``family/…`` or everything), so that a
    subject is judged again only at the positions that may matter to it.
    """

    def __init__(self, rulebooks: Mapping[str, Rulebook]) -> None:
        self._rulebooks = rulebooks
        self._standing = Standing()
        self._positions = [0]
        self._settings = [NOTHING]
        self._tagged: dict[str, list[int]] = defaultdict(list)
        self._units: dict[str, None] = {}
        self._spans: dict[str, tuple[date, date]] = {}
        self._cycles: dict[tuple[str, str], Cycle] = {}
        self._readings: dict[tuple[str, int], tuple[object, Readings]] = {}
        self._rules = {book.id: _by_family(book) for book in rulebooks.values()}
        self._states: dict[tuple[int, str], State] = {}
        self._courses: dict[tuple[str, ...], Course] = {}

    def extend(self, events: Iterable[tuple[int, Event]]) -> None:
        """Add the setting's ``events`` in the order of their positions."""
        for position, event in events:
            self._courses.clear()
            self._standing.record(position, event)
            if isinstance(event, Amendment):
                setting = fold(NOTHING, self._standing.facts())
            else:
                setting = fold(self._settings[-1], [Fact(position, event)])
            self._positions.append(position)
            self._settings.append(setting)
            self._units.update(dict.fromkeys(setting.units))
            self._cycles.update({(c.name, c.rulebook): c for c in setting.cycles.values()})
            for quota in setting.quotas:
                first, last = self._spans.get(quota.kind, (quota.first, quota.last))
                self._spans[quota.kind] = (min(first, quota.first), max(last, quota.last))
            for tag in self._tags(event):
                self._tagged[tag].append(position)

    def at(self, position: int) -> Setting:
        """Return the setting as it was known at ``position``."""
        return self._settings[bisect_right(self._positions, position) - 1]

    @property
    def units(self) -> Collection[str]:
        """Every unit that was ever enrolled, whether or not the enrolment still stands."""
        return self._units.keys()

    @property
    def cycles(self) -> list[Cycle]:
        """Every cycle that was ever known, in some state of it."""
        return list(self._cycles.values())

    @property
    def quota_kinds(self) -> set[str]:
        """Every kind of submission that ever had a quota."""
        return set(self._spans)

    def may_score(self, subject: Subject) -> bool:
        """Tell whether ``subject`` can have lines: without a quota nothing is required."""
        return subject.family != "quota" or subject.number in self._spans

    def may_count(self, kind: str, event: Event) -> bool:
        """Tell whether ``event``, as recorded, may change what counts towards a quota of ``kind``.

        What came in on a day of no quota that there ever was does not count, whatever it is.
        """
        if isinstance(event, Amendment):
            return True
        first, last = self._spans.get(kind, (date.max, date.min))
        return first <= day_of(event.on) <= last

    def tags_since(self, position: int) -> set[str]:
        """Return the tags of the changes after ``position``."""
        return {tag for tag, at in self._tagged.items() if at[-1] > position}

    def relevant(self, *tags: str) -> list[int]:
        """Return the positions of the changes that bear on everything or carry one of ``tags``."""
        return [at for tag in (EVERYTHING, *tags) for at in self._tagged.get(tag, ())]

    def readings(self, setting: Setting, cycle: Cycle) -> tuple[Rulebook, Readings]:
        """Return the rulebook of ``cycle`` and its readings under the rulings of ``setting``."""
        key = (cycle.name, id(setting.rulings))
        held = self._readings.get(key)
        rulebook = rulebook_of(cycle, self._rulebooks)
        # The rulings are kept beside the readings: an id is only good while its object lives.
        if held is None or held[1].rulebook is not rulebook:
            held = (setting.rulings, readings_of(rulebook, setting, cycle))
            self._readings[key] = held
        return rulebook, held[1]

    def course(self, family: str, *tags: str) -> Course:
        """Return the states of the setting that matter to subjects of ``family`` with ``tags``."""
        key = (family, *tags)
        if key not in self._courses:
            positions = sorted({0, *self.relevant(f"family/{family}", *tags)})
            states = [self._state(self.at(position), family) for position in positions]
            self._courses[key] = Course(positions, states)
        return self._courses[key]

    def _state(self, setting: Setting, family: str) -> State:
        key = (id(setting), family)
        if key not in self._states:
            self._states[key] = State(setting, tuple(self._ground(setting, family)))
        return self._states[key]

    def _ground(self, setting: Setting, family: str) -> Iterator[Ground]:
        for cycle in setting.cycles.values():
            rulebook, readings = self.readings(setting, cycle)
            named = self._rules[rulebook.id].get(family, ())
            rules = [((cycle.name, one.id), one, rule.judge, rule.needs) for one, rule in named]
            yield Ground(cycle, rulebook, readings, rules)

    def _tags(self, event: Event) -> list[str]:
        if isinstance(event, UnitEnrolled | UnitChanged):
            return [f"unit/{event.unit}"]
        if isinstance(event, QuotaSet):
            return [f"quota/{event.kind}"]
        if isinstance(event, RulingMade):
            return [f"family/{family}" for family in self._families(event.parameter)]
        return [] if isinstance(event, CycleClosed) else [EVERYTHING]

    def _families(self, parameter: str) -> set[str]:
        """Return the families of rules that read ``parameter``; caps are applied to totals."""
        families = {
            RULES[kind].family
            for kind, shape in RULE_KINDS.items()
            if parameter in shape.settings or parameter.partition(".")[2] in shape.kind_settings
        }
        for book in self._rulebooks.values():
            for indicator in book.indicators.values():
                if parameter.startswith(f"indicators.{indicator.id}.points"):
                    families.add(RULES[indicator.rule].family)
        return families


def _by_family(rulebook: Rulebook) -> dict[str, list[tuple[Indicator, Rule]]]:
    found: dict[str, list[tuple[Indicator, Rule]]] = {}
    for indicator in rulebook.indicators.values():
        rule = RULES[indicator.rule]
        found.setdefault(rule.family, []).append((indicator, rule))
    return found
