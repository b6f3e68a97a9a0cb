"""Events to record, whose content does not matter to the store, and a way to do harm to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventsourcing.persistence import StoredEvent

if TYPE_CHECKING:
    from sqlalchemy import Connection


def batch(stream: str, versions: range, *, data: bytes = b"{}") -> list[StoredEvent]:
    """Make one event of ``stream`` for each version."""
    return [StoredEvent(stream, version, "item.sent:1", data) for version in versions]


def drop_delete_trigger(connection: Connection) -> None:
    """Take away, as somebody with all rights can, what keeps events from being deleted."""
    sqlite = connection.dialect.name == "sqlite"
    trigger = "event_no_delete" if sqlite else "event_no_change ON event"
    connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
