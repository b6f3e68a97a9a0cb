"""The reference for a question: the whole log replayed in memory for the one answer.

Every event is read and sorted into its topics, and every subject is judged once, with the facts
that stand and the setting that holds at the end. The rules are the product's own; nothing is kept
between two questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from cli.office import Office
from domain.events.base import Event
from domain.events.codec import decode
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged
from domain.events.setting import SETTING
from domain.register import Register, Rows
from projections.asking import Point
from projections.grouping import UNIT_FAMILIES, Subject
from projections.history import SettingHistory
from projections.judging import judge
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
            rows = [(topic, position) for topic in event.topics]
        for topic, at in rows:
            self.topics[topic].add(at)
            self._topics_of[at].add(topic)

    def look_up(self, topics: Collection[str], refs: Collection[str]) -> tuple[Rows, Rows]:
        """Return the rows of ``topics``; no score rests on a ref."""
        del refs
        return ((topic, at) for topic in topics for at in self.topics.get(topic, ())), ()

    def topics_of(self, position: int) -> Collection[str]:
        """Return the topics that hold the event at ``position``."""
        return self._topics_of[position]

    def events_at(self, positions: Collection[int]) -> Mapping[int, Event]:
        """Return the events at ``positions``."""
        return {at: self.events[at] for at in positions if at in self.events}

    def rows(self, *topics: str) -> list[tuple[int, Event]]:
        """Return the events of ``topics`` with their positions, in order."""
        held = {at for topic in topics for at in self.topics.get(topic, ())}
        return [(at, self.events[at]) for at in sorted(held)]


class Now(SettingHistory):
    """The setting's history as if nothing mattered but its end: every subject is judged there."""

    end = 0

    def relevant(self, *_: str) -> list[int]:
        """Return the end alone."""
        return [self.end]


def replay(office: Office, point: Point) -> dict[str, Total]:
    """Return the score of every unit at ``point``, from the log alone."""
    memory = Memory()
    for row in office.log.rows(upto=point.position):
        memory.add(row.position, decode(row.type, row.data))
    now = Now(office.rulebooks)
    now.extend(memory.rows(*SETTING))
    now.end = point.position
    raw: dict[str, dict[str, Decimal]] = {unit: defaultdict(Decimal) for unit in now.units}
    for topic in _subjects(memory, now):
        changes = judge(
            Subject.of(topic), memory.rows(topic), now, since=point.position - 1, known=()
        )
        for _, held, _ in changes:
            in_force = held.effective_from <= point.as_of < held.effective_to
            if in_force and held.cycle == point.cycle.name:
                raw[held.unit][held.indicator] += held.points
    return {unit: total_of(point.rulebook, point.readings, sums) for unit, sums in raw.items()}


def _subjects(memory: Memory, now: Now) -> set[str]:
    """Return all topics that rules look at; some are there though nothing was recorded."""
    found = {topic for topic in memory.topics if topic not in SETTING}
    found |= {f"quota/{kind}/{unit}" for kind in now.quota_kinds for unit in now.units}
    return found | {f"{family}/{unit}" for family in UNIT_FAMILIES for unit in now.units}
