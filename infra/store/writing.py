"""Writing to the log, inside a transaction of the one writer.

The statements are SQLAlchemy's, compiled once for the database; the rows are plain tuples that its
driver takes as they are.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventsourcing.persistence import IntegrityError
from sqlalchemy import bindparam, insert, select, text, update

from infra.store.rows import Head, Row
from infra.store.schema import event, head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventsourcing.persistence import Tracking
    from sqlalchemy import ClauseElement, Dialect
    from sqlalchemy.engine.interfaces import DBAPICursor

_COPY: Final = f"COPY event ({', '.join(column.name for column in event.columns)}) FROM STDIN"
# What COPY's text format reserves (PostgreSQL, COPY, "Text Format").
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class _Statements(NamedTuple):
    head: str
    insert: str
    move_head: str
    track: str


class LogWriter:
    """What can be done to the log in one transaction; the recorder decides what is done."""

    def __init__(self, cursor: DBAPICursor, dialect: Dialect) -> None:
        self._cursor = cursor
        self._statements = _compiled(dialect)
        self._copies = dialect.name == "postgresql"

    def head(self) -> Head:
        """Return how far the log reaches.

        Raises:
            IntegrityBroken: the head row is gone, so nobody knows which numbers were given.
        """
        self._cursor.execute(self._statements.head)
        return Head.of(self._cursor.fetchone())

    def insert(self, rows: Sequence[Row]) -> None:
        """Append rows, by the fastest way that the database has for many at once."""
        if self._copies:
            driver: Any = self._cursor  # cursors of pg8000 take a stream, others do not
            driver.execute(_COPY, stream=io.BytesIO("".join(map(_copy_line, rows)).encode()))
        else:
            self._cursor.executemany(self._statements.insert, rows)

    def move_head(self, position: int, recorded_at: str) -> None:
        """Let the log reach to ``position``, recorded at ``recorded_at``."""
        self._cursor.execute(self._statements.move_head, (position, recorded_at))

    def track(self, tracking: Tracking) -> None:
        """Note how far a reader of a log has come.

        Raises:
            IntegrityError: it was that far already, so this was done before.
        """
        name, position = tracking.application_name, tracking.notification_id
        self._cursor.execute(self._statements.track, (name, position))
        if self._cursor.rowcount != 1:
            raise IntegrityError(f"{name} has processed {position} before")


@cache
def _compiled(dialect: Dialect) -> _Statements:
    statements: tuple[ClauseElement, ...] = (
        select(head.c.position, head.c.recorded_at),
        insert(event),
        update(head).values(position=bindparam("to"), recorded_at=bindparam("at")),
        text(
            "INSERT INTO tracking (name, position) VALUES (:name, :position) "
            "ON CONFLICT (name) DO UPDATE SET position = excluded.position "
            "WHERE tracking.position < excluded.position"
        ),
    )
    return _Statements(*(str(statement.compile(dialect=dialect)) for statement in statements))


def _copy_line(row: Row) -> str:
    position, stream, version, type_, recorded_at, data = row
    names = f"{stream.translate(_ESCAPES)}\t{version}\t{type_.translate(_ESCAPES)}"
    return f"{position}\t{names}\t{recorded_at}\t\\\\x{data.hex()}\n"
