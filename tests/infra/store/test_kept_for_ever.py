"""Blocks of the tree, checkpoints and cosignatures: the databases refuse to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError

from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from infra.store.recorder import EventRecorder

CHANGED = {
    "tile": ["root = hashes", "hashes = root", "height = 3"],
    "checkpoint": ["size = 7", "signed_at = 7", "note = note"],
    "cosignature": ["size = 7", "line = 'x'", "time = 7", "witness = 'x'"],
}
FILLED = (
    "INSERT INTO checkpoint (size, signed_at, note) VALUES (256, 256, 'x')",
    "INSERT INTO cosignature (size, witness, time, line) VALUES (256, 'w', 1, 'l')",
)


def changes(table: str, kind: str) -> list[str]:
    """Return statements that change or remove a row of the table."""
    plain = [f"UPDATE {table} SET {column}" for column in CHANGED[table]] + [f"DELETE FROM {table}"]
    if kind == "sqlite":
        return [*plain, f"REPLACE INTO {table} SELECT * FROM {table}"]
    return [*plain, f"TRUNCATE {table}"]


def test_what_only_grows_is_not_changed(engine: Engine, recorder: EventRecorder) -> None:
    """Every way to change or remove a row of these tables is refused by the database itself."""
    recorder.insert_events(batch("item/1", range(1, 257)))
    with engine.begin() as connection:
        for statement in FILLED:
            connection.exec_driver_sql(statement)
    for table in CHANGED:
        for change in changes(table, engine.dialect.name):
            with pytest.raises(DBAPIError, match="never changed or deleted"), engine.begin() as c:
                c.exec_driver_sql(change)
