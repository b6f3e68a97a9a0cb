"""A store to test: an empty log on each kind of database, and batches to record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.store.engine import open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An open database with the tables of the store and nothing recorded."""
    engine = open_engine(database_url)
    create_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def recorder(engine: Engine) -> EventRecorder:
    """A recorder on that database."""
    return EventRecorder(engine)
