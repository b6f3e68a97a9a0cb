"""The lines brought up to the log: one path, whether for one event or for all of them.

New events are sorted into topics; each topic that they touch is judged with all of its facts,
and the difference of its lines is written. Rebuilding is the same from position zero, subject
by subject, each released when it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.codec import decode
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged
from domain.events.setting import SETTING
from domain.log import Log, Row
from domain.register import Register, plain_rows
from domain.register import Row as FactRow
from domain.rulebook.model import Rulebook
from projections.facts import Reading, RecordedFacts, rows_of
from projections.grounding import ground_of, holds
from projections.grouping import Subject
from projections.history import SettingHistory
from projections.judging import judge
from projections.readings import rulebook_of
from projections.tables import chunks, fact, insert_rows, line, metadata, progress
from projections.touched import touched_topics
from projections.writing import LineWriter

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAME = "lines"
_SUBJECTS_AT_ONCE = 300
_ROWS_HELD = 5000

Watch = Callable[[int, int], None]
"""Told how many of how many subjects are done."""

Replay = Callable[[], None]
"""Makes the lines anew from the whole log."""


class LineProjection:
    """The score lines of the log, kept in the same database.

    ``partial`` is for a log that holds only some events on purpose, such as one unit's; else a
    missing position raises ``IntegrityBroken``.
    """

    def __init__(
        self,
        log: Log,
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
        self._history: SettingHistory | None = None
        self._history_upto = 0
        self._fresh: Mapping[int, Event] = {}

    def catch_up(
        self, watch: Watch | None = None, *, fresh: Mapping[int, Event] | None = None
    ) -> int:
        """Bring the lines up to the log and return the position they have reached.

        Changes nothing when they are there already. ``fresh`` are events that were recorded a
        moment ago and need not be read again.
        """
        self._fresh = fresh or {}
        head = self._log.head().position
        with self._reading() as connection:
            if self._reached(connection) == head:
                return head
        try:
            with self._writing() as connection:
                metadata.create_all(connection)
                return self._advance(connection, watch)
        finally:
            self._fresh = {}

    def rebuild(self, watch: Watch | None = None) -> int:
        """Throw all lines away, make them anew from the log, and return the position reached."""
        with self._writing() as connection:
            metadata.create_all(connection)
            connection.execute(delete(progress))
            return self._advance(connection, watch)

    @contextmanager
    def replayed(self, watch: Watch | None = None) -> Iterator[tuple[Connection, Replay]]:
        """Lend a connection that sees the live lines, and a way to see them made anew instead.

        Nobody records meanwhile, and all of it is given up afterwards: live lines stay as they are.
        """
        with self._writing() as connection:
            metadata.create_all(connection)
            self._advance(connection, None)

            def replay() -> None:
                connection.execute(delete(progress))
                self._advance(connection, watch)

            yield connection, replay
            connection.rollback()
            self._history = None

    def _reached(self, connection: Connection) -> int | None:
        """Return the position that usable lines have reached, if there are any."""
        if not connection.dialect.has_table(connection, progress.name):
            return None
        query = select(progress.c.position, progress.c.version).where(progress.c.name == _NAME)
        row = connection.execute(query).one_or_none()
        return row.position if row and holds(row.version, self._rulebooks) else None

    def _advance(self, connection: Connection, watch: Watch | None) -> int:
        since = self._reached(connection) or 0
        if since == 0:
            for table in (progress, line, fact):
                connection.execute(delete(table))
        # The head is read after the lock is held, so that nothing is stored behind it unseen.
        head = self._log.head().position
        topics = self._sort_into_topics(connection, since, head)
        history = self._history_upto_head(connection, since, head)
        topics |= touched_topics(connection, history, since)
        self._judge(connection, sorted(topics), history, since, watch)
        connection.execute(delete(progress).where(progress.c.name == _NAME))
        books = (rulebook_of(cycle, self._rulebooks) for cycle in history.cycles)
        done = {"name": _NAME, "position": head, "version": ground_of(books)}
        connection.execute(insert(progress).values(done))
        return head

    def _sort_into_topics(self, connection: Connection, since: int, head: int) -> set[str]:
        """Store which topics each new event belongs to, and return those to be judged."""
        touched: set[str] = set()
        waiting: list[FactRow] = []

        def store() -> None:
            touched.update(topic for topic, _ in waiting)
            insert_rows(connection, fact, ("topic", "position"), waiting)
            waiting.clear()

        for row in self._log.rows(after=since, upto=head):
            since = row.position if self._partial else since + 1
            if row.position != since:
                message = f"日志缺少事件 #{since}"
                raise IntegrityBroken(message, fix="请保留数据库原件，与备份核对。")
            event = self._fresh.get(since) or _event(row)
            if isinstance(event, Amendment | ItemsMerged):
                store()  # what these take in depends on all that came before them
                waiting += self._register(connection).record(row.position, event)
            else:
                waiting += plain_rows(row.position, event)
            if len(waiting) > _ROWS_HELD:
                store()
        store()
        return {topic for topic in touched if topic not in SETTING and topic[:4] != "ref/"}

    def _register(self, connection: Connection) -> Register:
        return Register(RecordedFacts(lambda: _held(connection), self._log))

    def _history_upto_head(self, connection: Connection, since: int, head: int) -> SettingHistory:
        """Return the setting's history; what is kept in memory is only extended."""
        if self._history is None or self._history_upto > since or since == 0:
            self._history, self._history_upto = SettingHistory(self._rulebooks), 0
        rows = rows_of(connection, SETTING)
        positions = sorted({at for _, at in rows if at > self._history_upto})
        self._history.extend(self._events(positions).items())
        self._history_upto = head
        return self._history

    def _events(self, positions: Iterable[int]) -> dict[int, Event]:
        wanted = list(positions)
        found = {at: self._fresh[at] for at in wanted if at in self._fresh}
        missing = self._log.rows_at(at for at in wanted if at not in found)
        found.update((row.position, _event(row)) for row in missing)
        return {at: found[at] for at in wanted if at in found}

    def _judge(
        self,
        connection: Connection,
        topics: list[str],
        history: SettingHistory,
        since: int,
        watch: Watch | None,
    ) -> None:
        writer, done = LineWriter(connection), 0
        for chunk in chunks(topics, _SUBJECTS_AT_ONCE):
            positions: dict[str, list[int]] = {topic: [] for topic in chunk}
            for topic, at in rows_of(connection, chunk):
                positions[topic].append(at)
            events = self._events(sorted({at for held in positions.values() for at in held}))
            known = writer.open_lines(chunk) if since else {}
            for topic in chunk:
                rows = [(at, events[at]) for at in sorted(positions[topic])]
                held = known.get(topic, {})
                changes = judge(Subject.of(topic), rows, history, since=since, known=held)
                writer.write(topic, changes, held)
            writer.flush()
            done += len(chunk)
            if watch:
                watch(done, len(topics))


def _event(row: Row) -> Event:
    return decode(row.type, row.data, position=row.position)


@contextmanager
def _held(connection: Connection) -> Iterator[Connection]:
    """Lend the connection of the transaction that is going on."""
    yield connection
