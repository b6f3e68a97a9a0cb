"""The tree's right edge, against the recursive definition of RFC 6962."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.audit.tree import EMPTY_ROOT, Edge, EdgeBroken, leaf_hash, node_hash, root_of

from . import naive

LEAVES = [naive.leaf(number) for number in range(600)]


def test_leaves_and_nodes_are_marked() -> None:
    """A leaf is hashed after a zero byte and a node after a one, so neither can be the other."""
    assert leaf_hash(b"entry 5") == naive.leaf(5)
    assert node_hash(b"l" * 32, b"r" * 32) == sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()
    assert leaf_hash(b"l" * 32 + b"r" * 32) != node_hash(b"l" * 32, b"r" * 32)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    """The root without leaves is SHA-256 of no bytes, as the RFC says."""
    assert Edge().root == EMPTY_ROOT == sha256().digest()
    assert Edge().append() == Edge()


@pytest.mark.parametrize("size", range(71))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    """One by one or all at once, every small tree has the root of the definition."""
    leaves = LEAVES[:size]
    one_by_one = Edge()
    for leaf in leaves:
        one_by_one = one_by_one.append(leaf)
    assert one_by_one == Edge().append(*leaves)
    assert one_by_one.root == root_of(leaves) == naive.root(leaves)
    assert one_by_one.size == size


@settings(deadline=None)
@given(st.lists(st.integers(0, len(LEAVES)), max_size=6).map(sorted))
def test_it_does_not_matter_how_leaves_are_batched(cuts: list[int]) -> None:
    """Any way of cutting the same leaves into transactions leads to the same edge."""
    edge = Edge()
    for start, stop in pairwise([0, *cuts, len(LEAVES)]):
        edge = edge.append(*LEAVES[start:stop])
        assert edge.root == naive.root(LEAVES[:stop])
    assert edge == Edge().append(*LEAVES)


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(1, 300))
def test_growing_tells_the_new_hashes_of_every_level(size: int, count: int) -> None:
    """What an append completed is told once: level by level, the subtrees beyond the old size."""
    edge = Edge().append(*LEAVES[:size])
    grown, levels = edge.grow(LEAVES[size : size + count])
    for level, fresh in enumerate(levels):
        width = 1 << level
        places = range(size // width, (size + count) // width)
        assert list(fresh) == [naive.root(LEAVES[i * width : (i + 1) * width]) for i in places]
    assert (grown.size >> len(levels)) == (size >> len(levels))


@given(st.integers(0, len(LEAVES)))
def test_the_edge_survives_being_stored(size: int) -> None:
    """An edge read back from its bytes and its size is the same edge."""
    edge = Edge().append(*LEAVES[:size])
    assert len(edge.to_bytes()) == 32 * size.bit_count()
    assert Edge.from_bytes(size, edge.to_bytes()) == edge


@pytest.mark.parametrize(
    ("size", "length"), [(0, 32), (1, 0), (1, 31), (1, 33), (3, 32), (4, 64), (-1, 32)]
)
def test_bytes_of_another_size_are_refused(size: int, length: int) -> None:
    """Bytes that are not one hash for each bit of the size are no edge of that tree."""
    with pytest.raises(EdgeBroken, match="右边缘"):
        Edge.from_bytes(size, bytes(length))
