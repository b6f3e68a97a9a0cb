"""The stored tree held against the entries: every full block, as the entries would make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from domain.audit.tiles import WIDTH
from domain.audit.tree import HASH_LENGTH, root_of
from infra.audit.finding import Finding
from infra.store.schema import tile

if TYPE_CHECKING:
    from sqlalchemy import Connection


class TileCheck:
    """Takes the leaf hashes in order, and finds the stored blocks that are not theirs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open: list[list[bytes]] = []
        self._full: list[int] = []

    def take(self, leaves: Sequence[bytes]) -> Iterator[Finding]:
        """Add leaf hashes; yield what is wrong with the blocks that they fill."""
        for leaf in leaves:
            yield from self._put(0, leaf)

    def _put(self, height: int, value: bytes) -> Iterator[Finding]:
        if len(self._open) == height:
            self._open.append([])
            self._full.append(0)
        block = self._open[height]
        block.append(value)
        if len(block) == WIDTH:
            index, root = self._full[height], root_of(block)
            stored = self._stored(height, index)
            if stored != (root, b"".join(block)):
                yield from _wrong(height, index, block, stored)
            self._full[height] += 1
            block.clear()
            yield from self._put(height + 1, root)

    def _stored(self, height: int, index: int) -> tuple[bytes, bytes] | None:
        query = select(tile.c.root, tile.c.hashes).where(
            tile.c.height == height, tile.c.index == index
        )
        row: Any = self._connection.execute(query).one_or_none()
        if row is None or not (type(row.root) is type(row.hashes) is bytes):
            return None
        return row.root, row.hashes

    def rest(self) -> Iterator[Finding]:
        """Yield what is wrong when all leaves were taken: blocks that nothing fills."""
        stored = self._connection.scalar(select(func.count()).select_from(tile)) or 0
        more = stored - sum(self._full)
        if more > 0:
            yield Finding("TREE", f"审计树多出 {more} 个树块")


def _wrong(
    height: int, index: int, block: list[bytes], stored: tuple[bytes, bytes] | None
) -> Iterator[Finding]:
    """Yield the rows whose leaves the block shows to be others now, or else the block itself.

    A block whose own root is not that of its hashes was changed itself, and shows nothing.
    """
    width = WIDTH ** (height + 1)
    first, last = index * width + 1, (index + 1) * width
    root, hashes = stored or (b"", b"")
    held = [hashes[at : at + HASH_LENGTH] for at in range(0, len(hashes), HASH_LENGTH)]
    other = [at for at, pair in enumerate(zip(held, block, strict=False)) if len(set(pair)) > 1]
    if height or len(held) != WIDTH or root_of(held) != root:
        yield Finding("TREE", f"审计树中 #{first} 至 #{last} 的树块与记录不符", first, last)
        return
    for at in other:
        position = first + at
        text = f"事件 #{position} 的叶子与审计树记着的不同：记录连同叶子被改动过"
        yield Finding("ALTERED", text, position, position)
