"""The whole log in the database examined: rows, leaves, tree, and every checkpoint ever signed.

Everything is computed again from the rows. Rows that were changed without their leaf are named one
by one; where leaf and tree were changed with the row, the checkpoints that lie outside the database
say between which positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from domain.audit.entry import NotAnEntry, entry_writer, read_entry
from domain.audit.tree import HASH_LENGTH, Edge, leaf_hash
from domain.errors import IntegrityBroken
from infra.audit.finding import Finding
from infra.audit.stored_tree import TileCheck
from infra.store.schema import event
from infra.store.transactions import reading
from infra.store.tree import STATE, State

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from domain.watching import Watch

_PAGE = 2_000
_TYPES = [int, str, int, str, str, bytes, bytes]
_LOST = Edge(-1)
"""In place of an edge that cannot be one."""


class Examined:
    """What was found in the rows, and the roots that the log had at the sizes asked for."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.roots: dict[int, bytes] = {}
        self.position = 0
        self.origin = ""
        self.readable = True
        """Whether every row is of the form that this program writes, so that it can be replayed."""


def examine(engine: Engine, sizes: Sequence[int], watch: Watch | None = None) -> Examined:
    """Examine every row of the log, and its tree; ``sizes`` are those whose roots are wanted."""
    found = Examined()
    with reading(engine) as connection:
        row = connection.execute(STATE).one_or_none()
        try:
            state = State.of(row)
        except IntegrityBroken as error:
            found.findings.append(Finding("HEAD", error.what))
            if row is None or type(row.origin) is not str or not _counts(row.position):
                return found  # without its name no leaf can be made
            state = State(row.position, None, row.origin, _LOST, None)
        found.origin, found.position = state.origin, state.position
        _Walk(connection, state, sorted(set(sizes)), found).run(watch)
    return found


def _counts(value: object) -> bool:
    return type(value) is int and value >= 0


class _Walk:
    """One pass over the rows, in order."""

    def __init__(
        self, connection: Connection, state: State, sizes: list[int], found: Examined
    ) -> None:
        self._connection = connection
        self._state = state
        self._sizes = sizes
        self._found = found
        self._versions: dict[str, int] = {}
        self._edge: Edge | None = Edge()
        self._tiles = TileCheck(connection)
        self._last, self._recorded_at = 0, ""

    def run(self, watch: Watch | None) -> None:
        while page := self._page():
            self._grow([self._leaf(row) for row in page])
            if watch:
                watch(self._last, max(self._state.position, self._last))
        self._end()

    def _page(self) -> Sequence[Any]:
        query = select(event).where(event.c.position > self._last).order_by(event.c.position)
        return self._connection.execute(query.limit(_PAGE)).all()

    def _leaf(self, row: Any) -> bytes:  # noqa: ANN401  a row of the table has no static type
        """Return the stored leaf of a row, and note what is wrong with the row.

        The tree is held against the stored leaves: a row changed alone is named by its number, and
        the rest still fits.
        """
        at = row.position
        if at != self._last + 1:
            text = f"缺少事件 #{self._last + 1}" + (f" 至 #{at - 1}" if at > self._last + 2 else "")
            self._note("GAP", text, self._last + 1, at - 1)
            self._edge = None  # what stands where in the tree is not known any more
        self._last = at
        if [type(value) for value in row] != _TYPES:
            return self._misfit(row)
        if row.version != (expected := self._versions.get(row.stream, 0) + 1):
            text = f"事件 #{at} 是 {row.stream} 的第 {row.version} 条，应为第 {expected} 条"
            self._note("VERSION", text, at, at)
        if row.recorded_at < self._recorded_at:
            self._note("CLOCK", f"事件 #{at} 的登记时间早于前一条", at, at)
        self._recorded_at = row.recorded_at
        self._versions[row.stream] = row.version
        write = entry_writer(self._state.origin, row.recorded_at)
        entry = write(at, row.stream, row.version, row.type, row.data)
        if leaf_hash(entry) != row.leaf:
            self._note("ALTERED", f"事件 #{at}（{row.type}）的内容与它的叶子不符：被改动过", at, at)
        else:
            try:
                read_entry(entry)
            except NotAnEntry as error:
                self._note("FORM", f"事件 #{at}（{row.type}）的写法不对：{error}", at, at)
        return bytes(row.leaf)

    def _misfit(self, row: Any) -> bytes:  # noqa: ANN401  a row of the table has no static type
        """Note a row of values that this program never writes, and return its leaf all the same.

        SQLite keeps whatever is put into a column.
        """
        at = row.position
        self._note("ALTERED", f"事件 #{at} 的各列不是本程序写的样子：被改动过", at, at)
        self._found.readable = False
        if type(row.version) is int:
            self._versions[row.stream] = row.version
        return row.leaf if type(row.leaf) is bytes else bytes(HASH_LENGTH)

    def _grow(self, leaves: list[bytes]) -> None:
        if self._edge is None:
            return
        self._found.findings += self._tiles.take(leaves)
        for size in [size for size in self._sizes if self._edge.size < size]:
            if size > self._edge.size + len(leaves):
                break
            more = size - self._edge.size
            self._edge, leaves = self._edge.append(*leaves[:more]), leaves[more:]
            self._found.roots[size] = self._edge.root
        self._edge = self._edge.append(*leaves)

    def _end(self) -> None:
        if self._last < self._state.position:
            first, last = self._last + 1, self._state.position
            self._note("GAP", f"日志末尾缺少事件 #{first} 至 #{last}", first, last)
        elif self._edge is not None:
            self._found.findings += self._tiles.rest()
            if self._last > self._state.position:
                first = self._state.position + 1
                text = f"#{first} 至 #{self._last} 在日志的末尾之后，不是由本程序登记的"
                self._note("COUNT", text, first, self._last)
            else:
                self._check_head(self._edge)

    def _check_head(self, edge: Edge) -> None:
        """Hold the head row against the rows: each root of the edge, and the last moment."""
        held, start = self._state.edge, 0
        if held is _LOST:
            return
        for mine, kept in zip(edge.roots, held.roots, strict=True):
            first, start = start + 1, start + (1 << (edge.size - start).bit_length() - 1)
            if mine != kept:
                text = f"审计树的右边缘与 #{first} 至 #{start} 的记录不符"
                self._note("TREE", text, first, start)
        if (self._state.recorded_at or "") != self._recorded_at:
            self._note("HEAD", "head 行记着的最后登记时间与最后一条记录的不同")

    def _note(
        self, code: str, text: str, first: int | None = None, last: int | None = None
    ) -> None:
        self._found.findings.append(Finding(code, text, first, last))
