"""The register as it stands: what checks look at before an event is recorded.

The same routing tells the score lines which events a subject rests on, so an event that a check
can see is one that a rule can see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from domain.events.base import Event
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged
from domain.events.setting import SETTING
from domain.setting import NOTHING, Setting, fold
from domain.standing import Entry, Fact, Standing

Row = tuple[str, int]
"""A topic and the position of an event that is one of its facts; or a ref and such a position."""

Rows = Iterable[Row]


class FactSource(Protocol):
    """Where recorded facts are looked up: the log, and the indexes of its topics and refs."""

    def look_up(self, topics: Collection[str], refs: Collection[str]) -> tuple[Rows, Rows]:
        """Return the rows of ``topics``, and each of ``refs`` with the positions of its events."""
        ...

    def topics_of(self, position: int) -> Collection[str]:
        """Return the topics that hold the event at ``position``."""
        ...

    def events_at(self, positions: Collection[int]) -> Mapping[int, Event]:
        """Return the events at ``positions``; those that do not exist are left out."""
        ...


class Unrecorded:
    """The register before anything was recorded."""

    def look_up(self, topics: Collection[str], refs: Collection[str]) -> tuple[Rows, Rows]:
        """Return no rows."""
        del topics, refs
        return (), ()

    def topics_of(self, position: int) -> Collection[str]:
        """Return no topics."""
        del position
        return ()

    def events_at(self, positions: Collection[int]) -> Mapping[int, Event]:
        """Return no events."""
        del positions
        return {}


class Register:
    """What stands, topic by topic, with events that are being decided on top."""

    def __init__(self, source: FactSource) -> None:
        self._source = source
        self._standing = Standing()
        self._loaded: set[str] = set()
        self._held: dict[str, set[int]] = {}
        self._named: dict[str, set[int]] = {}
        self._looked_up: set[str] = set()
        self._added_to: dict[int, set[str]] = {}
        self._topics_of: dict[int, Collection[str]] = {}
        self._setting: Setting | None = None

    def __len__(self) -> int:
        """Return how many events are held in memory."""
        return len(self._standing)

    def prefetch(self, topics: Iterable[str], refs: Iterable[str] = ()) -> None:
        """Load ``topics`` and look up ``refs`` at once; what is here already costs nothing."""
        wanted = {topic for topic in topics if topic not in self._loaded}
        asked = {ref for ref in refs if ref not in self._looked_up}
        if not wanted and not asked:
            return
        self._loaded |= wanted
        self._looked_up |= asked
        rows, named = self._source.look_up(wanted, asked)
        found: set[int] = set()
        for topic, position in rows:
            self._held.setdefault(topic, set()).add(position)
            found.add(position)
        for ref, position in named:
            self._named.setdefault(ref, set()).add(position)
        self._load(found)

    def _load(self, positions: Iterable[int]) -> None:
        missing = {position for position in positions if position not in self._standing}
        events = self._source.events_at(missing) if missing else {}
        for position in sorted(events):
            self._standing.record(position, events[position])

    def everything(self, head: int) -> list[Fact]:
        """Return every fact up to ``head`` that stands; the whole log is read for it."""
        self._load(range(1, head + 1))
        found = (self._standing.fact(position) for position in range(1, head + 1))
        return [fact for fact in found if fact and not isinstance(fact.event, Amendment)]

    def prefetch_entries(self, positions: Iterable[int]) -> None:
        """Load what is recorded at ``positions``, with what was said of it, at once."""
        # Any one topic of an event holds all that was said of it; the smallest will do.
        held_in = (self.topics_of(position) for position in positions)
        self.prefetch({min(topics, key=_size) for topics in held_in if topics})

    def __contains__(self, position: int) -> bool:
        """Tell whether the event at ``position`` is loaded, or was added."""
        return position in self._standing

    def positions(self, topic: str) -> list[int]:
        """Return every position of ``topic``, amendments and retracted events among them."""
        if topic not in self._loaded:
            self.prefetch([topic])
        return sorted(self._held.get(topic, ()))

    def named(self, ref: str) -> list[int]:
        """Return every position at which an event was recorded under ``ref``."""
        if ref not in self._looked_up:
            self.prefetch((), [ref])
        return sorted(self._named.get(ref, ()))

    def facts(self, topic: str, *, without: int | None = None) -> list[Fact]:
        """Return the facts of ``topic`` that stand, by position, leaving ``without`` out."""
        return list(self.each_fact(topic, without=without))

    def each_fact(self, topic: str, *, without: int | None = None) -> Iterator[Fact]:
        """Yield what ``facts`` returns, for those who look for the first of a kind."""
        for at in self.positions(topic):
            fact = self._standing.fact(at) if at != without else None
            if fact is not None and not isinstance(fact.event, Amendment):
                yield fact

    def entry(self, position: int) -> Entry | None:
        """Return what is recorded at ``position`` and what was said of it, if it exists."""
        if position not in self._standing:
            self.prefetch_entries([position])
        return self._standing.entry(position)

    def topics_of(self, position: int) -> set[str]:
        """Return the topics that hold the event at ``position``."""
        if position not in self._topics_of:
            self._topics_of[position] = self._source.topics_of(position)
        found = self._added_to.get(position, set()).union(self._topics_of[position])
        entry = self._standing.entry(position)
        if entry is not None and not isinstance(entry.recorded, Amendment):
            found.update(entry.recorded.topics)
        return found

    def setting(self, *, without: int | None = None) -> Setting:
        """Return cycles, units, quotas and rulings as they stand, leaving ``without`` out."""
        if without is not None:
            return fold(NOTHING, self._setting_facts(without))
        if self._setting is None:
            self._setting = fold(NOTHING, self._setting_facts(None))
        return self._setting

    def _setting_facts(self, without: int | None) -> Iterable[Fact]:
        self.prefetch(SETTING)
        return (fact for topic in SETTING for fact in self.facts(topic, without=without))

    def record(self, position: int, event: Event) -> list[Row]:
        """Add ``event``, decided to be at ``position``, and return its rows.

        The rows say which topics the event becomes a fact of, and what they take in with it: a
        correction brings its target, with all that was said of it, to the topics of the
        corrected content; a merged item takes in its parts.
        """
        if isinstance(event, Amendment):
            self.entry(event.target)
            self._standing.record(position, event)
            rows = brought = self._amended(position, event)
        else:
            self._standing.record(position, event)
            brought = self._taken_in(position, event, event.topics)
            rows = [(topic, position) for topic in event.topics] + brought
        if event.ref:
            self._named.setdefault(event.ref, set()).add(position)
        for topic, at in rows:
            self._held.setdefault(topic, set()).add(at)
        for topic, at in brought:  # its own topics a plain event tells itself
            self._added_to.setdefault(at, set()).add(topic)
        if self._setting is not None and any(topic in SETTING for topic, _ in rows):
            plain = not isinstance(event, Amendment)
            self._setting = fold(self._setting, [Fact(position, event)]) if plain else None
        return rows

    def root(self, position: int) -> int:
        """Return the event that amendments of amendments are in the end about."""
        self.entry(position)
        return self._standing.root(position)

    def _amended(self, position: int, event: Amendment) -> list[Row]:
        root = self.root(event.target)
        entry = self._standing.entry(root)
        after = entry.content() if entry else event
        held_in = {*self.topics_of(root), *after.topics}
        positions = (root, *self._said_of(root), position)
        rows = [(topic, at) for topic in held_in for at in positions]
        return rows + self._taken_in(position, after, held_in)

    def _taken_in(self, upto: int, event: Event, topics: Iterable[str]) -> list[Row]:
        """Return the rows of the parts of a merged item, for each topic that holds the whole.

        What is known of the parts later than ``upto``, if the source has it already, is left out.
        """
        if not isinstance(event, ItemsMerged):
            return []
        parts = {f"item/{part}" for part in event.items}
        wholes = {topic for topic in topics if topic.startswith("item/")} - parts
        taken = {at for part in parts for at in self.positions(part) if at < upto}
        return [(whole, at) for whole in wholes for at in taken]

    def _said_of(self, position: int) -> list[int]:
        """Return the positions of the amendments of ``position`` and of those amendments."""
        found: list[int] = []
        for at in self.positions(min(self.topics_of(position), key=_size)):
            entry = self._standing.entry(at)
            said = entry.recorded if entry else None
            if isinstance(said, Amendment) and said.target in {position, *found}:
                found.append(at)
        return found


def _size(topic: str) -> tuple[bool, str]:
    """Put topics that hold few events first."""
    return (topic.startswith("quota/"), topic)
