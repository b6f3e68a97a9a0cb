"""New events sorted into topics: the index that tells which events a subject rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING

from domain.events.base import Event
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged
from domain.events.keys import Keys
from domain.events.setting import SETTING
from domain.log import Log
from domain.register import Register, Row
from domain.rules.registry import NEEDS
from projections.facts import GatheredFacts
from projections.tables import brought, fact, insert_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ROWS_HELD = 20_000
_LATER_HELD = 1_000
_TOPIC = itemgetter(0)
_SETTING = frozenset(SETTING)


class TopicSorter:
    """Stores the topics of each event after ``since``, and tells which topics are to be judged.

    What an amendment or a merger takes in depends on what came before it. That is looked up for
    many of them at once: they wait until the events around them are stored, and then leave out
    what is later than they are.
    """

    def __init__(self, connection: Connection, log: Log, *, since: int) -> None:
        self._connection = connection
        self._log = log
        self.since = since
        self._rows: list[Row] = []
        self._brought: list[tuple[int, str]] = []
        self._later: list[tuple[int, Event]] = []
        self._touched: dict[str, None] = {}
        self._families: dict[type[Event], tuple[str, ...]] = {}
        self.setting_changed = False

    def add(self, position: int, keys: Keys) -> None:
        """Take in the next event of the log."""
        kind, topics, _, takes_in = keys
        if takes_in is not None:
            self._later.append((position, takes_in))
            if len(self._later) >= _LATER_HELD:
                self._bring_in()
            return
        families = self._families.get(kind) or self._families_of(kind)
        for topic in topics:
            self._rows.append((topic, position))
            if topic.startswith(families):
                self._touched[topic] = None
        if not self.setting_changed:
            self._notice(topics)
        if len(self._rows) >= _ROWS_HELD:
            self._store()

    def finish(self) -> dict[str, None]:
        """Store what is left, and return the topics that may have other lines now.

        They are in the order of the log, so that those judged together share much of it.
        """
        self._bring_in()
        return self._touched

    def _families_of(self, kind: type[Event]) -> tuple[str, ...]:
        """Return how topics begin in which an event of ``kind`` may change a subject's lines.

        From the log's beginning, subjects without what their rules need are never judged at all.
        """
        families = self._families[kind] = tuple(
            f"{family}/"
            for family, needs in NEEDS.items()
            if not (needs and not self.since) or kind in needs
        )
        return families

    def _notice(self, topics: Iterable[str]) -> None:
        self.setting_changed = self.setting_changed or not _SETTING.isdisjoint(topics)

    def _store(self) -> None:
        self._rows.sort(key=_TOPIC)  # neighbours in the index are stored together
        insert_rows(self._connection, fact, ("topic", "position"), self._rows)
        self._rows.clear()
        if self._brought:
            insert_rows(self._connection, brought, ("position", "topic"), sorted(self._brought))
            self._brought.clear()

    def _bring_in(self) -> None:
        self._store()
        if not self._later:
            return
        source = GatheredFacts(lambda: _held(self._connection), self._log)
        register = Register(source)
        _look_up(register, source, [event for _, event in self._later])
        for position, event in self._later:
            rows = register.record(position, event)
            self._rows += rows
            self._brought += ((at, topic) for topic, at in rows)
            self._notice(topic for topic, _ in rows)
            subjects = (topic for topic, _ in rows if topic.partition("/")[0] in NEEDS)
            self._touched.update(dict.fromkeys(subjects))
        self._later.clear()
        self._store()


def _look_up(register: Register, source: GatheredFacts, later: list[Event]) -> None:
    """Load at once what amendments are about, and the parts of mergers."""
    targets = {event.target for event in later if isinstance(event, Amendment)}
    source.gather(targets)
    register.prefetch_entries(targets)
    source.gather({register.root(at) for at in targets if at in register} - targets)
    mergers = (event for event in later if isinstance(event, ItemsMerged))
    register.prefetch(f"item/{part}" for event in mergers for part in event.items)


@contextmanager
def _held(connection: Connection) -> Iterator[Connection]:
    """Lend the connection of the transaction that is going on."""
    yield connection
