"""Reading the log as rows: from here to there, by number, by stream, by moment.

Nothing here keeps a connection between two calls or two pages: the log only grows, so pages read
one after another are pages of one log, and a reader that stops halfway holds nothing.
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import func, select

from domain.errors import IntegrityBroken
from infra.store.rows import BROKEN_FIX, Head, StoredRow, moment_text, parts
from infra.store.schema import ROW, event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection

PAGE: Final = 2_000
"""Rows that are in memory at a time while the log is streamed."""

# What `StoredRow._make` does, without a step in Python for each row.
_MAKE: Final = cast("Callable[[Sequence[Any]], StoredRow]", partial(tuple.__new__, StoredRow))

# For the driver as they are: what SQLAlchemy does around them takes longer than a short answer.
# Numbers are written out: a rebuild asks for most of the log by number, and as many parameters are
# far dearer; whole numbers cannot be anything else than that.
_ROWS: Final = f"SELECT {', '.join(column.name for column in ROW)} FROM event"  # noqa: S608  our own names
_PAGE: Final = _ROWS + " WHERE position > {:d} AND position <= {:d} ORDER BY position LIMIT {:d}"
_AT: Final = _ROWS + " WHERE position IN ({}) ORDER BY position"
_HEAD: Final = "SELECT position, recorded_at FROM head"


class LogReader:
    """The log of one database, to be read; what is read was committed.

    ``reading`` lends a connection that sees one state of it, for as long as one page or one answer
    takes.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading

    @classmethod
    def seen_by(cls, connection: Connection) -> LogReader:
        """Return the log as the transaction of ``connection`` sees it: no other is needed."""
        return cls(lambda: nullcontext(connection))

    def head(self) -> Head:
        """Return how far the log reaches and when that was recorded, ``Head(0, None)`` when empty.

        Raises:
            IntegrityBroken: the row that holds it is gone.
        """
        with self._reading() as connection:
            return _head(connection)

    def check_end(self) -> None:
        """Check that the last row is the one that the head names.

        For who examines a log: whoever answers from it believes the head.

        Raises:
            IntegrityBroken: the head is gone, or the log ends elsewhere.
        """
        with self._reading() as connection:
            named = _head(connection).position
            last = connection.execute(select(func.max(event.c.position))).scalar() or 0
        if named != last:
            what = f"记着编号用到哪里的那一行（head）写的是 #{named}，最后一条事件却是 #{last}"
            raise IntegrityBroken(what, fix=BROKEN_FIX)

    def rows(self, *, after: int = 0, upto: int | None = None) -> Iterator[StoredRow]:
        """Yield the rows with ``after < position <= upto`` in their order, a page at a time.

        Without ``upto``: to where the log reaches when the first row is asked for.
        """
        end = self.head().position if upto is None else upto
        while after < end:
            with self._reading() as connection:
                page = _fetch(connection, _PAGE.format(after, end, PAGE))
            yield from page
            after = page[-1].position if len(page) == PAGE else end

    def rows_at(self, positions: Iterable[int]) -> list[StoredRow]:
        """Return the rows at these positions, in order; positions without a row are left out."""
        found: list[StoredRow] = []
        with self._reading() as connection:
            for part in parts(positions):
                numbers = ",".join(f"{position:d}" for position in part)
                found += _fetch(connection, _AT.format(numbers))
        return found

    def last_position_at(self, instant: datetime) -> int:
        """Return the last position recorded at or before ``instant``, 0 when there is none.

        The moments never go back, so halving the positions finds it, and the moments need no index.

        Raises:
            ValueError: ``instant`` has no time zone.
        """
        moment = moment_text(instant)
        with self._reading() as connection:
            end = _head(connection)
            if end.recorded_at is None or end.recorded_at <= moment:
                return end.position
            low, high = 0, end.position - 1
            while low < high:
                middle = (low + high + 1) // 2
                if _recorded_at(connection, middle, end) <= moment:
                    low = middle
                else:
                    high = middle - 1
            return low


def _head(connection: Connection) -> Head:
    cursor = connection.connection.cursor()
    cursor.execute(_HEAD)
    return Head.of(cursor.fetchone())


def _recorded_at(connection: Connection, position: int, end: Head) -> str:
    """Return the moment of the first row from ``position`` on; one may have been deleted."""
    statement = (
        select(event.c.recorded_at)
        .where(event.c.position >= position, event.c.position <= end.position)
        .order_by(event.c.position)
        .limit(1)
    )
    return connection.execute(statement).scalar() or end.recorded_at or ""


def _fetch(connection: Connection, statement: str) -> list[StoredRow]:
    """Make rows of what the driver gives: rows of SQLAlchemy in between cost half as much again."""
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    return list(map(_MAKE, cursor.fetchall()))
