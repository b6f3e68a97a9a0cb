"""The audit tree as the database holds it: leaves in the rows of the log, full blocks as tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sqlalchemy import bindparam, select

from domain.audit.tiles import WIDTH, TiledTree
from domain.audit.tree import HASH_LENGTH, Edge, EdgeBroken
from domain.errors import IntegrityBroken
from infra.store.rows import BROKEN_FIX, head_row
from infra.store.schema import event, head, tile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import BindParameter, Connection, Dialect

    Ask: TypeAlias = Callable[[str, tuple[int, ...]], Sequence[Any]]
    """Runs a statement of the driver and returns its rows."""


class State(NamedTuple):
    """Which log this is and how far it reaches, with the right edge of its tree."""

    position: int
    recorded_at: str | None
    origin: str
    edge: Edge
    key: str | None

    @classmethod
    def of(cls, row: Sequence[Any] | None) -> State:
        """Take the state from the head row.

        Raises:
            IntegrityBroken: the row is gone, so nobody knows which numbers were given, or it is
            not of a form that was ever written, or the edge does not fit the position.
        """
        row = head_row(row)
        if [type(value) for value in row[1:]] not in _HEADS:
            what = "记着编号用到哪里的那一行（head）不是本程序写的样子"
            raise IntegrityBroken(what, fix=BROKEN_FIX)
        position, recorded_at, origin, edge, key = row
        try:
            return cls(position, recorded_at, origin, Edge.from_bytes(position, edge), key)
        except EdgeBroken as error:
            raise IntegrityBroken(f"审计树的{error}", fix=BROKEN_FIX) from error


_HEADS = [[moment, str, bytes, key] for moment in (str, type(None)) for key in (str, type(None))]
"""The types of what a head row holds behind the position."""

STATE = select(head.c.position, head.c.recorded_at, head.c.origin, head.c.edge, head.c.key)


class StoredTree:
    """Rows of hashes, read by the statements of one transaction."""

    def __init__(self, dialect: Dialect, ask: Ask) -> None:
        self._leaves, self._roots, self._tile = _compiled(dialect)
        self._ask = ask

    def row(self, height: int, start: int, stop: int) -> Sequence[bytes]:
        """Return the hashes ``start`` to ``stop`` (not included) of a row of the tree, in order."""
        if stop - start == WIDTH:  # a full block: one tile instead of 256 rows
            found = self._ask(self._tile, (height, start // WIDTH))
            return [part for row in found for part in _parts(bytes(row[0]))]
        if height == 0:
            return [bytes(row[0]) for row in self._ask(self._leaves, (start, stop))]
        return [bytes(row[0]) for row in self._ask(self._roots, (height - 1, start, stop))]


def tree_of(connection: Connection, size: int) -> TiledTree:
    """Return the tree as it was at ``size`` leaves, read while ``connection`` lasts."""

    def ask(statement: str, values: tuple[int, ...]) -> Sequence[Any]:
        return connection.exec_driver_sql(statement, values).fetchall()

    return TiledTree(StoredTree(connection.dialect, ask), size)


def _parts(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_LENGTH] for at in range(0, len(hashes), HASH_LENGTH)]


_COMPILED: dict[str, tuple[str, str, str]] = {}
"""By the name of the dialect, so that no engine is kept for its statements."""


def _compiled(dialect: Dialect) -> tuple[str, str, str]:
    if dialect.name not in _COMPILED:
        _COMPILED[dialect.name] = _compile(dialect)
    return _COMPILED[dialect.name]


def _compile(dialect: Dialect) -> tuple[str, str, str]:
    start: BindParameter[int] = bindparam("start")
    stop: BindParameter[int] = bindparam("stop")
    leaves = (
        select(event.c.leaf)
        .where(event.c.position > start, event.c.position <= stop)
        .order_by(event.c.position)
    )
    roots = (
        select(tile.c.root)
        .where(tile.c.height == bindparam("height"), tile.c.index >= start, tile.c.index < stop)
        .order_by(tile.c.index)
    )
    full = select(tile.c.hashes).where(
        tile.c.height == bindparam("height"), tile.c.index == bindparam("index")
    )
    parts = [str(each.compile(dialect=dialect)) for each in (leaves, roots, full)]
    return parts[0], parts[1], parts[2]
