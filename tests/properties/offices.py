"""An office with a database of its own, for one example: lines in, sheets out."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from sqlalchemy import event

from cli.main import Settings
from cli.office import Office
from domain.decisions.batch import Line
from domain.errors import Where
from projections.asking import Asked
from projections.checking import compare
from projections.sheet_json import scores

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import date

    from projections.checking import Comparison
    from tests.oracle.facts import RegisterLine

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

    def _opened(self) -> Office:
        office = Office(self._settings)
        if office.engine.dialect.name == "sqlite":
            event.listen(office.engine, "connect", _unhurried_disk)
        return office

    def record(self, lines: Sequence[RegisterLine]) -> int:
        """Record the lines as one batch and return how many were new."""
        batch = [Line(line, Where(row=row)) for row, line in enumerate(lines, 1)]
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
        return compare(self.office.projection, self.office.reading)

    def _point(self, as_of: date, known_at: int | None) -> Any:  # noqa: ANN401  a Point
        known = None if known_at is None else f"#{known_at}"
        self.office.projection.catch_up()
        return self.office.points.find(Asked(as_of=as_of, known_at=known))


def _unhurried_disk(connection: sqlite3.Connection, _record: object) -> None:
    """Let nothing wait for the disk: an example's database does not outlive a power cut."""
    connection.execute("PRAGMA synchronous = OFF")


@contextmanager
def desk(*batches: Sequence[RegisterLine]) -> Iterator[Desk]:
    """Lend an office with a new database in which ``batches`` are recorded."""
    with TemporaryDirectory() as folder:
        lent = Desk(str(Path(folder) / "kaohe.db"))
        try:
            for batch in batches:
                lent.record(batch)
            yield lent
        finally:
            lent.office.close()


def split(data: st.DataObject, lines: Sequence[RegisterLine]) -> list[Sequence[RegisterLine]]:
    """Draw batches that hold the lines in their order."""
    cuts = data.draw(st.lists(st.integers(1, max(1, len(lines) - 1)), max_size=4, unique=True))
    ends = sorted({0, *cuts, len(lines)})
    return [lines[first:last] for first, last in zip(ends, ends[1:], strict=False)]
