"""A log that is not the register's own, replayed into a database that is gone afterwards."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from infra.store.engine import MEMORY, open_engine
from infra.store.transactions import reading, writing
from projections.asking import Points
from projections.catching_up import LineProjection
from projections.facts import Reading, RecordedFacts
from projections.sheets import Sheets

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from domain.log import Log
    from domain.rulebook.model import Rulebook
    from domain.watching import Watch


class Replica(NamedTuple):
    """What follows from a log, as ``Office`` has it for the log of the register."""

    log: Log
    reading: Reading
    projection: LineProjection
    points: Points
    sheets: Sheets

    def facts_upto(self, position: int) -> RecordedFacts:
        """Return the facts by topic, as of ``position``."""
        return RecordedFacts(self.reading, self.log, upto=position)


@contextmanager
def replica(
    log: Log,
    rulebooks: dict[str, Rulebook],
    *,
    today: date,
    partial: bool = False,
    thorough: bool = False,
    database: str | Path = MEMORY,
    watch: Watch | None = None,
) -> Iterator[Replica]:
    """Lend what follows from ``log``, level with it.

    ``partial`` and ``thorough`` are as for ``LineProjection``.
    """
    engine = open_engine(database)
    reads, writes = functools.partial(reading, engine), functools.partial(writing, engine)
    try:
        lines = LineProjection(
            lambda _: log,
            reading=reads,
            writing=writes,
            rulebooks=rulebooks,
            partial=partial,
            thorough=thorough,
        )
        lines.catch_up(watch)
        yield Replica(log, reads, lines, Points(log, reads, rulebooks, today=today), Sheets(reads))
    finally:
        engine.dispose()
