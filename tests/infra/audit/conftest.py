"""A log to be signed, on each kind of database or on SQLite alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infra.audit.desk import Desk


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """An empty log and no key yet, on each kind of database."""
    lent = Desk(database_url, tmp_path / "keys")
    yield lent
    lent.engine.dispose()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Desk]:
    """The same on SQLite, where the kind of database does not matter."""
    lent = Desk(str(tmp_path / "kaohe.db"), tmp_path / "keys")
    yield lent
    lent.engine.dispose()
