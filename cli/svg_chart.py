"""A step chart as one SVG file that needs nothing else: no script, no style sheet, no font."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rich.cells import cell_len, set_cell_size

from cli.axes import day_ticks, point_ticks
from cli.text_chart import Frame
from domain.lines import show

_WIDTH, _HEIGHT = 960, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 896, 104, 396
_MOST_LEVELS, _MOST_DAYS = 8, 13
_INK, _FAINT, _GRID, _CURVE, _MARK = "#1f2933", "#616e7c", "#e4e7eb", "#1a5fb4", "#b5541c"
_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"

# XML has no way to write these, not even escaped.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


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
    return _Drawing(marks, frame).of(texts)


class _Drawing:
    def __init__(self, marks: Sequence[Mark], frame: Frame) -> None:
        totals = [mark.total for mark in marks]
        self._marks = marks
        self._frame = frame
        self._levels = point_ticks(min(totals), max(totals), _MOST_LEVELS)
        self._svg = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
                "width": str(_WIDTH),
                "height": str(_HEIGHT),
                "role": "img",
                "font-family": _FONTS,
                "font-size": "13",
                "fill": _INK,
            },
        )

    def of(self, texts: Texts) -> str:
        self._tip(self._svg, texts.title)
        self._add("rect", width=_WIDTH, height=_HEIGHT, fill="#ffffff")
        self._text(_fitting(texts.title, 20), _LEFT, 34, size=20, weight="bold")
        self._text(_fitting(texts.subtitle, 13), _LEFT, 58, fill=_FAINT)
        self._axis_of_points()
        self._axis_of_days()
        self._marked_day(texts.marked)
        self._curve()
        indent(self._svg)
        declared = '<?xml version="1.0" encoding="UTF-8"?>\n'
        return declared + tostring(self._svg, encoding="unicode") + "\n"

    def _axis_of_points(self) -> None:
        for level in self._levels:
            y = self._y(level)
            self._add("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, stroke=_GRID)
            self._text(show(level), _LEFT - 10, y + 4.5, anchor="end", fill=_FAINT)
        self._text("分", _LEFT - 10, _TOP - 16, anchor="end", fill=_FAINT)

    def _axis_of_days(self) -> None:
        self._add("line", x1=_LEFT, x2=_RIGHT, y1=_BOTTOM, y2=_BOTTOM, stroke=_FAINT)
        for day, label in day_ticks(self._frame.first, self._frame.last, _MOST_DAYS):
            x = self._x(day)
            self._add("line", x1=x, x2=x, y1=_BOTTOM, y2=_BOTTOM + 6, stroke=_FAINT)
            self._text(label, x, _BOTTOM + 24, anchor="middle", fill=_FAINT)

    def _marked_day(self, label: str) -> None:
        if not self._frame.first <= self._frame.marked <= self._frame.last:
            return
        x = self._x(self._frame.marked)
        dashes = {"stroke-dasharray": "4 4"}
        self._add("line", x1=x, x2=x, y1=_TOP - 20, y2=_BOTTOM, stroke=_MARK, **dashes)
        side, anchor = (-6, "end") if x > _WIDTH / 2 else (6, "start")
        self._text(label, x + side, _TOP - 8, anchor=anchor, fill=_MARK)

    def _curve(self) -> None:
        path = f"M{self._at(self._marks[0])}"
        for mark in self._marks[1:]:
            path += f"H{_number(self._x(mark.day))}V{_number(self._y(mark.total))}"
        path += f"H{_number(self._x(self._frame.last))}"
        lines = {"stroke-width": "2.5", "stroke-linejoin": "round"}
        self._add("path", d=path, fill="none", stroke=_CURVE, **lines)
        for mark in self._marks:
            x, y = self._x(mark.day), self._y(mark.total)
            point = self._add("circle", cx=x, cy=y, r=3.5, fill=_CURVE)
            self._tip(point, mark.text)
        total = self._marks[-1].total
        self._text(show(total), _RIGHT + 8, self._y(total) + 5, size=15, weight="bold")

    def _at(self, mark: Mark) -> str:
        return f"{_number(self._x(mark.day))} {_number(self._y(mark.total))}"

    def _x(self, day: date) -> float:
        days = max(1, (self._frame.last - self._frame.first).days)
        return _LEFT + (day - self._frame.first).days * (_RIGHT - _LEFT) / days

    def _y(self, total: Decimal) -> float:
        low, high = self._levels[0], self._levels[-1]
        return _TOP + float((high - total) / (high - low)) * (_BOTTOM - _TOP)

    def _add(self, tag: str, **attributes: object) -> Element:
        shown = {
            name: _number(value) if isinstance(value, float) else str(value)
            for name, value in attributes.items()
        }
        return SubElement(self._svg, tag, shown)

    def _text(self, text: str, x: float, y: float, **style: object) -> None:
        names = {"anchor": "text-anchor", "size": "font-size", "weight": "font-weight"}
        placed = {names.get(name, name): value for name, value in style.items()}
        self._add("text", x=float(x), y=float(y), **placed).text = text.translate(_UNWRITABLE)

    def _tip(self, parent: Element, text: str) -> None:
        SubElement(parent, "title").text = text.translate(_UNWRITABLE)


def _fitting(text: str, size: int) -> str:
    """Return ``text``, cut where it would leave the page: a Latin sign is half a Chinese one."""
    most = 2 * (_RIGHT - _LEFT) // size
    return text if cell_len(text) <= most else set_cell_size(text, most - 1) + "…"


def _number(value: float) -> str:
    """Return ``value`` to a tenth of a pixel, without trailing zeros."""
    return f"{value:.1f}".removesuffix(".0")
