"""A register that was signed several times, and bundles of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.audit.handed_over import HandedOver, hand_over

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> HandedOver:
    """A register, its log's key, and a bundle of the whole log as a folder; not to be changed."""
    folder: Path = tmp_path_factory.mktemp("handed-over")
    return hand_over(folder)
