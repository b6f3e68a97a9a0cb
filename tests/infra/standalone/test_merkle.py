"""The tree of the programs, against published proofs and against the definitions of RFC 6962."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from infra.standalone.inclusion import is_included
from infra.standalone.merkle import EMPTY_TREE, is_consistent, only_grew
from infra.standalone.tree_roots import PrefixRoots
from tests.domain.audit import naive
from tests.domain.audit.vectors import hashes, proof_cases

LEAVES = [naive.leaf(number) for number in range(70)]


@pytest.mark.parametrize("case", proof_cases("rfc6962-inclusion.jsonl"))
def test_published_inclusion_proofs(case: dict[str, Any]) -> None:
    """Each published inclusion proof is judged as published."""
    leaf, root = b64decode(case["leafHash"]), b64decode(case["root"])
    held = is_included(leaf, case["leafIdx"], case["treeSize"], hashes(case["proof"]), root)
    assert held is not case["wantErr"]


@pytest.mark.parametrize("case", proof_cases("rfc6962-consistency.jsonl"))
def test_published_consistency_proofs(case: dict[str, Any]) -> None:
    """Each published consistency proof is judged as published; old size 0 shows nothing."""
    roots = b64decode(case["root1"]), b64decode(case["root2"])
    held = is_consistent(case["size1"], case["size2"], hashes(case["proof"]), *roots)
    assert held is not case["wantErr"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33, 70])
def test_every_proof_of_the_definitions_holds_and_no_other(size: int) -> None:
    """Proofs by the recursive definitions hold; for another leaf, root or length they do not."""
    root = naive.root(LEAVES[:size])
    for place in range(size):
        path = naive.path(place, LEAVES[:size])
        assert is_included(LEAVES[place], place, size, path, root)
        assert not is_included(naive.leaf(-1), place, size, path, root)
        assert not is_included(LEAVES[place], place, size, [*path, root], root)
        assert not is_included(LEAVES[place], size, size, path, root)
    for old in range(1, size + 1):
        old_root, proof = naive.root(LEAVES[:old]), naive.proof(old, LEAVES[:size])
        assert only_grew(old, size, proof, old_root, root)
        assert not only_grew(old, size, [*proof, root], old_root, root)
        assert not only_grew(old, size, proof, naive.leaf(-1), root)
        assert old == size or not only_grew(old, size, proof[:-1], old_root, root)


def test_from_the_empty_tree_nothing_need_be_shown() -> None:
    """From 0 leaves only the empty root and an empty proof are taken."""
    assert only_grew(0, 5, [], EMPTY_TREE, LEAVES[0])
    assert not only_grew(0, 5, [LEAVES[0]], EMPTY_TREE, LEAVES[0])
    assert not only_grew(0, 5, [], LEAVES[1], LEAVES[0])


@pytest.mark.parametrize("step", [1, 3, 16, 70])
def test_roots_at_all_sizes(step: int) -> None:
    """However the leaves come in, the root at every size is that of the definition."""
    growing = PrefixRoots(range(71))
    for start in range(0, 70, step):
        growing.extend(LEAVES[start : start + step])
    assert growing.roots == {size: naive.root(LEAVES[:size]) for size in range(71)}
