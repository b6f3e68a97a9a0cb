"""What waits for the disk: every transaction of the log, and not those of what it can remake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import OperationalError

from infra.store.engine import open_engine
from infra.store.transactions import driving, reading, writing

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

_WAITS = {"sqlite": 2, "postgresql": "on"}
_GOES_ON = {"sqlite": 1, "postgresql": "off"}
_ASK = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}


def _told(connection: Connection) -> object:
    return connection.exec_driver_sql(_ASK[connection.dialect.name]).scalar()


def _in_the_log(engine: Engine) -> object:
    """Return what holds in a transaction of the log, on the connection that was lent last."""
    with driving(engine) as cursor:
        cursor.execute(_ASK[engine.dialect.name])
        found = cursor.fetchone()
    return found and found[0]


def test_the_log_waits_for_the_disk_after_lines_that_did_not(engine: Engine) -> None:
    """The log's next transaction on the connection of the lines is as durable as ever."""
    with writing(engine, durable=False) as connection:
        used = connection.connection.driver_connection
        assert _told(connection) == _GOES_ON[engine.dialect.name]
    with writing(engine) as connection:
        assert connection.connection.driver_connection is used
        assert _told(connection) == _WAITS[engine.dialect.name]
    assert _in_the_log(engine) == _WAITS[engine.dialect.name]


def test_the_log_waits_for_the_disk_after_lines_that_failed(engine: Engine) -> None:
    """Lines that were given up leave nothing behind on their connection."""
    with pytest.raises(RuntimeError), writing(engine, durable=False):
        raise RuntimeError
    assert _in_the_log(engine) == _WAITS[engine.dialect.name]


def test_the_log_waits_for_the_disk_after_lines_that_never_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines that another writer kept out leave nothing behind either."""
    monkeypatch.setattr("infra.store.engine.BUSY_SECONDS", 0.01)
    file = tmp_path / "log.db"
    first, second = open_engine(file), open_engine(file)
    with (
        driving(first),
        pytest.raises(OperationalError),
        writing(second, durable=False),
    ):
        pass
    with reading(second) as connection:
        assert _told(connection) == _WAITS["sqlite"]
    assert _in_the_log(second) == _WAITS["sqlite"]
    first.dispose()
    second.dispose()
