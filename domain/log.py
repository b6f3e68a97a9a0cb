"""The log as projections see it: rows in the order in which they became known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol


class Row(Protocol):
    """One recorded event: its position, when it was recorded (UTC), its type and its bytes."""

    @property
    def position(self) -> int:
        """Its place in the log, from 1 without gaps."""
        ...

    @property
    def stream(self) -> str:
        """The thing it belongs to."""
        ...

    @property
    def version(self) -> int:
        """Its number in its stream, from 1."""
        ...

    @property
    def type(self) -> str:
        """Its stored type name with a version."""
        ...

    @property
    def recorded_at(self) -> str:
        """When the store recorded it, in UTC."""
        ...

    @property
    def data(self) -> bytes:
        """Its canonical JSON."""
        ...


class LogHead(Protocol):
    """How far the log goes."""

    @property
    def position(self) -> int:
        """The last position, or 0."""
        ...

    @property
    def recorded_at(self) -> str | None:
        """When the last event was recorded, in UTC."""
        ...


class Log(Protocol):
    """What projections read."""

    def head(self) -> LogHead:
        """Return how far the log goes."""
        ...

    def rows(self, *, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """Return the rows with ``after < position <= upto``, in order, in bounded memory."""
        ...

    def rows_at(self, positions: Iterable[int]) -> Sequence[Row]:
        """Return the rows at ``positions``; those that do not exist are left out."""
        ...

    def last_position_at(self, instant: datetime) -> int:
        """Return the last position recorded at or before ``instant``, or 0."""
        ...
