"""The Merkle tree of RFC 6962 (SHA-256): roots while it grows, and checking of proofs.

The checks follow RFC 9162 §2.1.3.2 and §2.1.4.2 step by step; the trees are the same.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Sequence

from infra.standalone.notation import HASH_BYTES

EMPTY_TREE = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


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


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether ``proof`` shows a leaf hash at ``index``, from 0, in a tree of ``size``."""
    if not 0 <= index < size or any(len(each) != HASH_BYTES for each in (leaf, *proof)):
        return False
    fn, sn, found = index, size - 1, leaf
    for neighbour in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(neighbour, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, neighbour)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == root


def only_grew(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Return whether a log grew from ``old`` to ``size`` entries (C2SP tlog-witness).

    From the empty log nothing need be shown: then the proof must be empty.
    """
    if old == 0:
        return not proof and old_root == EMPTY_TREE
    return is_consistent(old, size, proof, old_root, root)


def is_consistent(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> bool:
    """Return whether ``proof`` shows that the tree of ``size`` begins with that of ``old`` leaves.

    From 0 leaves nothing can be shown, so this is refused.
    """
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    if any(len(each) != HASH_BYTES for each in (old_root, *proof)):
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    before = after = path[0]
    for neighbour in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            before, after = node_hash(neighbour, before), node_hash(neighbour, after)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            after = node_hash(after, neighbour)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and before == old_root and after == root
