"""From the score before to the score after as bars: where each is drawn, to scale from nought."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from domain.lines import signed
from infra.pages.trail.words import SIDES

Document = dict[str, Any]

_LEFT: Final = 300
_RIGHT: Final = 880
_ROW: Final = 30
_TOP: Final = 8
_THINNEST: Final = 2.0
_LABEL_CELLS: Final = 40


class Bar(NamedTuple):
    """A bar with its label: ``kind`` is ``before``, ``after``, ``gain`` or ``loss``."""

    kind: str
    label: str
    value: str
    told: str
    x: str
    y: int
    width: str
    end: str


class Chart(NamedTuple):
    """All bars from top to bottom, and how high they are together."""

    bars: list[Bar]
    height: int
    label_x: int = _LEFT - 12
    axis_x: str = ""


def chart_of(trail: Document) -> Chart:
    """Return the bars of ``trail``: both totals, and between them each step of the change."""
    before, after = (Decimal(trail[name]["total"]) for name in ("before", "after"))
    rows = [
        ("before", SIDES[trail["before"]["kind"]], trail["before"]["total"], Decimal(0), before)
    ]
    at = before
    for step in trail["steps"]:
        change = Decimal(step["change"])
        kind = "gain" if change > 0 else "loss"
        rows.append((kind, step["name"], signed(step["change"]), at, at + change))
        at += change
    rows.append(
        ("after", SIDES[trail["after"]["kind"]], trail["after"]["total"], Decimal(0), after)
    )
    ends = [Decimal(0), *(end for row in rows for end in row[3:])]
    low, high = min(ends), max(*ends, Decimal(1))
    scale = Decimal(_RIGHT - _LEFT - 60) / (high - low)

    def place(points: Decimal) -> float:
        return float(_LEFT + (points - low) * scale)

    told = ["", *(step["text"] for step in trail["steps"]), ""]
    bars = []
    for number, (kind, label, value, start, end) in enumerate(rows):
        left, right = sorted((place(start), place(end)))
        width = max(right - left, _THINNEST)
        y = _TOP + number * _ROW
        bars.append(
            Bar(
                kind,
                _cut(label),
                value,
                told[number],
                _tenths(left),
                y,
                _tenths(width),
                _tenths(left + width + 8),
            )
        )
    return Chart(bars, _TOP * 2 + _ROW * len(rows), axis_x=_tenths(place(Decimal(0))))


def _cut(label: str) -> str:
    if cell_len(label) <= _LABEL_CELLS:
        return label
    return f"{set_cell_size(label, _LABEL_CELLS - 1).rstrip()}…"


def _tenths(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
