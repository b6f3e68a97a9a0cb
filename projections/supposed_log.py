"""The log with events on top of it that are recorded nowhere: what would be known then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from domain.decisions.batch import Decided
from domain.events.codec import stored_type
from domain.log import Log, Row


class SupposedRow(NamedTuple):
    """An event that is not recorded, at the position that it would have.

    Its moment is that of the last recorded event, for it has none; nor has it a ``version``.
    """

    position: int
    stream: str
    version: int
    type: str
    recorded_at: str
    data: bytes


class SupposedHead(NamedTuple):
    """How far the log reaches with what is supposed."""

    position: int
    recorded_at: str | None


class SupposedLog:
    """The rows of ``log`` up to ``upto``, and what is supposed after them. Nothing is written."""

    def __init__(self, log: Log, *, upto: int) -> None:
        self._log = log
        self._upto = upto
        self._rows: list[SupposedRow] = []
        last = log.rows_at([upto]) if upto else []
        self._recorded_at = last[0].recorded_at if last else None

    def suppose(self, events: Iterable[Decided]) -> None:
        """Put events on top, decided on what is there, in their order."""
        moment = self._recorded_at or ""
        for position, stream, event, data in events:
            row = SupposedRow(position, stream, 0, stored_type(event), moment, data)
            self._rows.append(row)

    def head(self) -> SupposedHead:
        """Return how far the log reaches with what is supposed."""
        return SupposedHead(self._upto + len(self._rows), self._recorded_at)

    def rows(self, *, after: int = 0, upto: int | None = None) -> Iterator[Row]:
        """Yield the rows with ``after < position <= upto``, in order."""
        end = self.head().position if upto is None else upto
        recorded = self._log.rows(after=after, upto=min(end, self._upto))
        return chain(recorded, (row for row in self._rows if after < row.position <= end))

    def rows_at(self, positions: Iterable[int]) -> Sequence[Row]:
        """Return the rows at ``positions``, in order; those that do not exist are left out."""
        wanted = set(positions)
        recorded = self._log.rows_at({at for at in wanted if at <= self._upto})
        return [*recorded, *(row for row in self._rows if row.position in wanted)]

    def last_position_at(self, instant: datetime) -> int:
        """Return the last recorded position at or before ``instant``; what is supposed has none."""
        return min(self._log.last_position_at(instant), self._upto)
