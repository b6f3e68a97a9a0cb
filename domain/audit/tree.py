"""The Merkle tree over the log's entries: its hashes and its right edge (RFC 6962 §2.1).

A tree of any size is a row of complete subtrees, each a power of two, the largest first. Their
roots, the *edge*, are all that is needed to append and to state the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from typing import Final

HASH_LENGTH: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves (RFC 6962 §2.1)."""


class EdgeBroken(ValueError):
    """These bytes cannot be the edge of a tree of that size; the message says why, in Chinese."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry, marked as a leaf: SHA-256(0x00 ‖ entry) (RFC 6962 §2.1)."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees, marked as a node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\1" + left + right).digest()


def joined(hashes: Sequence[bytes]) -> list[bytes]:
    """Return the level above: one hash for each pair, and none for the last of an odd number."""
    right = iter(hashes[1::2])
    return [sha256(b"\1" + a + b).digest() for a, b in zip(hashes[::2], right, strict=False)]


def root_over(roots: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, the largest first, joined from the right.

    This is MTH of RFC 6962 §2.1, whose left part is always complete.
    """
    if not roots:
        return EMPTY_ROOT
    return reduce(lambda right, left: node_hash(left, right), reversed(roots))


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree: its size in leaves and the roots of its complete subtrees.

    There is one root for each bit set in ``size``, the largest subtree first.
    """

    size: int = 0
    roots: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        return root_over(self.roots)

    def append(self, *leaves: bytes) -> Edge:
        """Return the edge after the leaf hashes ``leaves`` were appended, in order."""
        return self.grow(leaves)[0]

    def grow(self, leaves: Sequence[bytes]) -> tuple[Edge, tuple[Sequence[bytes], ...]]:
        """Return the edge after appending ``leaves``, and the new hashes, level by level.

        The first level are the leaves; the hashes of level *k* are the roots of the complete
        subtrees of 2ᵏ leaves that these leaves completed, in order.
        """
        roots, levels = list(self.roots), []
        small: list[bytes] = []
        level, fresh = 0, leaves
        while fresh:
            levels.append(fresh)
            if self.size >> level & 1:
                fresh = [roots.pop(), *fresh]
            if len(fresh) % 2:
                small.append(fresh[-1])
            level, fresh = level + 1, joined(fresh)
        return Edge(self.size + len(leaves), (*roots, *reversed(small))), tuple(levels)

    def to_bytes(self) -> bytes:
        """Return the roots one after the other; the size is not in it."""
        return b"".join(self.roots)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Edge:
        """Return the edge of a tree of ``size`` leaves from the bytes of its roots.

        Raises ``EdgeBroken`` when there are not as many as a tree of that size has.
        """
        if size < 0 or len(data) != size.bit_count() * HASH_LENGTH:
            raise EdgeBroken(f"右边缘有 {len(data)} 字节，与 {size} 条记录的树不符")
        parts = range(0, len(data), HASH_LENGTH)
        return cls(size, tuple(data[start : start + HASH_LENGTH] for start in parts))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over the leaf hashes ``leaves``."""
    return Edge().grow(tuple(leaves))[0].root
