"""The lines brought up to the log: one path, whether for one event or for all of them.

New events are sorted into topics; each topic that they touch is judged with all of its facts,
and the difference of its lines is written. Rebuilding is the same from position zero, subject
by subject, each released when it is done. Refs are brought up in the same transaction, but stay
when lines are made anew because the rules are others.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import delete

from domain.events.base import Event
from domain.events.setting import SETTING
from domain.log import Log
from domain.rulebook.model import Rulebook
from domain.watching import Watch
from projections.events import Events, Kept
from projections.facts import Reading, rows_of
from projections.grounding import Marks
from projections.history import SettingHistory
from projections.progress import Reached, note, reached
from projections.readings import rulebook_of
from projections.refs import RefSorter
from projections.rejudging import rejudge
from projections.sorting import TopicSorter
from projections.tables import brought, fact, line, metadata, progress, ref, remake
from projections.touched import touched_topics

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["LineProjection", "Watch"]

_MANY = 1000


class LineProjection:
    """The score lines of the log, kept in the same database.

    ``log`` gives the log as the transaction of a connection sees it, for what is written beside it
    needs no other connection to read it with. ``partial`` is for a log that holds only some events
    on purpose, such as one unit's; else a missing position raises ``IntegrityBroken``.
    ``thorough`` reads all of every event, whether or not a line needs it.
    """

    def __init__(  # noqa: PLR0913  all that lines are made from, and how
        self,
        log: Callable[[Connection], Log],
        *,
        reading: Reading,
        writing: Reading,
        rulebooks: Mapping[str, Rulebook],
        partial: bool = False,
        thorough: bool = False,
    ) -> None:
        self._log = log
        self._partial = partial
        self._thorough = thorough
        self._reading = reading
        self._writing = writing
        self._rulebooks = rulebooks
        self._marks = Marks(rulebooks)
        self._history: SettingHistory | None = None
        self._history_upto = 0
        self._kept = Kept()
        self._tables_there = False

    def level(self) -> int | None:
        """Return the position that log, lines and refs have all reached, if they have."""
        with self._reading() as connection:
            head = self._log(connection).head().position
            return head if self._reached(connection) == Reached(head, head) else None

    def catch_up(
        self, watch: Watch | None = None, *, fresh: Mapping[int, Event] | None = None
    ) -> int:
        """Bring the lines up to the log and return the position they have reached.

        Changes nothing when they are there already. ``fresh`` are events that were recorded a
        moment ago and need not be read again; the lines are brought up to the last of them.
        """
        if not fresh and (level := self.level()) is not None:
            return level
        with self._writing() as connection:
            self._make_tables(connection)
            position = self._advance(connection, watch, fresh or {})
        self._tables_there = True
        return position

    def rebuild(self, watch: Watch | None = None) -> int:
        """Throw all lines and refs away, make them anew, and return the position reached.

        On SQLite their tables are made anew too, with nothing on them that is not the program's
        own: no trigger, and no index that holds something else than its table.
        """
        with self._writing() as connection:
            remake(connection)
            return self._advance(connection, watch)

    def _make_tables(self, connection: Connection) -> None:
        if not self._tables_there:
            metadata.create_all(connection)

    def _reached(self, connection: Connection) -> Reached:
        if not self._tables_there and not connection.dialect.has_table(connection, progress.name):
            return Reached(None, None)
        return reached(connection, self._marks)

    def _advance(
        self,
        connection: Connection,
        watch: Watch | None,
        fresh: Mapping[int, Event] = MappingProxyType({}),
    ) -> int:
        before = self._reached(connection)
        since = before.lines or 0
        self._empty(connection, before)
        # The head is read after the lock is held, so that nothing is stored behind it unseen.
        log = self._log(connection)
        head = max(fresh) if since + 1 in fresh else log.head().position
        with _collector_at_rest(head - since):
            # What is made anew is made of what is stored, not of what was once read.
            kept = self._kept if since else None
            events = Events(log, fresh, kept=kept, partial=self._partial, thorough=self._thorough)
            sorter = TopicSorter(connection, log, since=since)
            _sort(events, head, sorter, RefSorter(connection, since=before.refs or 0))
            history = self._judge(connection, events, sorter, head, watch)
        mark = self._marks.of(rulebook_of(cycle, self._rulebooks) for cycle in history.cycles)
        note(connection, before, head, mark)
        return head

    def _empty(self, connection: Connection, before: Reached) -> None:
        """Throw away what is to be made anew."""
        if not before.refs:
            connection.execute(delete(ref))
        if not before.lines:
            for table in (line, fact, brought):
                connection.execute(delete(table))
            self._kept.clear()

    def _judge(
        self,
        connection: Connection,
        events: Events,
        sorter: TopicSorter,
        head: int,
        watch: Watch | None,
    ) -> SettingHistory:
        """Judge the topics that new events touch, under the setting that they may have changed."""
        topics, since = sorter.finish(), sorter.since
        history = self._history
        if history is None or sorter.setting_changed or self._history_upto != since:
            history = self._history_upto_head(connection, events, since, head)
            topics |= dict.fromkeys(sorted(touched_topics(connection, history, since)))
        self._history_upto = head
        rejudge(connection, topics, events, history, since=since, watch=watch)
        return history

    def _history_upto_head(
        self, connection: Connection, events: Events, since: int, head: int
    ) -> SettingHistory:
        """Return the setting's history; what is kept in memory is only extended."""
        if self._history is None or self._history_upto > since or since == 0:
            self._history, self._history_upto = SettingHistory(self._rulebooks), 0
        rows = rows_of(connection, SETTING)
        positions = {at for _, at in rows if at > self._history_upto}
        self._history.extend(sorted(events.at(positions).items()))
        self._history_upto = head
        return self._history


def _sort(events: Events, head: int, topics: TopicSorter, refs: RefSorter) -> None:
    """Sort the events up to ``head``; only of what is made anew those that were sorted before."""
    for position, keys in events.between(min(topics.since, refs.since), head):
        if position > topics.since:
            topics.add(position, keys)
        if position > refs.since and keys.ref:
            refs.add(position, keys.ref)
    refs.finish()


@contextmanager
def _collector_at_rest(events: int) -> Iterator[None]:
    """Keep the collector from walking, again and again, through the events of a long replay.

    They go when nobody refers to them any more; a replay makes no circles of them.
    """
    rest = events > _MANY and gc.isenabled()
    if rest:
        gc.disable()
    try:
        yield
    finally:
        if rest:
            gc.enable()
