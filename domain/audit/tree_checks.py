"""Checking proofs: that a tree holds an entry, and that it only continues an earlier one.

Nothing is needed but the proof and the roots. The trees are those of RFC 6962; the checks are
written down in RFC 9162, whose trees are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.audit.tree import HASH_LENGTH, node_hash


class ProofRefused(ValueError):
    """The proof does not show what it should; the message says why, in Chinese."""


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
    start, rest = _start(old, proof, old_root)
    before = after = start
    below = (old & -old).bit_length() - 1  # the levels of the subtree that the old tree ends with
    for neighbour, is_left in _climb(old - 1 >> below, size - 1 >> below, rest):
        if is_left:
            before, after = node_hash(neighbour, before), node_hash(neighbour, after)
        else:
            after = node_hash(after, neighbour)
    if (before, after) != (old_root, root):
        raise ProofRefused("由证明算出的旧根或新根与树根不同")


def _start(old: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, Sequence[bytes]]:
    """Return the root of the subtree that the old tree ends with, and the rest of the proof."""
    if old.bit_count() == 1:  # it is the whole old tree, and left out of the proof
        return old_root, proof
    if not proof:
        raise ProofRefused("证明太短")
    return proof[0], proof[1:]


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
