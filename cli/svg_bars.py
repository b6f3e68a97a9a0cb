"""A stacked bar for each unit: what is left of the base, group by group, and then the bonus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, cycle
from typing import NamedTuple

from rich.cells import cell_len

from cli.axes import point_ticks
from cli.svg_canvas import FAINT, GRID, INK, MARKED, Canvas, fitting, tip
from domain.lines import show

_WIDTH, _LEFT, _RIGHT = 960, 190, 900
_ROW, _BAR, _LINE = 21, 15, 14.5
_LEGEND, _TICKS = 22, 30
_HALF_SIGN = 6.5
"""Half the width of a Chinese sign at 13 pixels: the width of a Latin one."""
_ROOM_FOR_LABEL = 24
_MOST_TICKS = 10
_LINK = "#1a5fb4"

_BASE = (("#08519c", "#ffffff"), ("#6baed6", INK), ("#c6dbef", INK), ("#3182bd", "#ffffff"))
_BONUS = (("#d95f02", "#ffffff"), ("#fdbe85", INK), ("#8c2d04", "#ffffff"), ("#fee6ce", INK))
"""Blue and orange, which no colour blindness mixes up; neighbours differ in lightness too, so that
they stay apart on a black and white print. Each with the colour of what is written on it."""


class Part(NamedTuple):
    """A first-level group: its name, and its weight, if it belongs to the base."""

    name: str
    weight: Decimal | None


class Bar(NamedTuple):
    """A unit: its rank and name, the page it leads to, and the points of each group."""

    rank: int
    name: str
    page: str
    points: Sequence[Decimal]


def svg_bars(title: str, parts: Sequence[Part], bars: Sequence[Bar]) -> str:
    """Return the chart of ``bars`` from top to bottom; the same ones give the same text."""
    return _Drawing(title, parts, bars).drawn()


class _Drawing:
    def __init__(self, title: str, parts: Sequence[Part], bars: Sequence[Bar]) -> None:
        self._bars = bars
        self._parts = parts
        base, bonus = cycle(_BASE), cycle(_BONUS)
        self._colours = [next(bonus if part.weight is None else base) for part in parts]
        self._legend = list(_placed(parts))
        self._top = 12 + _LEGEND * (1 + max((row for _, row, _ in self._legend), default=0)) + 18
        self._bottom = self._top + _ROW * len(bars)
        self._base = sum((part.weight for part in parts if part.weight is not None), Decimal(0))
        highest = max([self._base, *(sum(bar.points, Decimal(0)) for bar in bars)])
        self._ticks = point_ticks(Decimal(0), highest, _MOST_TICKS)
        # A group, and no picture: the names in it lead to pages.
        self._canvas = Canvas(title, _WIDTH, self._bottom + _TICKS, role="group")

    def drawn(self) -> str:
        self._axis()
        self._legend_row()
        for place, bar in enumerate(self._bars):
            self._bar(bar, self._top + _ROW * place)
        self._full_base()
        for place, bar in enumerate(self._bars):
            self._total(bar, self._top + _ROW * place)
        return self._canvas.drawn()

    def _axis(self) -> None:
        for tick in self._ticks:
            x = self._x(tick)
            self._canvas.add("line", x1=x, x2=x, y1=self._top, y2=self._bottom, stroke=GRID)
            self._canvas.text(show(tick), x, self._bottom + 18, anchor="middle", fill=FAINT)

    def _legend_row(self) -> None:
        for (left, row, label), (colour, _) in zip(self._legend, self._colours, strict=True):
            y = 8 + _LEGEND * row
            self._canvas.add("rect", x=left, y=y, width=_BAR, height=_BAR, fill=colour)
            self._canvas.text(label, left + _BAR + 6, y + 12)

    def _full_base(self) -> None:
        """Mark the points that every unit starts from, over the bars; a scheme may have none."""
        if not self._base:
            return
        x = self._x(self._base)
        top, dashes = self._top - 4, "4 4"
        self._canvas.add(
            "line", x1=x, x2=x, y1=top, y2=self._bottom, stroke=MARKED, stroke_dasharray=dashes
        )
        label = f"基础项满分 {show(self._base)}"
        self._canvas.text(label, x, self._top - 8, anchor="middle", fill=MARKED, size=12)

    def _bar(self, bar: Bar, top: float) -> None:
        line = top + _LINE
        self._canvas.text(str(bar.rank), 26, line, anchor="end", fill=FAINT)
        link = self._canvas.add("a", href=bar.page)
        tip(link, bar.name)
        self._canvas.text(fitting(bar.name, 13, _LEFT - 42), 34, line, link, fill=_LINK)
        ends = list(accumulate(bar.points, initial=Decimal(0)))
        for place, points in enumerate(bar.points):
            if points > 0:
                self._part(place, points, (self._x(ends[place]), self._x(ends[place + 1])), top)

    def _total(self, bar: Bar, top: float) -> None:
        total = sum(bar.points, Decimal(0))
        self._canvas.text(
            show(total),
            self._x(total) + 6,
            top + _LINE,
            weight="bold",
            stroke="#ffffff",
            stroke_width=4,
            paint_order="stroke",
        )

    def _part(self, place: int, points: Decimal, span: tuple[float, float], top: float) -> None:
        part, (colour, written) = self._parts[place], self._colours[place]
        group, width = self._canvas.add("g"), span[1] - span[0]
        of = "加" if part.weight is None else f"满分 {show(part.weight)}，得"
        tip(group, f"{part.name}：{of} {show(points)}")
        self._canvas.add(
            "rect",
            group,
            x=span[0],
            y=top + 3,
            width=width,
            height=_BAR,
            fill=colour,
            stroke="#ffffff",
        )
        if width >= _ROOM_FOR_LABEL:
            middle = (span[0] + span[1]) / 2
            self._canvas.text(
                show(points), middle, top + _LINE, group, anchor="middle", size=11, fill=written
            )

    def _x(self, points: Decimal) -> float:
        return _LEFT + float(points / self._ticks[-1]) * (_RIGHT - _LEFT)


def _placed(parts: Sequence[Part]) -> Iterator[tuple[float, int, str]]:
    """Yield where each entry of the legend stands, in which row, and what it says."""
    left, row = float(_LEFT), 0
    for part in parts:
        label = f"{part.name}（{'加分' if part.weight is None else show(part.weight)}）"
        width = _BAR + 24 + cell_len(label) * _HALF_SIGN
        if left > _LEFT and left + width > _RIGHT:
            left, row = float(_LEFT), row + 1
        yield left, row, label
        left += width
