"""The events of the log as projections take them: read from it, or handed over when recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.codec import decode
from domain.log import Log


class Events:
    """The log's events; ``fresh`` are some that need not be read again.

    In a ``partial`` log positions may be missing.
    """

    def __init__(self, log: Log, fresh: Mapping[int, Event], *, partial: bool) -> None:
        self._log = log
        self._fresh = fresh
        self._partial = partial

    def between(self, since: int, upto: int) -> Iterator[tuple[int, Event]]:
        """Yield the events with ``since < position <= upto`` in order.

        Raises ``IntegrityBroken`` when one is missing that should be there.
        """
        if all(position in self._fresh for position in range(since + 1, upto + 1)):
            yield from (
                (position, self._fresh[position]) for position in range(since + 1, upto + 1)
            )
            return
        for expected, row in enumerate(self._log.rows(after=since, upto=upto), since + 1):
            if row.position != expected and not self._partial:
                message = f"日志缺少事件 #{expected}"
                raise IntegrityBroken(message, fix="请保留数据库原件，与备份核对。")
            yield row.position, decode(row.type, row.data, position=row.position)

    def at(self, positions: Iterable[int]) -> dict[int, Event]:
        """Return the events at ``positions``; those that do not exist are left out."""
        wanted = set(positions)
        found = {at: self._fresh[at] for at in wanted if at in self._fresh}
        missing = wanted - found.keys()
        for row in self._log.rows_at(missing) if missing else ():
            found[row.position] = decode(row.type, row.data, position=row.position)
        return found
