"""A step chart in SVG: a total over the days of a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cli.axes import day_ticks, point_ticks
from cli.svg_canvas import FAINT, GRID, MARKED, Canvas, fitting, number, tip
from cli.text_chart import Frame
from domain.lines import show

_WIDTH, _HEIGHT = 960, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 896, 104, 396
_MOST_LEVELS, _MOST_DAYS = 8, 13
_CURVE = "#1a5fb4"


class Mark(NamedTuple):
    """A day of the curve, the total from then on, and what is said when one points at it."""

    day: date
    total: Decimal
    text: str


class Texts(NamedTuple):
    """What is written around the curve."""

    title: str
    subtitle: str
    marked: str


def svg_chart(marks: Sequence[Mark], frame: Frame, texts: Texts) -> str:
    """Return the chart of ``marks``; the same ones always give the same text.

    The curve goes from the frame's first day to its last; its marked day has a line of its own.
    """
    return _Drawing(marks, frame, texts).drawn()


class _Drawing:
    def __init__(self, marks: Sequence[Mark], frame: Frame, texts: Texts) -> None:
        totals = [mark.total for mark in marks]
        self._marks = marks
        self._frame = frame
        self._texts = texts
        self._levels = point_ticks(min(totals), max(totals), _MOST_LEVELS)
        self._canvas = Canvas(texts.title, _WIDTH, _HEIGHT)

    def drawn(self) -> str:
        room = _RIGHT - _LEFT
        write = self._canvas.text
        write(fitting(self._texts.title, 20, room), _LEFT, 34, size=20, weight="bold")
        write(fitting(self._texts.subtitle, 13, room), _LEFT, 58, fill=FAINT)
        self._axis_of_points()
        self._axis_of_days()
        self._marked_day()
        self._curve()
        return self._canvas.drawn()

    def _axis_of_points(self) -> None:
        for level in self._levels:
            y = self._y(level)
            self._canvas.add("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, stroke=GRID)
            self._canvas.text(show(level), _LEFT - 10, y + 4.5, anchor="end", fill=FAINT)
        self._canvas.text("分", _LEFT - 10, _TOP - 16, anchor="end", fill=FAINT)

    def _axis_of_days(self) -> None:
        self._canvas.add("line", x1=_LEFT, x2=_RIGHT, y1=_BOTTOM, y2=_BOTTOM, stroke=FAINT)
        for day, label in day_ticks(self._frame.first, self._frame.last, _MOST_DAYS):
            x = self._x(day)
            self._canvas.add("line", x1=x, x2=x, y1=_BOTTOM, y2=_BOTTOM + 6, stroke=FAINT)
            self._canvas.text(label, x, _BOTTOM + 24, anchor="middle", fill=FAINT)

    def _marked_day(self) -> None:
        if not self._frame.first <= self._frame.marked <= self._frame.last:
            return
        x = self._x(self._frame.marked)
        self._canvas.add(
            "line", x1=x, x2=x, y1=_TOP - 20, y2=_BOTTOM, stroke=MARKED, stroke_dasharray="4 4"
        )
        side, anchor = (-6, "end") if x > _WIDTH / 2 else (6, "start")
        self._canvas.text(self._texts.marked, x + side, _TOP - 8, anchor=anchor, fill=MARKED)

    def _curve(self) -> None:
        first = self._marks[0]
        path = f"M{number(self._x(first.day))} {number(self._y(first.total))}"
        for mark in self._marks[1:]:
            path += f"H{number(self._x(mark.day))}V{number(self._y(mark.total))}"
        path += f"H{number(self._x(self._frame.last))}"
        self._canvas.add(
            "path",
            d=path,
            fill="none",
            stroke=_CURVE,
            stroke_width=2.5,
            stroke_linejoin="round",
        )
        for mark in self._marks:
            x, y = self._x(mark.day), self._y(mark.total)
            tip(self._canvas.add("circle", cx=x, cy=y, r=3.5, fill=_CURVE), mark.text)
        total = self._marks[-1].total
        self._canvas.text(show(total), _RIGHT + 8, self._y(total) + 5, size=15, weight="bold")

    def _x(self, day: date) -> float:
        days = max(1, (self._frame.last - self._frame.first).days)
        return _LEFT + (day - self._frame.first).days * (_RIGHT - _LEFT) / days

    def _y(self, total: Decimal) -> float:
        low, high = self._levels[0], self._levels[-1]
        return _TOP + float((high - total) / (high - low)) * (_BOTTOM - _TOP)
