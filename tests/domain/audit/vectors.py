"""Published test vectors, which lie beside the checkout and are not part of it."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).resolve().parents[3].parent / "shared" / "vectors"

_ABSENT = "the published vectors are not in ../shared/vectors"

needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason=_ABSENT)


def proof_cases(name: str) -> list[Any]:
    """Return the cases of one file as parameters of a test, or one that says they are absent."""
    path = VECTORS / name
    if not path.is_file():
        return [pytest.param({}, marks=pytest.mark.skip(reason=_ABSENT), id="absent")]
    cases = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [pytest.param(case, id=case["case"]) for case in cases]


def hashes(texts: list[str] | None) -> list[bytes]:
    """Return the hashes of a case; none at all is written as null."""
    return [b64decode(text) for text in texts or []]
