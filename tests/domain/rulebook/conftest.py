"""The 2022 rulebook, as text and as read."""

from __future__ import annotations

import pytest

from domain.rulebook.model import Rulebook
from domain.rulebook.parse import parse_rulebook

from .files import FILE, TEXT


@pytest.fixture(scope="session")
def scheme() -> Rulebook:
    """The 2022 scheme; it is immutable, so all tests may share it."""
    return parse_rulebook(TEXT, name=FILE)
