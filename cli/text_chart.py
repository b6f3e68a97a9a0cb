"""A step chart drawn with the signs of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rich.cells import cell_len

from cli.axes import day_ticks, point_ticks
from domain.lines import show

_ROWS_APART = 2
_MOST_LEVELS = 9
_NARROWEST = 20
_COLUMNS_FOR_LABEL = 7

_ASCII = str.maketrans("─│┌┐└┘├┤┬┴┼", "-|+++++++++")
"""For consoles that cannot draw boxes, or draw them two columns wide."""

# Where a column comes from and goes to, seen from one of its rows: left, up, down, right.
_SIGNS = {
    (True, False, True, False): "┐",
    (True, True, False, False): "┘",
    (False, False, True, True): "┌",
    (False, True, False, True): "└",
    (True, True, True, False): "┤",
    (False, True, True, True): "├",
    (True, False, True, True): "┬",
    (True, True, False, True): "┴",
    (True, True, True, True): "┼",
    (True, False, False, True): "─",
}
_PASSED = "│"


class Frame(NamedTuple):
    """What of time a chart shows: the days at its edges, and one that it marks."""

    first: date
    last: date
    marked: date


def text_chart(
    totals: Sequence[tuple[date, Decimal]], frame: Frame, *, width: int, plain: bool = False
) -> list[str]:
    """Return the rows of a chart of ``totals``, each in force from its day on.

    ``width`` is in columns of the terminal. A column of dots stands at the marked day. With
    ``plain`` only signs are used that every console has.
    """
    levels = point_ticks(
        min(total for _, total in totals), max(total for _, total in totals), _MOST_LEVELS
    )
    labels = [show(level) for level in levels]
    margin = max(map(len, labels)) + 1
    end = f" {show(totals[-1][1])}"
    columns = max(_NARROWEST, width - margin - 1 - len(end))
    plot = _Plot(frame, levels, columns)
    rows = plot.rows(totals)
    rows[plot.row(totals[-1][1])] += end
    for number, text in enumerate(rows):
        level, between = divmod(number, _ROWS_APART)
        label = "" if between else labels[len(labels) - 1 - level]
        rows[number] = f"{label:>{margin}}{'│' if between else '┤'}{text}".rstrip()
    rows += plot.axis(margin)
    return [row.translate(_ASCII) for row in rows] if plain else rows


class _Plot:
    """The area between the axes."""

    def __init__(self, frame: Frame, levels: Sequence[Decimal], columns: int) -> None:
        self._frame = frame
        self._levels = levels
        self._columns = columns

    def row(self, total: Decimal) -> int:
        """Return the row of a total, counted from the top."""
        low, high = self._levels[0], self._levels[-1]
        return round((high - total) / (high - low) * ((len(self._levels) - 1) * _ROWS_APART))

    def column(self, day: date) -> int:
        """Return the column of a day."""
        days = max(1, (self._frame.last - self._frame.first).days)
        return round((day - self._frame.first).days * (self._columns - 1) / days)

    def rows(self, totals: Sequence[tuple[date, Decimal]]) -> list[str]:
        """Return the rows of the curve from the top, with the mark where the curve is not."""
        height = (len(self._levels) - 1) * _ROWS_APART + 1
        mark = self.column(self._frame.marked) if self._is_inside(self._frame.marked) else None
        empty = [":" if column == mark else " " for column in range(self._columns)]
        cells = [list(empty) for _ in range(height)]
        passed: dict[int, list[int]] = {}
        for day, total in totals:
            passed.setdefault(self.column(day), []).append(self.row(total))
        came_from = self.row(totals[0][1])
        for column in range(self._columns):
            path = [came_from, *passed.get(column, [])]
            for row in range(min(path), max(path) + 1):
                sides = (row == path[0], row > min(path), row < max(path), row == path[-1])
                cells[row][column] = _SIGNS.get(sides, _PASSED)
            came_from = path[-1]
        return ["".join(row) for row in cells]

    def axis(self, margin: int) -> list[str]:
        """Return the axis of days and its labels."""
        line, labels = ["─"] * self._columns, ""
        for day, label in day_ticks(
            self._frame.first, self._frame.last, self._columns // _COLUMNS_FOR_LABEL
        ):
            line[self.column(day)] = "┬"
            start = min(self.column(day), self._columns - cell_len(label))
            if start > cell_len(labels) or not labels:
                labels += " " * (start - cell_len(labels)) + label
        return [" " * margin + "└" + "".join(line), " " * (margin + 1) + labels]

    def _is_inside(self, day: date) -> bool:
        return self._frame.first <= day <= self._frame.last
