"""The tree kept in tiles: whole blocks of 256 hashes, so that any proof is a few reads.

A tile of height 0 holds the hashes of 256 leaves; one of height *h* the roots of 256 tiles of
height *h* − 1. It is written once, when its last hash is there, and never changes. What is not
yet in a full tile is read from where it lies anyway: leaf hashes in the rows of the log, roots of
tiles in the rows of the tiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from domain.audit.tree import Edge, joined

WIDTH: Final = 256
LEVELS: Final = 8
"""How many levels of the tree a tile spans: 2⁸ is its width."""
_BLOCKS_HELD: Final = 64


class TreeIncomplete(ValueError):
    """Stored hashes of the tree are missing; the message says which, in Chinese."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A full block of 256 hashes, and the root over them.

    ``index`` counts the tiles of one ``height`` from 0.
    """

    height: int
    index: int
    root: bytes
    hashes: bytes


class StoredHashes(Protocol):
    """What was stored of a tree, as rows of hashes."""

    def row(self, height: int, start: int, stop: int) -> Sequence[bytes]:
        """Return the hashes ``start`` to ``stop`` (not included) of a row, in order.

        Row 0 are the leaves, row *h* the roots of the tiles of height *h* − 1, both from 0. All
        that is asked for at once lies in one block of 256, so it is one tile, or, where that is
        not full yet, one range of leaf hashes or of roots of tiles.
        """
        ...


def append(
    edge: Edge, leaves: Sequence[bytes], stored: StoredHashes
) -> tuple[Edge, tuple[Tile, ...]]:
    """Return the edge after ``leaves`` were appended, and the tiles that became full by it.

    ``stored`` is asked only for the earlier part of a block that becomes full. Raises
    ``TreeIncomplete`` when that part is not there.
    """
    grown, levels = edge.grow(leaves)
    tiles: list[Tile] = []
    for height, fresh in enumerate(levels[::LEVELS]):
        above = (height + 1) * LEVELS
        if above >= len(levels):
            break
        size = edge.size >> height * LEVELS
        first = size // WIDTH
        row = [*_read(stored, height, first * WIDTH, size), *fresh]
        for index, root in enumerate(levels[above]):
            hashes = b"".join(row[index * WIDTH : (index + 1) * WIDTH])
            tiles.append(Tile(height, first + index, root, hashes))
    return grown, tuple(tiles)


class TiledTree:
    """The tree as it was at ``size`` leaves, read from what is stored of it.

    It answers what ``tree_proofs`` asks. Blocks are kept while they are used, so that the
    proof for one leaf reads about as many as the tree has heights, and its neighbours' proofs
    read nothing more.
    """

    def __init__(self, stored: StoredHashes, size: int) -> None:
        self.size = size
        self._stored = stored
        self._block = lru_cache(maxsize=_BLOCKS_HELD)(self._read_block)

    def hash_at(self, level: int, index: int) -> bytes:
        """Return the root of the ``index``-th complete subtree of 2^``level`` leaves.

        Raises ``ValueError`` when the tree of this size has none, and ``TreeIncomplete`` when
        what was stored is not all there.
        """
        if level < 0 or not 0 <= index < self.size >> level:
            raise ValueError(f"no subtree {index} of level {level} in a tree of {self.size}")
        height, inside = divmod(level, LEVELS)
        block, offset = divmod(index << inside, WIDTH)
        return self._block(height, block)[inside][offset >> inside]

    def _read_block(self, height: int, block: int) -> list[list[bytes]]:
        """Return a block's hashes and the levels over them, as far as they are complete."""
        start = block * WIDTH
        stop = min(start + WIDTH, self.size >> height * LEVELS)
        levels = [_read(self._stored, height, start, stop)]
        while len(levels) < LEVELS:
            levels.append(joined(levels[-1]))
        return levels


def _read(stored: StoredHashes, height: int, start: int, stop: int) -> list[bytes]:
    """Return stored hashes, all of them."""
    if start == stop:
        return []
    hashes = list(stored.row(height, start, stop))
    if len(hashes) != stop - start:
        row = "记录" if height == 0 else f"第 {height - 1} 层树块"
        raise TreeIncomplete(f"{row}第 {start + 1} 至 {stop} 个散列值不全：只有 {len(hashes)} 个")
    return hashes
