"""Proofs, made from what is stored, against the recursive definitions; checks, against changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.audit.tiles import TiledTree
from domain.audit.tree_checks import ProofRefused, check_consistency, check_inclusion
from domain.audit.tree_proofs import consistency_proof, inclusion_proof, root_at

from . import naive
from .stored import StoredTree

LARGEST = 3000
LEAVES = [naive.leaf(number) for number in range(LARGEST)]


@cache
def tree(size: int) -> TiledTree:
    """Return the tree of the first ``size`` leaves, stored in one transaction."""
    stored = StoredTree()
    stored.record(LEAVES[:size])
    return TiledTree(stored, size)


@cache
def root(size: int) -> bytes:
    """Return the root of the first ``size`` leaves, by the definition."""
    return naive.root(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, 71))
def test_every_inclusion_proof_of_small_trees(size: int) -> None:
    """For each leaf of every small tree the proof is that of the definition, and is accepted."""
    for index in range(size):
        proof = inclusion_proof(tree(size), index, size)
        assert proof == naive.path(index, LEAVES[:size])
        check_inclusion(LEAVES[index], index, size, proof, root(size))


@pytest.mark.parametrize("size", range(1, 71))
def test_every_consistency_proof_of_small_trees(size: int) -> None:
    """From each older size of every small tree the proof is the definition's, and is accepted."""
    for old in range(1, size + 1):
        proof = consistency_proof(tree(size), old, size)
        assert proof == naive.proof(old, LEAVES[:size])
        check_consistency(old, size, proof, root(old), root(size))


SIZES = st.integers(1, LARGEST) | st.sampled_from([255, 256, 257, 511, 512, 1024, 2047, 2560])


@settings(deadline=None)
@given(st.data(), SIZES)
def test_inclusion_in_larger_trees(data: st.DataObject, size: int) -> None:
    """Where tiles are full and where they are not, the proof is the definition's."""
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(tree(LARGEST), index, size)
    assert proof == naive.path(index, LEAVES[:size])
    check_inclusion(LEAVES[index], index, size, proof, root(size))


@settings(deadline=None)
@given(st.data(), SIZES)
def test_consistency_of_larger_trees(data: st.DataObject, size: int) -> None:
    """Between any two sizes of a tree in tiles the proof is the definition's."""
    old = data.draw(st.integers(1, size))
    proof = consistency_proof(tree(size), old, size)
    assert proof == naive.proof(old, LEAVES[:size])
    check_consistency(old, size, proof, root(old), root(size))


@settings(deadline=None)
@given(st.integers(0, LARGEST))
def test_earlier_roots_are_still_there(size: int) -> None:
    """The root at any earlier size can be told from what is stored now."""
    assert root_at(tree(LARGEST), size) == root(size)


def changed(proof: list[bytes]) -> Iterator[list[bytes]]:
    """Yield proofs that differ from ``proof`` in one place."""
    for at, hash_ in enumerate(proof):
        flipped = bytes([hash_[0] ^ 1, *hash_[1:]])
        yield [*proof[:at], flipped, *proof[at + 1 :]]
        yield [*proof[:at], *proof[at + 1 :]]
        yield [*proof[:at], hash_, *proof[at:]]
        yield [*proof[:at], hash_[:-1], *proof[at + 1 :]]
        yield [*proof[:at], b"", *proof[at:]]
    yield [*proof, LEAVES[0]]
    yield [*proof, b""]
    if proof[::-1] != proof:
        yield proof[::-1]


@pytest.mark.parametrize("size", range(1, 25))
def test_a_changed_inclusion_proof_is_refused(size: int) -> None:
    """A hash flipped, lost, doubled, cut or added, or another place in the tree, is noticed."""
    for index in range(size):
        proof = inclusion_proof(tree(size), index, size)
        for wrong in changed(proof):
            with pytest.raises(ProofRefused):
                check_inclusion(LEAVES[index], index, size, wrong, root(size))
        for elsewhere in {*range(size + 2), -1, 2**64} - {index}:
            with pytest.raises(ProofRefused):
                check_inclusion(LEAVES[index], elsewhere, size, proof, root(size))


@pytest.mark.parametrize("size", range(2, 25))
def test_a_changed_consistency_proof_is_refused(size: int) -> None:
    """A hash flipped, lost, doubled, cut or added, or other roots, are noticed."""
    for old in range(1, size):
        proof = consistency_proof(tree(size), old, size)
        for wrong in changed(proof):
            with pytest.raises(ProofRefused):
                check_consistency(old, size, wrong, root(old), root(size))
        for roots in ((root(size), root(old)), (root(old), root(old)), (root(size), root(size))):
            with pytest.raises(ProofRefused):
                check_consistency(old, size, proof, *roots)


def test_a_proof_longer_than_the_tree_is_high_is_refused() -> None:
    """A way that goes on above the root of the stated size is refused, wherever it leads."""
    for size in (1, 2, 4, 8):
        proof = naive.path(2 * size - 1, LEAVES[: 2 * size])
        with pytest.raises(ProofRefused, match="太长"):
            check_inclusion(LEAVES[2 * size - 1], size - 1, size, proof, root(2 * size))


@pytest.mark.parametrize("size", [2, 3, 6, 7, 8, 13, 64, 70])
def test_a_fork_is_refused(size: int) -> None:
    """A tree whose history was rewritten at any place continues no tree that held that place."""
    for place in range(size - 1):
        forked = [*LEAVES[:place], naive.leaf(-1), *LEAVES[place + 1 : size]]
        for old in range(place + 1, size):
            proof = naive.proof(old, forked)
            with pytest.raises(ProofRefused):
                check_consistency(old, size, proof, root(old), naive.root(forked))


def test_an_inner_node_is_no_leaf() -> None:
    """A node given as a leaf of a smaller tree has a proof, but not for a leaf that was computed.

    It is the reason why a verifier computes the leaf hash from the entry.
    """
    left, right = naive.root(LEAVES[:2]), naive.root(LEAVES[2:4])
    check_inclusion(left, 0, 2, [right], root(4))
    for index in range(4):
        with pytest.raises(ProofRefused):
            check_inclusion(left, index, 4, [right], root(4))


@pytest.mark.parametrize(("old", "size"), [(0, 0), (0, 1), (0, 8), (2, 1), (-1, 4)])
def test_sizes_that_show_nothing_are_refused(old: int, size: int) -> None:
    """From an empty tree, or from a larger one, nothing is proved and nothing accepted."""
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof(tree(8), old, size)
    with pytest.raises(ProofRefused, match="不能证明"):
        check_consistency(old, size, [], root(max(old, 0)), root(size))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (8, 8), (-1, 8)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    """No proof is made for a leaf beyond the tree."""
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(tree(8), index, size)


def test_equal_sizes_need_equal_roots_and_no_proof() -> None:
    """Two trees of one size are the same or contradict each other; a proof has no place there."""
    check_consistency(5, 5, [], root(5), root(5))
    with pytest.raises(ProofRefused, match="根却不同"):
        check_consistency(5, 5, [], root(5), root(6))
    with pytest.raises(ProofRefused, match="不应有证明"):
        check_consistency(5, 5, [root(5)], root(5), root(5))
