"""Published test vectors, which lie beside the checkout and are not part of it."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).resolve().parents[3].parent / "shared" / "vectors"

needs_vectors = pytest.mark.skipif(
    not VECTORS.is_dir(), reason="no published vectors in ../shared/vectors"
)


def proof_cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of one file, or none when the vectors are not there."""
    path = VECTORS / name
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def hashes(texts: list[str] | None) -> list[bytes]:
    """Return the hashes of a case; none at all is written as null."""
    return [b64decode(text) for text in texts or []]
