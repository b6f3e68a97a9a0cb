"""New events sorted by their refs: which event was recorded under the writer's own number.

No line rests on a ref. It finds an event that is to be amended, or that is recorded already, and
always the same one: what a correction or a rule makes of the event does not change its ref.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.tables import insert_rows, ref

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from domain.register import Row

_ROWS_HELD = 20_000


class RefSorter:
    """Stores under which ref each event after ``since`` was recorded."""

    def __init__(self, connection: Connection, *, since: int) -> None:
        self.since = since
        self._connection = connection
        self._rows: list[Row] = []

    def add(self, position: int, name: str) -> None:
        """Take in the next event that has a ref."""
        self._rows.append((name, position))
        if len(self._rows) >= _ROWS_HELD:
            self.finish()

    def finish(self) -> None:
        """Store what is left."""
        if self._rows:
            self._rows.sort()  # neighbours in the index are stored together
            insert_rows(self._connection, ref, ("ref", "position"), self._rows)
            self._rows.clear()
