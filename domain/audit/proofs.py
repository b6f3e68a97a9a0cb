"""Proofs that a tree holds an entry, and that a later tree only continues an earlier one.

Making them needs the roots of complete subtrees, about as many as the tree has levels; checking
them needs nothing but the proof. The trees are those of RFC 6962; the checks are written down in
RFC 9162, which has the same trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from domain.audit.tree import HASH_LENGTH, node_hash, root_over


class ProofRefused(ValueError):
    """The proof does not show what it should; the message says why, in Chinese."""


class Subtrees(Protocol):
    """Where the roots of complete subtrees are read from."""

    def hash_at(self, level: int, index: int) -> bytes:
        """Return the root of the ``index``-th subtree of 2^``level`` leaves, from 0."""
        ...


def root_at(subtrees: Subtrees, size: int) -> bytes:
    """Return the root that the tree had when it was ``size`` leaves large."""
    return _root(subtrees, 0, size)


def inclusion_proof(subtrees: Subtrees, index: int, size: int) -> list[bytes]:
    """Return the proof that leaf ``index``, from 0, is in the tree of ``size`` leaves.

    From the leaf's neighbour up to the root's child (RFC 6962 §2.1.1, PATH). Raises
    ``ValueError`` when that tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = _middle(start, stop)
        if index < middle:
            path.append(_root(subtrees, middle, stop))
            stop = middle
        else:
            path.append(_root(subtrees, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(subtrees: Subtrees, old: int, size: int) -> list[bytes]:
    """Return the proof that the tree of ``size`` leaves begins with that of ``old`` leaves.

    RFC 6962 §2.1.2, PROOF and SUBPROOF. Raises ``ValueError`` for an ``old`` of 0, from which
    nothing follows, or above ``size``.
    """
    if not 0 < old <= size:
        raise ValueError(f"no proof from size {old} to size {size}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop != old:
        middle = _middle(start, stop)
        if old <= middle:
            path.append(_root(subtrees, middle, stop))
            stop = middle
        else:
            path.append(_root(subtrees, start, middle))
            start = middle
    if start:  # else this subtree is the old tree, whose root the verifier has
        path.append(_root(subtrees, start, stop))
    return path[::-1]


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that the leaf hash ``leaf`` is at ``index``, from 0, in the tree with ``root``.

    RFC 9162 §2.1.3.2. Compute ``leaf`` from the entry: a hash that others state may be that of
    an inner node. Raises ``ProofRefused``.
    """
    if not 0 <= index < size:
        raise ProofRefused(f"{size} 条记录的树中没有序号 {index}")
    _check_lengths(leaf, *proof)
    found = leaf
    for neighbour, is_left in _climb(index, size - 1, proof):
        found = node_hash(neighbour, found) if is_left else node_hash(found, neighbour)
    if found != root:
        raise ProofRefused("由记录和证明算出的根与树根不同")


def check_consistency(
    old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes
) -> None:
    """Check that the tree with ``root`` only continues the one with ``old_root``.

    RFC 9162 §2.1.4.2; ``old`` and ``size`` count leaves. Raises ``ProofRefused``, also for an
    ``old`` of 0: every tree continues the empty one, so nothing would be shown.
    """
    if not 0 < old <= size:
        raise ProofRefused(f"不能证明 {size} 条记录的树延续 {old} 条记录的树")
    if old == size:
        _check_same(proof, old_root, root)
        return
    _check_lengths(old_root, *proof)
    # A complete subtree that is the old tree is left out of the proof: the verifier has its root.
    start, *rest = proof if old.bit_count() > 1 and proof else (old_root, *proof)
    below = (old & -old).bit_length() - 1  # levels of the subtree that the old tree ends with
    before = after = start
    for neighbour, is_left in _climb(old - 1 >> below, size - 1 >> below, rest):
        if is_left:
            before, after = node_hash(neighbour, before), node_hash(neighbour, after)
        else:
            after = node_hash(after, neighbour)
    if (before, after) != (old_root, root):
        raise ProofRefused("由证明算出的旧根或新根与树根不同")


def _check_same(proof: Sequence[bytes], old_root: bytes, root: bytes) -> None:
    if proof:
        raise ProofRefused("两棵树一样大，不应有证明")
    if old_root != root:
        raise ProofRefused("两棵树一样大，根却不同")


def _check_lengths(*hashes: bytes) -> None:
    if any(len(each) != HASH_LENGTH for each in hashes):
        raise ProofRefused(f"证明中有不是 {HASH_LENGTH} 字节的散列值")


def _climb(node: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash of ``proof`` and whether it is the left neighbour on the way to the root.

    ``node`` is where the way begins and ``last`` the right edge, both counted on that level.
    Raises ``ProofRefused`` when the proof is not exactly as long as the way.
    """
    for neighbour in proof:
        if not last:
            raise ProofRefused("证明太长")
        is_left = node == last or node % 2 == 1
        yield neighbour, is_left
        # A left child at the right edge has no neighbour, and is its own parent.
        while is_left and node and not node % 2:
            node, last = node // 2, last // 2
        node, last = node // 2, last // 2
    if last:
        raise ProofRefused("证明太短")


def _middle(start: int, stop: int) -> int:
    """Return where a range splits: after the largest power of two below its length."""
    return start + (1 << (stop - start - 1).bit_length() - 1)


def _root(subtrees: Subtrees, start: int, stop: int) -> bytes:
    """Return the root over leaves ``start`` to ``stop``, a range that splitting led to."""
    roots: list[bytes] = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        roots.append(subtrees.hash_at(level, start >> level))
        start += 1 << level
    return root_over(roots)
