"""What was recorded stays: the databases themselves refuse to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import IntegrityError

from infra.store.transactions import writing
from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from infra.store.recorder import EventRecorder

CHANGES = [
    (database, change)
    for database in ("sqlite", "postgresql")
    for change in (
        "UPDATE event SET data = data",
        "UPDATE event SET position = 9 WHERE position = 1",
        "DELETE FROM event WHERE position = 2",
        "DELETE FROM event",
        """INSERT INTO event VALUES (1, 'item/2', 1, 'forged', 'never', '', '')
        ON CONFLICT (position) DO UPDATE SET type = 'forged'""",
    )
] + [
    ("sqlite", "REPLACE INTO event VALUES (1, 'item/2', 1, 'forged', 'never', x'00', x'00')"),
    (
        "sqlite",
        "INSERT OR REPLACE INTO event VALUES (3, 'item/1', 1, 'forged', 'never', x'00', x'00')",
    ),
    ("postgresql", "TRUNCATE event"),
    ("postgresql", "TRUNCATE event, head, tracking"),
]


def _attempt(engine: Engine, *statements: str) -> None:
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(("database_url", "change"), CHANGES, indirect=["database_url"])
def test_a_recorded_event_is_not_changed(
    change: str, engine: Engine, recorder: EventRecorder
) -> None:
    """Whatever would change or remove a recorded event raises, and the log is as before."""
    recorder.insert_events(batch("item/1", range(1, 3)))
    before = list(recorder.rows())

    with pytest.raises(IntegrityError, match="never changed or deleted"):
        _attempt(engine, change)

    assert list(recorder.rows()) == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_triggers_hold_for_a_session_that_replays_a_replica(
    engine: Engine, recorder: EventRecorder
) -> None:
    """On PostgreSQL the trigger is also asked where ordinary triggers are switched off."""
    recorder.insert_events(batch("item/1", range(1, 2)))
    with pytest.raises(IntegrityError, match="never changed or deleted"):
        _attempt(engine, "SET LOCAL session_replication_role = replica", "DELETE FROM event")


def test_head_has_one_row(engine: Engine) -> None:
    """No second head can be put beside the first."""
    with pytest.raises(IntegrityError):
        _attempt(engine, "INSERT INTO head (id, position, origin, edge) VALUES (2, 0, 'l', '')")
