"""Trees in memory, stored as a database would store them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.audit.tiles import WIDTH, Tile, append
from domain.audit.tree import Edge


class StoredTree:
    """Leaf hashes and full tiles, as the rows of the log and of the tiles would hold them."""

    def __init__(self) -> None:
        self.edge = Edge()
        self.leaves: list[bytes] = []
        self.tiles: dict[tuple[int, int], Tile] = {}
        self.reads: list[tuple[int, int, int]] = []

    def record(self, leaves: Sequence[bytes]) -> tuple[Tile, ...]:
        """Append leaves in one transaction, and return the tiles that it wrote."""
        self.edge, tiles = append(self.edge, leaves, self)
        self.leaves += leaves
        assert not self.tiles.keys() & {(tile.height, tile.index) for tile in tiles}
        self.tiles.update({(tile.height, tile.index): tile for tile in tiles})
        return tiles

    def row(self, height: int, start: int, stop: int) -> list[bytes]:
        """Answer what the domain asks: one tile, or one range of leaves or of tiles' roots."""
        assert start < stop
        assert start // WIDTH == (stop - 1) // WIDTH
        self.reads.append((height, start, stop))
        if tile := self.tiles.get((height, start // WIDTH)):
            hashes = [tile.hashes[at : at + 32] for at in range(0, len(tile.hashes), 32)]
            return hashes[start % WIDTH : (stop - 1) % WIDTH + 1]
        if height == 0:
            return self.leaves[start:stop]
        below = range(start, stop)
        return [self.tiles[height - 1, at].root for at in below if (height - 1, at) in self.tiles]
