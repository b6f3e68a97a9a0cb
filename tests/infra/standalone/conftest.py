"""Bundles on disk, judged in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.standalone.verify_main import verify_bundle
from tests.domain.audit.signing import LOG_KEY, WITNESS_KEY

from .bundles import Files, written

Verify = Callable[..., dict[str, Any]]


@pytest.fixture
def judge(tmp_path: Path) -> Verify:
    """Return what writes a bundle as a folder and verifies it, with both keys unless told."""
    numbers = iter(range(1000))

    def verify(files: Files, **trust: Any) -> dict[str, Any]:  # noqa: ANN401  as verify_bundle takes it
        trust = trust or {"keys": [str(LOG_KEY), str(WITNESS_KEY)]}
        return verify_bundle(written(tmp_path / f"bundle{next(numbers)}", files), **trust)

    return verify
