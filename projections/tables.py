"""The tables of the projections. All of them can be thrown away and made again from the log.

``fact`` says which events a topic rests on, ``brought`` what amendments and mergers brought to
topics beyond those that an event itself names, and ``line`` holds every line with its two times:
all three are the lines' own. ``ref`` says which event was recorded under which of the writer's own
numbers, whatever the rules are. ``progress`` says of the lines and of the refs how far, and by
which version, they were made. Open ends are sentinels; points are whole hundredths; texts are
compared byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, delete

from domain.errors import IntegrityBroken

if TYPE_CHECKING:
    from sqlalchemy import Connection

_T = TypeVar("_T")

OPEN = 2**53
"""The ``known_to`` of a line that nothing has ended yet: greater than any position."""

_ROWS_AT_ONCE = 1000
_KIND = "SELECT type FROM sqlite_master WHERE type IN ('table', 'view') AND lower(name) = ?"

_BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")
_ROWID = BigInteger().with_variant(Integer(), "sqlite")

REBUILD_FIX = "用 kaohe rebuild 可重新计算；请先保留数据库原件备查。"
"""What to do when something in these tables is wrong."""

metadata = MetaData()

fact = Table(
    "fact",
    metadata,
    Column("topic", _BYTEWISE, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

brought = Table(
    "brought",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", _BYTEWISE, primary_key=True),
    sqlite_with_rowid=False,
)

ref = Table(
    "ref",
    metadata,
    Column("ref", _BYTEWISE, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

line = Table(
    "line",
    metadata,
    Column("id", _ROWID, primary_key=True),
    Column("subject", _BYTEWISE, nullable=False),
    Column("unit", _BYTEWISE, nullable=False),
    Column("cycle", _BYTEWISE, nullable=False),
    Column("indicator", _BYTEWISE, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("code", _BYTEWISE, nullable=False),
    Column("text", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("effective_from", _BYTEWISE, nullable=False),
    Column("effective_to", _BYTEWISE, nullable=False),
    Column("known_from", BigInteger, nullable=False),
    Column("known_to", BigInteger, nullable=False),
    Index(
        "line_totals",
        "cycle",
        "unit",
        "indicator",
        "known_to",
        "known_from",
        "effective_from",
        "effective_to",
        "points",
    ),
    Index("line_subject", "subject", "known_to"),
)

progress = Table(
    "progress",
    metadata,
    Column("name", _BYTEWISE, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("version", _BYTEWISE, nullable=False),
)


def remake(connection: Connection) -> None:
    """Throw away everything that is in the tables, which are there and empty afterwards.

    On SQLite they themselves are thrown away, with whatever was put on them or in their place. On
    a server others have their rights on the tables, and its administrator sees what is on them.
    """
    if connection.dialect.name == "sqlite":
        for table in metadata.tables.values():
            for kind in connection.exec_driver_sql(_KIND, (table.name,)).scalars().all():
                connection.exec_driver_sql(f"DROP {kind} {table.name}")
            for index in table.indexes:  # somebody may have put one of that name elsewhere
                connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index.name}")
    metadata.create_all(connection)
    for table in metadata.tables.values():
        connection.execute(delete(table))


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert ``rows`` into ``columns`` of ``table``; a row whose key is there already is left.

    The statement is written once and given tuples: building each row through SQLAlchemy would
    take longer than storing it.
    """
    names = ", ".join(columns)
    sqlite = connection.dialect.name == "sqlite"
    cursor = connection.connection.cursor()
    for chunk in chunks(rows, _ROWS_AT_ONCE):
        if sqlite:
            marks = ", ".join("?" * len(columns))
            cursor.executemany(_insert(table, names, f"({marks})"), chunk)
        else:
            marks = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(chunk))
            sql = _insert(table, names, marks)
            cursor.execute(sql, tuple(value for row in chunk for value in row))


def _insert(table: Table, names: str, marks: str) -> str:
    # Names of our own tables and columns, never anything that was entered.
    return f"INSERT INTO {table.name} ({names}) VALUES {marks} ON CONFLICT DO NOTHING"  # noqa: S608


def chunks(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Return ``items`` in lists of up to ``size``."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


def not_written(what: str) -> IntegrityBroken:
    """Return what to say of something in these tables that this program never wrote."""
    return IntegrityBroken(f"{what}不是本程序写的样子", fix=REBUILD_FIX)
