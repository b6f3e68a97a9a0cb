"""Recorded facts looked up by topic: what checks and rules read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from domain.events.base import Event
from domain.events.codec import decode
from domain.events.corrections import Amendment
from domain.log import Log
from domain.register import Row, Rows
from projections.statements import Statement
from projections.tables import OPEN, brought, chunks, fact, not_written, ref

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT_ONCE = 400

# Written once: putting them together takes longer than a short answer.
_ROWS = Statement(
    select(fact.c.topic, fact.c.position).where(
        fact.c.topic.in_(bindparam("names", expanding=True))
    )
)
_REFS = Statement(
    select(ref.c.ref, ref.c.position).where(ref.c.ref.in_(bindparam("names", expanding=True)))
)
_BROUGHT = select(brought.c.topic, brought.c.position).where(
    brought.c.position.in_(bindparam("positions", expanding=True))
)

Reading = Callable[[], "AbstractContextManager[Connection]"]
"""How a projection reads: a transaction that changes nothing."""


class RecordedFacts:
    """The indexes of topics and of refs, with the events themselves read from the log.

    ``upto`` leaves out what was recorded later: a decision must see one state of the log.
    """

    def __init__(self, connect: Reading, log: Log, *, upto: int = OPEN) -> None:
        self._connect = connect
        self._log = log
        self._upto = upto

    def look_up(self, topics: Collection[str], refs: Collection[str]) -> tuple[Rows, Rows]:
        """Return the rows of ``topics``, and each of ``refs`` with the positions of its events."""
        if not self._upto:  # nothing is recorded yet, and a first import asks for all it names
            return (), ()
        with self._connect() as connection:
            found = rows_of(connection, topics), _found(connection, _REFS, refs)
            rows, named = ([row for row in part if row[1] <= self._upto] for part in found)
        return rows, named

    def topics_of(self, position: int) -> list[str]:
        """Return the topics that hold the event at ``position``."""
        return self._topics([position])[position] if position <= self._upto else []

    def _topics(self, positions: Collection[int]) -> dict[int, list[str]]:
        """Return the topics of events: those that each names itself, and where it was brought."""
        found: dict[int, list[str]] = {position: [] for position in positions}
        for position, event in self.events_at(positions).items():
            if not isinstance(event, Amendment):
                found[position] += event.topics
        with self._connect() as connection:
            for chunk in chunks(positions, _AT_ONCE):
                for topic, position in connection.execute(_BROUGHT, {"positions": chunk}).all():
                    if topic not in found[position]:
                        found[position].append(topic)
        return found

    def events_at(self, positions: Collection[int]) -> Mapping[int, Event]:
        """Return the events at ``positions``; those that do not exist are left out."""
        return {row.position: decode(row.type, row.data) for row in self._log.rows_at(positions)}


class GatheredFacts(RecordedFacts):
    """Recorded facts for those who ask for the topics of many events: one statement finds them."""

    def __init__(self, connect: Reading, log: Log) -> None:
        super().__init__(connect, log)
        self._gathered: dict[int, list[str]] = {}

    def gather(self, positions: Collection[int]) -> None:
        """Look up the topics of the events at ``positions``."""
        self._gathered.update(self._topics(positions))

    def topics_of(self, position: int) -> list[str]:
        """Return the topics that hold the event at ``position``."""
        found = self._gathered.get(position)
        return super().topics_of(position) if found is None else found


def rows_of(connection: Connection, topics: Collection[str]) -> Iterator[Row]:
    """Return topic and position of every event of ``topics``, in the order of topics given.

    Raises ``IntegrityBroken`` where a position is no whole number.
    """
    return _found(connection, _ROWS, topics)


def _found(connection: Connection, statement: Statement, names: Collection[str]) -> Iterator[Row]:
    for chunk in chunks(names, _AT_ONCE):
        rows = statement.run(connection, names=chunk).fetchall()
        if any(type(position) is not int for _, position in rows):
            raise not_written("事件的索引")
        yield from rows
