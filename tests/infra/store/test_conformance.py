"""eventsourcing's published recorder test cases, on SQLite (file and memory) and PostgreSQL."""

from __future__ import annotations

import threading
import unittest
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

import pytest
from eventsourcing.tests import persistence as published

from infra.store.engine import MEMORY, open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from infra.store.streams import StreamRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from eventsourcing.persistence import AggregateRecorder
    from sqlalchemy import Engine

CASES: list[type[unittest.TestCase]] = [
    published.AggregateRecorderTestCase,
    published.ApplicationRecorderTestCase,
    published.TrackingRecorderTestCase,
    published.ProcessRecorderTestCase,
    published.NonInterleavingNotificationIDsBaseCase,
]
METHODS: list[tuple[type[unittest.TestCase], str]] = [
    *((case, name) for case in CASES for name in unittest.TestLoader().getTestCaseNames(case)),
    (published.ApplicationRecorderTestCase, "optional_test_insert_subscribe"),
]


class Subject:
    """What a published case asks of whoever runs it: a recorder, and ids for its streams."""

    engine: ClassVar[Engine]

    def create_recorder(self) -> AggregateRecorder:
        """Return the recorder; for the case of streams, its part that returns no positions."""
        recorder = EventRecorder(self.engine)
        if isinstance(self, published.AggregateRecorderTestCase):
            return StreamRecorder(recorder)
        return recorder

    def new_originator_id(self) -> str:
        """Return a name: streams of this store have names."""
        return f"item/{uuid4()}"


@pytest.fixture(params=["sqlite", "memory", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An open database with the tables of the store."""
    databases: dict[str, Callable[[], str]] = {
        "sqlite": lambda: str(tmp_path / "log.db"),
        "memory": lambda: MEMORY,
        "postgresql": lambda: str(request.getfixturevalue("postgres_url")),
    }
    engine = open_engine(databases[request.param]())
    create_schema(engine)
    before = set(threading.enumerate())
    yield engine
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)  # the published cases leave readers that are about to end
    engine.dispose()


@pytest.mark.parametrize(
    ("case", "method"), METHODS, ids=[f"{case.__name__}-{method}" for case, method in METHODS]
)
def test_published_case(case: type[unittest.TestCase], method: str, engine: Engine) -> None:
    """The recorder does what eventsourcing asks of any recorder."""
    subject: type[unittest.TestCase] = type(case.__name__, (Subject, case), {"engine": engine})
    subject(method).debug()


def test_every_kind_of_case_is_run() -> None:
    """Every published case has methods in the list: none passes by being empty."""
    assert {case for case, _ in METHODS} == set(CASES)
    assert len(METHODS) >= 12
