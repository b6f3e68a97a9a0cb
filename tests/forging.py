"""A forger: somebody with all rights on a database who knows the formats as well as we do.

Everything is computed by slow code that shares nothing with the product, so the same functions say
what a database should hold and make one that holds something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from infra.store.engine import open_engine
from tests.domain.audit import naive

if TYPE_CHECKING:
    from sqlalchemy import Connection

BLOCK = 256
_AT_ONCE = 100
KEPT = ("event", "tile", "checkpoint", "cosignature")


class Row(NamedTuple):
    """A row of the log, with its leaf."""

    position: int
    stream: str
    version: int
    type: str
    recorded_at: str
    data: bytes
    leaf: bytes


def entry(origin: str, row: Row) -> bytes:
    """Return the entry of a row: RFC 8785, which for ASCII keys and no fractions is plain JSON."""
    fields = {
        "event": json.loads(row.data),
        "log": origin,
        "position": row.position,
        "recorded_at": row.recorded_at,
        "stream": row.stream,
        "type": row.type,
        "version": row.version,
    }
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def leaf(origin: str, row: Row) -> bytes:
    """Return the leaf hash of a row (RFC 6962 §2.1)."""
    return sha256(b"\0" + entry(origin, row)).digest()


def leaf_as_stored(origin: str, row: Row) -> bytes:
    """Return the leaf hash of a row whose event may be written in another way than it should."""
    rest = entry(origin, row._replace(data=b"{}")).removeprefix(b'{"event":{}')
    return sha256(b'\0{"event":' + row.data + rest).digest()


def tiles(leaves: Sequence[bytes]) -> dict[tuple[int, int], tuple[bytes, bytes]]:
    """Return root and hashes of every full block, by height and index."""
    found, height, hashes = {}, 0, list(leaves)
    while len(hashes) >= BLOCK:
        blocks = [hashes[at : at + BLOCK] for at in range(0, len(hashes), BLOCK)]
        full = [block for block in blocks if len(block) == BLOCK]
        hashes = [naive.root(block) for block in full]
        for index, (root, block) in enumerate(zip(hashes, full, strict=True)):
            found[height, index] = root, b"".join(block)
        height += 1
    return found


def edge(leaves: Sequence[bytes]) -> bytes:
    """Return the roots of the complete subtrees, the largest first."""
    found, at = b"", 0
    for level in reversed(range(len(leaves).bit_length())):
        if len(leaves) >> level & 1:
            found += naive.root(leaves[at : at + (1 << level)])
            at += 1 << level
    return found


def rows_of(connection: Connection) -> list[Row]:
    """Return the rows of the log, in order."""
    found = connection.exec_driver_sql("SELECT * FROM event ORDER BY position")
    return [Row(*row) for row in found]


@contextmanager
def unguarded(database: str) -> Iterator[Connection]:
    """Lend a connection to a database whose triggers are switched off, and on again afterwards."""
    engine = open_engine(database)
    try:
        with engine.begin() as connection:
            back = _switched_off(connection)
            yield connection
            for statement in back:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _switched_off(connection: Connection) -> list[str]:
    """Switch the triggers off, and return the statements that put them on again."""
    run = connection.exec_driver_sql
    if connection.dialect.name != "sqlite":
        for table in KEPT:
            run(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")
        return [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change" for table in KEPT]
    made = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in made:
        run(f"DROP TRIGGER {name}")
    return [str(sql) for _, sql in made]


def forged(
    database: str,
    change: Callable[[list[Row]], Sequence[Row]],
    *,
    leaves: bool = False,
    tree: bool = False,
    head: bool = False,
) -> None:
    """Rewrite the log as ``change`` would have it.

    ``leaves``: each leaf is made to fit its row; ``tree``: blocks and edge are made to fit the
    leaves; ``head``: the number and the moment that were given last as well.
    """
    with unguarded(database) as connection:
        run = connection.exec_driver_sql
        origin = str(run("SELECT origin FROM head").scalar_one())
        rows = list(change(rows_of(connection)))
        if leaves:
            rows = [row._replace(leaf=leaf_as_stored(origin, row)) for row in rows]
        run("DELETE FROM event")
        insert(connection, "event", rows)
        hashes = [row.leaf for row in rows]
        if tree:
            run("DELETE FROM tile")
            full = tiles(hashes).items()
            insert(connection, "tile", [(*place, *held) for place, held in full])
            set_head(connection, "edge", edge(hashes))
        if head:
            set_head(connection, "position", len(rows))
            set_head(connection, "recorded_at", rows[-1].recorded_at if rows else None)


def insert(connection: Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows as they are."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        marks = ", ".join(f"({', '.join([mark] * len(row))})" for row in part)
        values = tuple(value for row in part for value in row)
        connection.exec_driver_sql(f"INSERT INTO {table} VALUES {marks}", values)


def set_head(connection: Connection, column: str, value: Any) -> None:  # noqa: ANN401  any value
    """Put a value into the head row."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    connection.exec_driver_sql(f"UPDATE head SET {column} = {mark}", (value,))
