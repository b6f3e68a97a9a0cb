"""The published proof cases, each judged as published."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from domain.audit.tree_checks import ProofRefused, check_consistency, check_inclusion

from .vectors import hashes, needs_vectors, proof_cases

INCLUSION = proof_cases("rfc6962-inclusion.jsonl")
CONSISTENCY = proof_cases("rfc6962-consistency.jsonl")


@needs_vectors
def test_all_published_cases_are_here() -> None:
    """There are 98 cases of each kind, of which six hold."""
    for cases in (INCLUSION, CONSISTENCY):
        assert len(cases) == 98
        assert sum(not case.values[0]["wantErr"] for case in cases) == 6


@pytest.mark.parametrize("case", INCLUSION)
def test_inclusion(case: dict[str, Any]) -> None:
    """An inclusion proof is accepted or refused as published."""
    leaf, root = b64decode(case["leafHash"]), b64decode(case["root"])
    judged = (leaf, case["leafIdx"], case["treeSize"], hashes(case["proof"]), root)
    if case["wantErr"]:
        with pytest.raises(ProofRefused):
            check_inclusion(*judged)
    else:
        check_inclusion(*judged)


@pytest.mark.parametrize("case", CONSISTENCY)
def test_consistency(case: dict[str, Any]) -> None:
    """A consistency proof is accepted or refused as published."""
    roots = b64decode(case["root1"]), b64decode(case["root2"])
    judged = (case["size1"], case["size2"], hashes(case["proof"]), *roots)
    if case["wantErr"]:
        with pytest.raises(ProofRefused):
            check_consistency(*judged)
    else:
        check_consistency(*judged)
