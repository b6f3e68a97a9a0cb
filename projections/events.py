"""The events of the log as projections take them: read from it, or handed over when recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.codec import decode
from domain.events.keys import Keys, keys_of, read_keys
from domain.log import Log

_KEPT_AT_MOST = 10_000


class Kept(dict[int, Event]):
    """Events that were read before, by position: what is recorded never changes.

    Who records one event after another reads all that its subjects rest on again and again.
    """

    def keep(self, events: Mapping[int, Event]) -> None:
        """Keep ``events`` too; when that would be too many, nothing else is kept any more."""
        if len(self) + len(events) > _KEPT_AT_MOST:
            self.clear()
        if len(events) <= _KEPT_AT_MOST:
            self.update(events)


class Events:
    """The log's events; ``fresh`` are some that need not be read again, nor are those ``kept``.

    In a ``partial`` log positions may be missing. ``thorough`` reads every event as a whole, so
    that none is passed over whose content no line needs and nobody could read.
    """

    def __init__(
        self,
        log: Log,
        fresh: Mapping[int, Event],
        *,
        kept: Kept | None,
        partial: bool,
        thorough: bool = False,
    ) -> None:
        self._log = log
        self._fresh = fresh
        self._kept = kept
        self._partial = partial
        self._thorough = thorough

    def between(self, since: int, upto: int) -> Iterator[tuple[int, Keys]]:
        """Yield what the events with ``since < position <= upto`` are found by, in order.

        Raises ``IntegrityBroken`` when one is missing that should be there.
        """
        if all(position in self._fresh for position in range(since + 1, upto + 1)):
            for position in range(since + 1, upto + 1):
                yield position, keys_of(self._fresh[position])
            return
        last = since
        for row in self._log.rows(after=since, upto=upto):
            if row.position != last + 1:
                self._miss(last + 1)
            last = row.position
            if self._thorough:
                yield row.position, keys_of(decode(row.type, row.data, position=row.position))
            else:
                yield row.position, read_keys(row.type, row.data, position=row.position)
        if last != upto:
            self._miss(last + 1)

    def _miss(self, position: int) -> None:
        if not self._partial:
            message = f"日志缺少事件 #{position}"
            raise IntegrityBroken(message, fix="请保留数据库原件，与备份核对。")

    def at(self, positions: Iterable[int]) -> dict[int, Event]:
        """Return the events at ``positions``; those that do not exist are left out."""
        wanted = set(positions)
        held = {} if self._kept is None else self._kept
        found = {at: held[at] for at in wanted if at in held}
        new = {at: self._fresh[at] for at in wanted if at in self._fresh}
        missing = wanted - found.keys() - new.keys()
        for row in self._log.rows_at(missing) if missing else ():
            new[row.position] = decode(row.type, row.data, position=row.position)
        if self._kept is not None:
            self._kept.keep(new)
        return found | new
