"""The log as a bundle holds it, read by the same projections that read the office's own.

A bundle for one unit has gaps: its entries keep their positions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.audit.entry import Entry, read_entry
from infra.store.rows import Head, moment_text


class BundleLog:
    """The entries in ``file`` of a log that reached to ``size`` when the bundle was made.

    They have been verified: what is not an entry raises ``NotAnEntry``.
    """

    def __init__(self, file: Path, size: int) -> None:
        self._file = file
        self._size = size
        self._places: dict[int, int] = {}
        self._moments: list[_Moment] = []
        for offset, line in _lines(file):
            entry = read_entry(line)
            self._places[entry.position] = offset
            if not self._moments or self._moments[-1].at != entry.recorded_at:
                self._moments.append(_Moment(entry.recorded_at, entry.position))
            else:
                self._moments[-1] = _Moment(entry.recorded_at, entry.position)

    def head(self) -> Head:
        """Return how far the log reached; the moment is that of the last entry held."""
        return Head(self._size, self._moments[-1].at if self._moments else None)

    def rows(self, *, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """Yield the entries with ``after < position <= upto``, in order."""
        end = self._size if upto is None else upto
        for _, line in _lines(self._file):
            entry = read_entry(line)
            if after < entry.position <= end:
                yield entry

    def rows_at(self, positions: Iterable[int]) -> list[Entry]:
        """Return the entries at ``positions``; those that are not held are left out."""
        wanted = sorted({at for at in positions if at in self._places})
        found = []
        with self._file.open("rb") as stream:
            for at in wanted:
                stream.seek(self._places[at])
                found.append(read_entry(stream.readline().removesuffix(b"\n")))
        return found

    def last_position_at(self, instant: datetime) -> int:
        """Return the last position held that was recorded at or before ``instant``, or 0."""
        found = bisect_right([moment.at for moment in self._moments], moment_text(instant))
        return self._moments[found - 1].last if found else 0


class _Moment(NamedTuple):
    at: str
    last: int


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    offset = 0
    with file.open("rb") as stream:
        for line in stream:
            yield offset, line.removesuffix(b"\n")
            offset += len(line)
