"""The recorder: the log behind the interfaces of eventsourcing, on SQLite and on PostgreSQL.

It differs from the recorders that the library brings in what an audit needs: positions have no
gaps, the store says when something was recorded, and a batch can be made to depend on nobody else
having recorded anything meanwhile.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import Notification, ProcessRecorder, StoredEvent
from sqlalchemy import select

from domain.audit.entry import entry_writer
from domain.audit.tiles import TreeIncomplete, append
from domain.audit.tree import leaf_hash
from domain.errors import IntegrityBroken
from infra.store.errors import HeadMoved
from infra.store.reading import LogReader
from infra.store.rows import BROKEN_FIX, moment_text
from infra.store.schema import event
from infra.store.schema import tracking as tracking_table
from infra.store.subscription import PollingSubscription
from infra.store.transactions import driving, reading
from infra.store.writing import LogWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from eventsourcing.persistence import Tracking
    from sqlalchemy import Engine

    from infra.store.rows import Row
    from infra.store.tree import State


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


class EventRecorder(LogReader, ProcessRecorder):
    """Records events and reads them, for one database whose schema exists.

    Streams have names, such as ``item/2022-017``; a UUID in their place is written out. One
    recorder may be used by many threads, and many processes may record into one database.
    """

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = now) -> None:
        super().__init__(partial(reading, engine))
        self._engine = engine
        self._clock = clock
        self._turn = Lock()  # threads queue here, in place of asking the database again and again

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        after: int | None = None,
        tracking: Tracking | None = None,
        following: bool = False,
        **_: Any,  # noqa: ANN401 - the interface lets callers pass what other recorders understand
    ) -> Sequence[int]:
        """Record a batch, all of it or nothing, and return the positions that it got.

        ``after`` is the head that the batch was decided on. ``tracking`` notes, in the same
        transaction, how far the reader of some other log has come. With ``following`` the versions
        of the batch begin at 1 in each stream and follow the last one that is recorded there.

        Raises:
            HeadMoved: the head is not at ``after`` any more; decide the batch again.
            IntegrityError: a version of a stream is there already, or ``tracking`` is not new.
            IntegrityBroken: the database has lost its head row.
            PersistenceError: the database failed; the kind says how.
        """
        if not stored_events and tracking is None and after is None:
            return []
        with self._turn, driving(self._engine) as cursor:
            log = LogWriter(cursor, self._engine.dialect)
            state = log.state()
            if after is not None and after != state.position:
                raise HeadMoved(expected=after, actual=state.position)
            last: Mapping[str, int] = {}
            if following and state.position:
                last = log.versions({str(e.originator_id) for e in stored_events})
            rows = self._numbered(stored_events, state, last)
            if rows:
                _seal(log, rows, state)
            if tracking is not None:
                log.track(tracking)
        return [row[0] for row in rows]

    def _numbered(
        self, stored_events: Sequence[StoredEvent], state: State, last: Mapping[str, int]
    ) -> list[Row]:
        """Give each event the next position, all one moment, which never goes back, and its leaf.

        ``last`` are the versions that those of the batch follow. The leaf covers every field of the
        row and the name of the log.
        """
        at = max(moment_text(self._clock()), state.recorded_at or "")
        write = entry_writer(state.origin, at)
        return [
            (
                position,
                stream := str(e.originator_id),
                version := e.originator_version + last.get(stream, 0),
                name := e.topic,
                at,
                data := e.state,
                leaf_hash(write(position, stream, version, name, data)),
            )
            for position, e in enumerate(stored_events, state.position + 1)
        ]

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return the events of one stream with ``gt < version <= lte``, in order of version."""
        version = event.c.version
        statement = (
            select(event.c.stream, version, event.c.type, event.c.data)
            .where(event.c.stream == str(originator_id))
            .order_by(version.desc() if desc else version)
            .limit(limit)
        )
        if gt is not None:
            statement = statement.where(version > gt)
        if lte is not None:
            statement = statement.where(version <= lte)
        with self._reading() as connection:
            return [StoredEvent(*row) for row in connection.execute(statement)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return up to ``limit`` events from ``start`` to ``stop``, of these types or of all."""
        position = event.c.position
        statement = (
            select(event.c.stream, event.c.version, event.c.type, event.c.data, position)
            .order_by(position)
            .limit(limit)
        )
        if start is not None:
            first = start if inclusive_of_start else start + 1
            statement = statement.where(position >= first)
        if stop is not None:
            statement = statement.where(position <= stop)
        if topics:
            statement = statement.where(event.c.type.in_(topics))
        with self._reading() as connection:
            return [Notification(*row) for row in connection.execute(statement)]

    def max_notification_id(self) -> int | None:
        """Return the last position, or ``None`` when nothing was recorded."""
        return self.head().position or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> PollingSubscription:
        """Follow the log from after ``gt`` on; see `PollingSubscription`."""
        return PollingSubscription(self, gt, topics)

    def insert_tracking(self, tracking: Tracking) -> None:
        """Note how far the reader of some other log has come.

        Raises:
            IntegrityError: it was that far already.
        """
        self.insert_events([], tracking=tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """Return how far a reader has come, or ``None`` when it never said."""
        table = tracking_table.c
        statement = select(table.position).where(table.name == application_name)
        with self._reading() as connection:
            return connection.execute(statement).scalar_one_or_none()


def _seal(log: LogWriter, rows: Sequence[Row], state: State) -> None:
    """Store rows and, with them, all that has to agree with them.

    This is the one place where a batch is final, under the lock of the one writer and before the
    commit: what is computed from the rows and kept beside them, the tree and the head, is computed
    and kept here.
    """
    try:
        edge, tiles = append(state.edge, [row[-1] for row in rows], log.tree)
    except TreeIncomplete as error:
        raise IntegrityBroken(f"审计树不全：{error}", fix=BROKEN_FIX) from error
    log.insert(rows)
    log.keep_tiles(tiles)
    log.move_head(edge, rows[-1][4])
