"""Opening databases: what every connection guarantees, and what is refused."""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import OperationalError, PersistenceError, ProgrammingError

from domain.errors import Refused
from infra.store.engine import MEMORY, open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from infra.store.transactions import reading, writing
from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def _pragma(engine: Engine, name: str) -> object:
    with reading(engine) as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def _execute(engine: Engine, *statements: str) -> None:
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("name", ["plain.db", "with space ?x=1 #.db", "考核.db"])
def test_every_sqlite_connection_has_its_guarantees(tmp_path: Path, name: str) -> None:
    """Write-ahead log, full synchronisation and checks are on, whatever the file is called."""
    engine = open_engine(tmp_path / name)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "busy_timeout": 30_000,
    }
    with reading(engine), reading(engine):  # a second connection has them too
        assert {pragma: _pragma(engine, pragma) for pragma in expected} == expected
    engine.dispose()
    assert (tmp_path / name).exists()


def test_a_path_and_its_address_are_the_same_database(tmp_path: Path) -> None:
    """What is recorded through the path is read through the address."""
    file = tmp_path / "log.db"
    by_path, by_address = open_engine(str(file)), open_engine(f"sqlite:///{file}")
    create_schema(by_path)
    EventRecorder(by_path).insert_events(batch("item/1", range(1, 2)))
    assert EventRecorder(by_address).head().position == 1
    by_path.dispose()
    by_address.dispose()


@pytest.mark.parametrize("address", [MEMORY, "sqlite://", "sqlite:///:memory:"])
def test_memory_lives_as_long_as_its_engine(address: str) -> None:
    """The database in memory is one and the same for all that use the engine."""
    engine = open_engine(address)
    create_schema(engine)
    EventRecorder(engine).insert_events(batch("item/1", range(1, 2)))
    assert EventRecorder(engine).head().position == 1
    engine.dispose()


@pytest.mark.parametrize(
    "address",
    [
        "mysql://root:secret@host/db",
        "postgresql+psycopg://user:secret@host/db",
        "postgresql://user:secret@host:port/db",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    """What cannot be opened is refused with what can, and no password is shown."""
    with pytest.raises(Refused, match="postgresql://用户@主机/库名") as refused:
        open_engine(address)
    assert "secret" not in str(refused.value)


def test_a_database_without_the_tables_says_so(database_url: str) -> None:
    """Without the tables, reading and recording raise the library's errors, not the driver's."""
    engine = open_engine(database_url)
    kind = OperationalError if engine.dialect.name == "sqlite" else ProgrammingError
    with pytest.raises(kind, match="head"):
        EventRecorder(engine).head()
    with pytest.raises(kind, match="head"):
        EventRecorder(engine).insert_events(batch("item/1", range(1, 2)))
    engine.dispose()


def test_an_unreachable_server_is_a_persistence_error(tmp_path: Path) -> None:
    """No server at the socket: an error of the library's family, at the first use."""
    engine = open_engine(f"postgresql://nobody@/none?unix_sock={tmp_path}/none")
    with pytest.raises(PersistenceError):
        EventRecorder(engine).head()
    engine.dispose()


def test_the_schema_is_made_once(engine: Engine, recorder: EventRecorder) -> None:
    """Making the tables again changes nothing that is there."""
    recorder.insert_events(batch("item/1", range(1, 2)))
    create_schema(engine)
    assert recorder.insert_events(batch("item/1", range(2, 3))) == [2]


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    """What a writing block did before it raised is gone, and the next one can write."""
    with pytest.raises(PersistenceError):
        _execute(engine, "INSERT INTO tracking VALUES ('a', 1)", "INSERT INTO nowhere VALUES (1)")
    with writing(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tracking").scalar() == 0


def test_a_reader_sees_one_state(engine: Engine, recorder: EventRecorder) -> None:
    """What is recorded while a block reads is seen by the next block, not by this one."""
    count = "SELECT count(*) FROM event"
    recorder.insert_events(batch("item/1", range(1, 3)))
    with reading(engine) as connection:
        assert connection.exec_driver_sql(count).scalar() == 2
        recorder.insert_events(batch("item/2", range(1, 2)))
        assert connection.exec_driver_sql(count).scalar() == 2
    with reading(engine) as connection:
        assert connection.exec_driver_sql(count).scalar() == 3


def test_a_disposed_engine_leaves_no_connection_open(database_url: str) -> None:
    """After `dispose` there is nothing for the garbage collector to complain about."""
    gc.collect()  # what others left is not ours
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        engine = open_engine(database_url)
        create_schema(engine)
        EventRecorder(engine).insert_events(batch("item/1", range(1, 2)))
        engine.dispose()
        del engine
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
