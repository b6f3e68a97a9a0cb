"""Tiles: written once, when full, at every height; and enough to read any proof in a few reads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.audit.tiles import TiledTree, TreeIncomplete, append
from domain.audit.tree import Edge, root_of
from domain.audit.tree_proofs import consistency_proof, inclusion_proof, root_at

from . import naive
from .stored import StoredTree

LARGE = 256 * 256 + 2 * 256 + 77
LEAVES = [naive.leaf(number) for number in range(LARGE)]


@pytest.fixture(scope="module")
def large() -> StoredTree:
    """A tree with a tile of the second height, recorded in batches of many sizes."""
    stored, start = StoredTree(), 0
    while start < LARGE:
        stop = start + 1 + start * 7 % 1000
        stored.record(LEAVES[start:stop])
        start = stop
    return stored


@pytest.mark.parametrize(
    ("size", "count", "tiles"),
    [
        (0, 0, []), (0, 255, []), (0, 256, [0]), (0, 257, [0]), (255, 1, [0]), (255, 2, [0]),
        (1, 254, []), (256, 255, []), (256, 256, [1]), (200, 600, [0, 1, 2]), (511, 1, [1]),
    ],
)  # fmt: skip
def test_a_tile_arises_when_its_last_leaf_does(size: int, count: int, tiles: list[int]) -> None:
    """Appending writes those tiles, and only those, whose last leaf is among the new ones."""
    stored = StoredTree()
    stored.record(LEAVES[:size])
    written = stored.record(LEAVES[size : size + count])
    assert [(tile.height, tile.index) for tile in written] == [(0, index) for index in tiles]
    for tile in written:
        leaves = LEAVES[tile.index * 256 : (tile.index + 1) * 256]
        assert tile.hashes == b"".join(leaves)
        assert tile.root == naive.root(leaves)


@settings(deadline=None)
@given(st.lists(st.integers(0, 700), max_size=8))
def test_tiles_do_not_depend_on_batches(counts: list[int]) -> None:
    """However the leaves are batched, the same tiles are there in the end."""
    stored, size = StoredTree(), 0
    for count in counts:
        stored.record(LEAVES[size : size + count])
        size += count
    at_once = StoredTree()
    at_once.record(LEAVES[:size])
    assert stored.tiles == at_once.tiles
    assert stored.edge == at_once.edge


def test_a_block_already_stored_is_read_only_when_it_becomes_full() -> None:
    """An append reads nothing, but for the earlier leaves of a block that it fills."""
    stored = StoredTree()
    for leaf in LEAVES[:255]:
        stored.record([leaf])
    assert stored.reads == []
    stored.record(LEAVES[255:260])
    assert stored.reads == [(0, 0, 255)]
    stored.record(LEAVES[260:600])
    assert stored.reads == [(0, 0, 255), (0, 256, 260)]


def test_tiles_of_tiles(large: StoredTree) -> None:
    """256 full tiles make one tile of the next height, which holds their roots."""
    heights = [height for height, _ in large.tiles]
    assert (heights.count(0), heights.count(1), len(heights)) == (258, 1, 259)
    tile = large.tiles[1, 0]
    assert tile.hashes == b"".join(large.tiles[0, index].root for index in range(256))
    assert tile.root == root_of(LEAVES[:65536])
    assert large.edge.root == root_of(LEAVES)


@settings(deadline=None)
@given(st.integers(0, LARGE))
def test_every_earlier_root_is_read_from_tiles(large: StoredTree, size: int) -> None:
    """The root of any earlier size follows from tiles and the leaves after the last one."""
    assert root_at(TiledTree(large, size), size) == Edge().append(*LEAVES[:size]).root


@settings(deadline=None)
@given(st.integers(0, LARGE - 1), st.integers(1, LARGE))
def test_any_proof_is_a_few_reads(large: StoredTree, index: int, old: int) -> None:
    """A proof reads at most two blocks of each height: one on its way, one at the right edge."""
    large.reads.clear()
    inclusion_proof(TiledTree(large, LARGE), index, LARGE)
    assert len(large.reads) <= 5
    large.reads.clear()
    consistency_proof(TiledTree(large, LARGE), old, LARGE)
    assert len(large.reads) <= 5


def test_neighbours_share_their_reads(large: StoredTree) -> None:
    """The proofs of a whole block read no more than the proof of one of its leaves."""
    tree = TiledTree(large, LARGE)
    inclusion_proof(tree, 512, LARGE)
    large.reads.clear()
    for index in range(512, 768):
        inclusion_proof(tree, index, LARGE)
    assert large.reads == []


def test_a_tree_does_not_see_what_was_added_later(large: StoredTree) -> None:
    """Read as of an earlier size, a tree has no subtree that was incomplete then."""
    tree = TiledTree(large, 300)
    assert tree.hash_at(8, 0) == large.tiles[0, 0].root
    for level, place in ((8, 1), (0, 300), (9, 0), (3, -1), (-1, 0)):
        with pytest.raises(ValueError, match="no subtree"):
            tree.hash_at(level, place)


class Lossy(StoredTree):
    """A store that has lost the last hash of every row."""

    def row(self, height: int, start: int, stop: int) -> list[bytes]:
        """Answer without the last hash."""
        return super().row(height, start, stop)[:-1]


def test_missing_hashes_are_noticed() -> None:
    """A row that is shorter than it must be stops reading and appending; nothing is made up."""
    stored = Lossy()
    stored.record(LEAVES[:300])
    with pytest.raises(TreeIncomplete, match=r"^记录第 1 至 256 个"):
        TiledTree(stored, 300).hash_at(0, 0)
    with pytest.raises(TreeIncomplete, match=r"^第 0 层树块第 1 至 1 个.*只有 0 个"):
        TiledTree(stored, 300).hash_at(8, 0)
    with pytest.raises(TreeIncomplete, match="只有 43 个"):
        append(stored.edge, LEAVES[300:600], stored)


def test_lists_and_tuples_of_leaves_are_the_same() -> None:
    """What holds the new leaves makes no difference."""
    leaves: Sequence[bytes] = LEAVES[:300]
    assert append(Edge(), leaves, StoredTree()) == append(Edge(), tuple(leaves), StoredTree())
