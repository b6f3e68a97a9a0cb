"""Writing to the log, inside a transaction of the one writer.

The statements are SQLAlchemy's, compiled once for the database; the rows are plain tuples that its
driver takes as they are.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eventsourcing.persistence import IntegrityError
from sqlalchemy import bindparam, insert, text, update

from infra.store.rows import Row, parts
from infra.store.schema import event, head, tile
from infra.store.tree import STATE, State, StoredTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from eventsourcing.persistence import Tracking
    from sqlalchemy import ClauseElement, Dialect
    from sqlalchemy.engine.interfaces import DBAPICursor

    from domain.audit.tiles import Tile
    from domain.audit.tree import Edge

_VERSIONS: Final = "SELECT stream, max(version) FROM event WHERE stream IN ({}) GROUP BY stream"
_COPY: Final = f"COPY event ({', '.join(column.name for column in event.columns)}) FROM STDIN"
# What COPY's text format reserves (PostgreSQL, COPY, "Text Format").
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class _Statements(NamedTuple):
    state: str
    insert: str
    tile: str
    move_head: str
    track: str


class LogWriter:
    """What can be done to the log in one transaction; the recorder decides what is done."""

    def __init__(self, cursor: DBAPICursor, dialect: Dialect) -> None:
        self._cursor = cursor
        self._statements = _compiled(dialect)
        self._copies = dialect.name == "postgresql"
        self._mark = "?" if dialect.paramstyle == "qmark" else "%s"
        self.tree = StoredTree(dialect, self._ask)

    def _ask(self, statement: str, values: tuple[int | str, ...]) -> Sequence[Any]:
        self._cursor.execute(statement, values)
        return self._cursor.fetchall()

    def state(self) -> State:
        """Return which log this is, how far it reaches, and its tree.

        Raises:
            IntegrityBroken: the head row is gone or its tree does not fit.
        """
        self._cursor.execute(self._statements.state)
        return State.of(self._cursor.fetchone())

    def versions(self, streams: Iterable[str]) -> dict[str, int]:
        """Return the last version of each of these streams; streams without events are left out."""
        found: dict[str, int] = {}
        for part in parts(streams):
            marks = ", ".join([self._mark] * len(part))
            found.update(self._ask(_VERSIONS.format(marks), tuple(part)))
        return found

    def insert(self, rows: Sequence[Row]) -> None:
        """Append rows, by the fastest way that the database has for many at once."""
        if self._copies:
            driver: Any = self._cursor  # cursors of pg8000 take a stream, others do not
            driver.execute(_COPY, stream=io.BytesIO("".join(map(_copy_line, rows)).encode()))
        else:
            self._cursor.executemany(self._statements.insert, rows)

    def keep_tiles(self, tiles: Sequence[Tile]) -> None:
        """Store blocks of the tree that became full."""
        for full in tiles:
            values = (full.height, full.index, full.root, full.hashes)
            self._cursor.execute(self._statements.tile, values)

    def move_head(self, edge: Edge, recorded_at: str) -> None:
        """Let the log reach to the end of ``edge``, recorded at ``recorded_at``."""
        self._cursor.execute(self._statements.move_head, (edge.size, recorded_at, edge.to_bytes()))

    def track(self, tracking: Tracking) -> None:
        """Note how far a reader of a log has come.

        Raises:
            IntegrityError: it was that far already, so this was done before.
        """
        name, position = tracking.application_name, tracking.notification_id
        self._cursor.execute(self._statements.track, (name, position))
        if self._cursor.rowcount != 1:
            raise IntegrityError(f"{name} has processed {position} before")


_COMPILED: Final[dict[str, _Statements]] = {}
"""By the name of the dialect, so that no engine is kept for its statements."""


def _compiled(dialect: Dialect) -> _Statements:
    if dialect.name not in _COMPILED:
        _COMPILED[dialect.name] = _compile(dialect)
    return _COMPILED[dialect.name]


def _compile(dialect: Dialect) -> _Statements:
    statements: tuple[ClauseElement, ...] = (
        STATE,
        insert(event),
        insert(tile),
        update(head).values(
            position=bindparam("to"), recorded_at=bindparam("at"), edge=bindparam("roots")
        ),
        text(
            "INSERT INTO tracking (name, position) VALUES (:name, :position) "
            "ON CONFLICT (name) DO UPDATE SET position = excluded.position "
            "WHERE tracking.position < excluded.position"
        ),
    )
    return _Statements(*(str(statement.compile(dialect=dialect)) for statement in statements))


def _copy_line(row: Row) -> str:
    position, stream, version, type_, recorded_at, data, leaf = row
    names = f"{stream.translate(_ESCAPES)}\t{version}\t{type_.translate(_ESCAPES)}"
    return f"{position}\t{names}\t{recorded_at}\t\\\\x{data.hex()}\t\\\\x{leaf.hex()}\n"
