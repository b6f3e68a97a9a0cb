"""The reference for a question: the whole log replayed in memory for the one answer.

Every event is read and sorted into its topics, and every subject is judged once, with the facts
that stand and the setting that holds at the end. The rules are the product's own; nothing is kept
between two questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from cli.office import Office
from domain.events.base import Event
from domain.events.codec import decode
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged
from domain.events.setting import SETTING
from domain.lines import Case
from domain.register import Register, plain_rows
from domain.rules.registry import RULES
from domain.setting import NOTHING, Setting, fold
from domain.standing import Fact, Standing
from projections.asking import Point
from projections.judging import ALL_UNITS_FAMILIES, UNIT_FAMILIES, Subject, units_named
from projections.totals import Total, total_of


class Memory:
    """The log in memory, by position and by topic."""

    def __init__(self) -> None:
        self.events: dict[int, Event] = {}
        self.topics: dict[str, set[int]] = defaultdict(set)
        self._topics_of: dict[int, set[str]] = defaultdict(set)

    def add(self, position: int, event: Event) -> None:
        """Sort one more event into its topics."""
        self.events[position] = event
        if isinstance(event, Amendment | ItemsMerged):
            rows = Register(self).record(position, event)
        else:
            rows = plain_rows(position, event)
        for topic, at in rows:
            self.topics[topic].add(at)
            self._topics_of[at].add(topic)

    def positions_of(self, topics: Collection[str]) -> Iterator[tuple[str, int]]:
        """Return the rows of ``topics``."""
        return ((topic, at) for topic in topics for at in self.topics.get(topic, ()))

    def topics_of(self, position: int) -> Collection[str]:
        """Return the topics that hold the event at ``position``."""
        return self._topics_of[position]

    def events_at(self, positions: Collection[int]) -> Mapping[int, Event]:
        """Return the events at ``positions``."""
        return {at: self.events[at] for at in positions if at in self.events}

    def facts(self, topics: Iterable[str]) -> Sequence[Fact]:
        """Return the facts that stand in ``topics``."""
        standing = Standing()
        for at in sorted({at for topic in topics for at in self.topics.get(topic, ())}):
            standing.record(at, self.events[at])
        return standing.facts()


def replay(office: Office, point: Point) -> dict[str, Total]:
    """Return the score of every unit at ``point``, from the log alone."""
    memory = Memory()
    for row in office.log.rows(upto=point.position):
        memory.add(row.position, decode(row.type, row.data))
    setting = fold(NOTHING, memory.facts(SETTING))
    raw: dict[str, dict[str, Decimal]] = {unit: defaultdict(Decimal) for unit in setting.units}
    for topic in _subjects(memory, setting):
        for unit, indicator, points in _judged(Subject.of(topic), memory.facts([topic]), point):
            raw[unit][indicator] += points
    return {unit: total_of(point.rulebook, point.readings, sums) for unit, sums in raw.items()}


def _subjects(memory: Memory, setting: Setting) -> set[str]:
    """Return all topics that rules look at; some are there though nothing was recorded."""
    kinds = {quota.kind for quota in setting.quotas}
    found = {topic for topic in memory.topics if topic not in SETTING and topic[:4] != "ref/"}
    found |= {f"quota/{kind}/{unit}" for kind in kinds for unit in setting.units}
    return found | {f"{family}/{unit}" for family in UNIT_FAMILIES for unit in setting.units}


def _judged(
    subject: Subject, facts: Sequence[Fact], point: Point
) -> Iterator[tuple[str, str, Decimal]]:
    """Return unit, indicator and points of each line of one subject that is in force."""
    for name in _units(subject, facts, point.setting):
        unit, memo = point.setting.units[name], dict[object, object]()
        for indicator in point.rulebook.indicators.values():
            rule = RULES[indicator.rule]
            if rule.family != subject.family:
                continue
            case = Case(
                unit,
                subject.number,
                point.cycle,
                indicator,
                point.rulebook,
                point.readings,
                point.setting,
                facts,
                memo,
            )
            for draft in rule.judge(case):
                in_force = draft.effective_from <= point.as_of < draft.effective_to
                if in_force and unit.begins_on(draft.effective_from):
                    yield name, indicator.id, draft.points


def _units(subject: Subject, facts: Sequence[Fact], setting: Setting) -> Iterable[str]:
    if subject.unit is not None:
        return [subject.unit]
    named = {unit for fact in facts for unit in units_named(fact.event)}
    made = next((fact.event for fact in facts if fact.event.number), None)
    everyone = subject.family in ALL_UNITS_FAMILIES and made and not units_named(made)
    return setting.units if everyone else named & set(setting.units)
