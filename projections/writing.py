"""Lines written down: those that began to be known, and the end of those that ceased to be."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from domain.lines import Line
from projections.judging import Change
from projections.statements import Statement
from projections.tables import OPEN, insert_rows, line, not_written

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLUMNS = (
    "subject",
    "unit",
    "cycle",
    "indicator",
    "points",
    "code",
    "text",
    "events",
    "effective_from",
    "effective_to",
    "known_from",
    "known_to",
)
_HUNDRED = 100

# Written once: putting them together takes longer than what they do for one event.
_OPEN_LINES = Statement(
    select(line).where(
        line.c.subject.in_(bindparam("topics", expanding=True)), line.c.known_to == OPEN
    )
)
_END = update(line).where(line.c.id == bindparam("row")).values(known_to=bindparam("at"))
_day = lru_cache(maxsize=8192)(date.fromisoformat)
_written = lru_cache(maxsize=8192)(date.isoformat)
_json = json.JSONDecoder().raw_decode  # `loads` asks first which kind of text it was given


def line_of(row: Iterable[Any]) -> Line:
    """Return the line that a whole row of the table holds.

    Raises ``IntegrityBroken`` where that is nothing this program wrote: SQLite keeps whatever is
    put into a column.
    """
    number, _, unit, cycle, indicator, points, code, text, events, begins, ends, _, _ = row
    try:
        if type(points) is int and type(code) is type(text) is str:
            return Line(
                unit,
                cycle,
                indicator,
                points_of(points),
                code,
                text,
                tuple(_json(events)[0]),
                _day(begins),
                _day(ends),
            )
    except (TypeError, ValueError):  # of events and days that are none
        pass
    raise not_written(f"第 {number} 条得分记录")


@lru_cache(maxsize=8192)
def points_of(hundredths: int) -> Decimal:
    """Return the points that a whole number of hundredths stands for."""
    return Decimal(hundredths) / _HUNDRED


class LineWriter:
    """Collects the changes of many subjects and writes them in few statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._begun: list[tuple[Any, ...]] = []
        self._ended: list[dict[str, int]] = []

    def open_lines(self, topics: Collection[str]) -> dict[str, dict[Line, int]]:
        """Return the lines of ``topics`` that are known now, each with its row."""
        found: dict[str, dict[Line, int]] = {}
        for row in _OPEN_LINES.run(self._connection, topics=list(topics)).fetchall():
            number, subject, *_ = row
            found.setdefault(subject, {})[line_of(row)] = number
        return found

    def write(self, subject: str, changes: Iterable[Change], known: Mapping[Line, int]) -> None:
        """Take over the changes of one subject; ``known`` gives the rows of its lines by then."""
        begun: dict[Line, int] = {}
        rows = dict(known)
        for at, changed, begins in changes:
            if begins:
                begun[changed] = at
            elif (since := begun.pop(changed, None)) is not None:
                self._add(subject, changed, since, at)
            else:
                self._ended.append({"row": rows.pop(changed), "at": at})
        for new, position in begun.items():
            self._add(subject, new, position, OPEN)

    def _add(self, subject: str, new: Line, known_from: int, known_to: int) -> None:
        unit, cycle, indicator, points, code, text, events, begins, ends = new
        self._begun.append(
            (
                subject,
                unit,
                cycle,
                indicator,
                int(points * _HUNDRED),
                code,
                text,
                str([*events]),
                _written(begins),
                _written(ends),
                known_from,
                known_to,
            )
        )

    def flush(self) -> None:
        """Store what was collected."""
        if self._ended:
            self._connection.execute(_END, self._ended)
        insert_rows(self._connection, line, _COLUMNS, self._begun)
        self._begun, self._ended = [], []
