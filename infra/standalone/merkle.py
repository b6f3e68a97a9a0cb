"""The Merkle tree of RFC 6962 (SHA-256): does a log only continue an earlier state of itself?

The check follows RFC 9162 §2.1.4.2 step by step; the trees are the same.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Sequence

from infra.standalone.notation import HASH_BYTES

EMPTY_TREE = sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


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
