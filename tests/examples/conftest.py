"""The examples, each played once for the tests that only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.examples.published import TABLES, Example, Table, played

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="package", params=TABLES, ids=lambda table: table.rulebook)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Each example with its register imported; not to be changed."""
    table: Table = request.param
    folder: Path = tmp_path_factory.mktemp(table.rulebook)
    return played(table, folder)
