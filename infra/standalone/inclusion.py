"""Is an entry in the log? Checked as RFC 9162 §2.1.3.2 writes it down."""

from __future__ import annotations

from typing import Sequence

from infra.standalone.merkle import node_hash
from infra.standalone.notation import HASH_BYTES


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
