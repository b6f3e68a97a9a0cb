"""The lines brought up to the log: one path, whether for one event or for all of them.

New events are sorted into topics; each topic that they touch is judged with all of its facts,
and the difference of its lines is written. Rebuilding is the same from position zero, subject
by subject, each released when it is done.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from domain.events.base import Event
from domain.events.setting import SETTING
from domain.log import Log
from domain.rulebook.model import Rulebook
from projections.events import Events, Kept
from projections.facts import Reading, rows_of
from projections.grounding import Marks
from projections.history import SettingHistory
from projections.readings import rulebook_of
from projections.rejudging import Watch, rejudge
from projections.sorting import TopicSorter
from projections.statements import Statement
from projections.tables import brought, fact, line, metadata, progress
from projections.touched import touched_topics

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["LineProjection", "Replay", "Watch"]

_NAME = "lines"
_MINE = progress.c.name == _NAME
_MANY = 1000

# Written once: putting them together takes longer than what they do for one event.
_REACHED = Statement(select(progress.c.position, progress.c.version).where(_MINE))
_NOW: dict[str, Any] = {"position": bindparam("at"), "version": bindparam("mark")}
_MOVED = Statement(update(progress).where(_MINE).values(_NOW))
_BEGUN = Statement(insert(progress).values(name=_NAME, **_NOW))

Replay = Callable[[], None]
"""Makes the lines anew from the whole log."""


class LineProjection:
    """The score lines of the log, kept in the same database.

    ``log`` gives the log as the transaction of a connection sees it, for what is written beside it
    needs no other connection to read it with. ``partial`` is for a log that holds only some events
    on purpose, such as one unit's; else a missing position raises ``IntegrityBroken``.
    """

    def __init__(
        self,
        log: Callable[[Connection], Log],
        *,
        reading: Reading,
        writing: Reading,
        rulebooks: Mapping[str, Rulebook],
        partial: bool = False,
    ) -> None:
        self._log = log
        self._partial = partial
        self._reading = reading
        self._writing = writing
        self._rulebooks = rulebooks
        self._marks = Marks(rulebooks)
        self._history: SettingHistory | None = None
        self._history_upto = 0
        self._kept = Kept()
        self._tables_there = False

    def level(self) -> int | None:
        """Return the position that the log and the lines have both reached, if the lines have."""
        with self._reading() as connection:
            head = self._log(connection).head().position
            return head if self._reached(connection) == head else None

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
        """Throw all lines away, make them anew from the log, and return the position reached."""
        with self._writing() as connection:
            self._make_tables(connection)
            connection.execute(delete(progress))
            return self._advance(connection, watch)

    @contextmanager
    def replayed(self, watch: Watch | None = None) -> Iterator[tuple[Connection, Replay]]:
        """Lend a connection that sees the live lines, and a way to see them made anew instead.

        Nobody records meanwhile, and all of it is given up afterwards: live lines stay as they are.
        """
        with self._writing() as connection:
            self._make_tables(connection)
            self._advance(connection, None)

            def replay() -> None:
                connection.execute(delete(progress))
                self._advance(connection, watch)

            yield connection, replay
            connection.rollback()
            self._history = None

    def _make_tables(self, connection: Connection) -> None:
        if not self._tables_there:
            metadata.create_all(connection)

    def _reached(self, connection: Connection) -> int | None:
        """Return the position that usable lines have reached, if there are any."""
        if not self._tables_there and not connection.dialect.has_table(connection, progress.name):
            return None
        row = _REACHED.run(connection).fetchone()
        return row[0] if row and self._marks.hold(row[1]) else None

    def _advance(
        self,
        connection: Connection,
        watch: Watch | None,
        fresh: Mapping[int, Event] = MappingProxyType({}),
    ) -> int:
        since = self._reached(connection) or 0
        if since == 0:
            for table in (progress, line, fact, brought):
                connection.execute(delete(table))
            self._kept.clear()
        # The head is read after the lock is held, so that nothing is stored behind it unseen.
        log = self._log(connection)
        head = max(fresh) if since + 1 in fresh else log.head().position
        with _collector_at_rest(head - since):
            # What is made anew is made of what is stored, not of what was once read.
            kept = self._kept if since else None
            events = Events(log, fresh, kept=kept, partial=self._partial)
            history = self._bring_up(connection, events, since, head, watch)
        mark = self._marks.of(rulebook_of(cycle, self._rulebooks) for cycle in history.cycles)
        (_MOVED if since else _BEGUN).run(connection, at=head, mark=mark)
        return head

    def _bring_up(
        self, connection: Connection, events: Events, since: int, head: int, watch: Watch | None
    ) -> SettingHistory:
        """Sort the events after ``since`` into topics and judge those that they touch."""
        sorter = TopicSorter(connection, self._log(connection), since=since)
        for position, event in events.between(since, head):
            sorter.add(position, event)
        topics = sorter.finish()
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
