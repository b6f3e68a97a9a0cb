"""An office with a database of its own, for one example: lines in, sheets out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from cli.comparing import compared
from cli.main import Settings
from cli.office import Office
from domain.decisions.batch import RegisterLine
from domain.errors import Where
from projections.asking import Asked
from projections.sheet_json import scores
from tests.oracle import facts
from tests.oracle.chooser import DAYS
from tests.oracle.registers import LATEST_CYCLE_START

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from projections.asking import Point
    from projections.checking import Comparison


Lines = Sequence[facts.RegisterLine]
Sheet = dict[str, Any]


class Desk:
    """One office at work: what it records, what it answers, and closing it for the night."""

    def __init__(self, database: str) -> None:
        self._settings = Settings(database, "张三", rulebooks=None, debug=True)
        self.office = self._opened()

    def reopened(self) -> None:
        """Close the office and open it again, as every command of its own does."""
        self.office.close()
        self.office = self._opened()

    def record(self, lines: Lines) -> int:
        """Record the lines as one batch and return how many were new."""
        batch = [RegisterLine(line, Where(row=row)) for row, line in enumerate(lines, 1)]
        return len(self.office.recording.record(batch, actor=self.office.actor).recorded)

    def document(self, as_of: date, known_at: int | None = None) -> dict[str, Any]:
        """Return the document that ``kaohe score --json`` prints for that point."""
        point = self._point(as_of, known_at)
        return scores(point, self.office.sheets.at(point))

    def sheets(self, as_of: date, known_at: int | None = None) -> dict[str, Sheet]:
        """Return the same document's sheets, by the name each unit was enrolled under."""
        point = self._point(as_of, known_at)
        sheets = self.office.sheets.at(point)
        shown = scores(point, sheets)["units"]
        return {sheet.unit.id: one for sheet, one in zip(sheets, shown, strict=True)}

    def compared(self) -> Comparison:
        """Compare the live lines with a fresh replay of the log."""
        return compared(self.office)

    def _point(self, as_of: date, known_at: int | None) -> Point:
        known = None if known_at is None else f"#{known_at}"
        return self.office.point(Asked(as_of=as_of, known_at=known))

    def _opened(self) -> Office:
        office = Office(self._settings)
        if office.engine.dialect.name == "sqlite":
            event.listen(office.engine, "connect", _unhurried_disk)
        return office


def _unhurried_disk(connection: sqlite3.Connection, _record: object) -> None:
    """Let nothing wait for the disk: an example's database has no power cut to survive."""
    connection.execute("PRAGMA synchronous = OFF")


@contextmanager
def desk(*batches: Lines) -> Iterator[Desk]:
    """Lend an office with a new database in which ``batches`` are recorded."""
    with TemporaryDirectory() as folder, at_desk(str(Path(folder) / "kaohe.db")) as lent:
        for batch in batches:
            lent.record(batch)
        yield lent


@contextmanager
def at_desk(database: str) -> Iterator[Desk]:
    """Lend an office for a database that is there, and close it afterwards."""
    lent = Desk(database)
    try:
        yield lent
    finally:
        lent.office.close()


def split(lines: Lines, chance: Random) -> list[Lines]:
    """Return the lines in batches, in their order."""
    cuts = {chance.randint(0, len(lines)) for _ in range(chance.randint(0, 4))}
    ends = sorted({0, len(lines)} | cuts)
    return [lines[first:last] for first, last in pairwise(ends)]


def question(lines: Lines, chance: Random) -> tuple[date, int | None]:
    """Return a day on which a cycle has begun, and a position at which one is known, or none."""
    as_of = max(chance.choice(DAYS), LATEST_CYCLE_START)
    opened = next(at for at, line in enumerate(lines, 1) if line["type"] == "CycleOpened")
    return as_of, chance.choice([None, chance.randint(opened, len(lines))])
