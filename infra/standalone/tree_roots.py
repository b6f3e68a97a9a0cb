"""The root of the tree of RFC 6962 while it grows, without keeping its leaves."""

from __future__ import annotations

from hashlib import sha256
from typing import Sequence

from infra.standalone.merkle import EMPTY_TREE, node_hash


class GrowingTree:
    """A tree to which leaves are appended: it holds one root for each bit set in its size."""

    def __init__(self) -> None:
        self.size = 0
        self._full: dict[int, bytes] = {}  # level -> root of the complete subtree at the edge

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append leaf hashes, level by level for all of them at once."""
        self.size += len(leaves)
        level, row = 0, list(leaves)
        while row:
            if level in self._full:
                row.insert(0, self._full.pop(level))
            if len(row) % 2:
                self._full[level] = row.pop()
            halves = iter(row)
            row = [sha256(b"\x01" + left + right).digest() for left, right in zip(halves, halves)]
            level += 1

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        found = None
        for level in sorted(self._full):
            found = self._full[level] if found is None else node_hash(self._full[level], found)
        return EMPTY_TREE if found is None else found


class PrefixRoots:
    """A growing tree that remembers its root at certain sizes, given in order."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.roots: dict[int, bytes] = {}
        self._sizes = list(reversed(sizes))
        self._tree = GrowingTree()
        self.extend([])

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append leaf hashes."""
        while self._sizes and self._sizes[-1] <= self._tree.size + len(leaves):
            size = self._sizes.pop()
            missing = size - self._tree.size
            self._tree.extend(leaves[:missing])
            leaves = leaves[missing:]
            self.roots[size] = self._tree.root()
        self._tree.extend(leaves)
