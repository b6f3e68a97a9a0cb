"""The table of a unit's sheet: that of 附件2, filled in by formulas over the list of lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.lines import numbers
from infra.files.score_book.looks import (
    Looks,
    fit_row,
    merge,
    write_formula,
    write_points,
    write_text,
)
from infra.files.score_book.places import OnLines, OnSheet, Places, here
from infra.files.score_book.scoring import COUNTED, Document, Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS: Final = (
    ("事项", 5),
    ("一级指标", 7),
    ("权重", 5),
    ("序号", 5),
    ("二级指标", 17),
    ("赋分", 6),
    ("考核内容和计分标准", 58),
    ("依据事件", 24),
    ("条目合计", 7),
    ("本项上限", 6),
    ("上限吸收", 6),
    ("扣分/加分", 7),
    ("一级应扣", 7),
    ("权重吸收", 6),
    ("得分", 8),
)
"""The headings of the table, each with the width of its column."""
_NONE: Final = "—"
_NO_CAP: Final = "无"
_SUM_HEIGHT: Final = 18


class _Part(NamedTuple):
    """Base or bonus, with the groups that make it."""

    label: str
    groups: Sequence[Group]


class UnitTable:
    """The indicators with what they take or give, the groups, and the sums of both."""

    def __init__(self, sheet: Worksheet, places: Places, looks: Looks) -> None:
        self._sheet = sheet
        self._places = places
        self._looks = looks

    def write(self, unit: Document) -> None:
        """Write the table; a scheme that only adds has no use for what limits deductions."""
        if not self._places.scoring.has_base:
            for column in (OnSheet.WEIGHT, OnSheet.WORTH, OnSheet.TAKEN, OnSheet.BY_WEIGHT):
                self._sheet.set_column(column, column, None, None, {"hidden": True})
        for part in _parts(self._places.scoring.groups):
            self._down(part.groups[0].first, part.groups[-1].last, OnSheet.PART, self._looks.label)
            place = (self._places.indicator_row(part.groups[0].first), OnSheet.PART)
            write_text(self._sheet, place, part.label, self._looks.label)
        number = self._places.scoring.numbers[unit["unit"]]
        for group, told in zip(self._places.scoring.groups, unit["groups"], strict=True):
            for at, indicator in enumerate(told["indicators"], group.first):
                self._write_indicator(at, number, group, indicator)
            self._write_group(group, told)
        self._write_sums(unit)

    def _write_indicator(self, at: int, unit: int, group: Group, told: Document) -> None:
        row, looks = self._places.indicator_row(at), self._looks
        self._sheet.write_number(row, OnSheet.NUMBER, at, looks.number)
        self._write_limit((row, OnSheet.WORTH), told["weight"], _NONE)
        events = {held for line in told["lines"] for held in line["events"]}
        texts = (
            (OnSheet.NAME, told["name"]),
            (OnSheet.CLAUSE, told["clause"]),
            (OnSheet.EVENTS, numbers(sorted(events))),
        )
        rows = group.last - group.first + 1
        cells = [(text, float(COLUMNS[column][1])) for column, text in texts]
        fit_row(self._sheet, row, [*cells, (group.name, COLUMNS[OnSheet.GROUP][1] * rows)])
        for column, text in texts:
            write_text(self._sheet, (row, column), text, looks.text)
        self._write_limit((row, OnSheet.CAP), told["cap"], _NO_CAP)
        raw, cap = here(row, OnSheet.RAW), here(row, OnSheet.CAP)
        effective = here(row, OnSheet.EFFECTIVE)
        kept = f"MIN({raw},{cap})" if group.weight is None else f"MAX({raw},0-{cap})"
        limited = f"=IF(ISNUMBER({cap}),{kept},{raw})"
        lost = f"=ROUND(ABS({raw}-{effective}),2)"
        for column, formula, value, look in (
            (OnSheet.RAW, self._raw(unit, here(row, OnSheet.NUMBER)), told["raw"], looks.number),
            (OnSheet.EFFECTIVE, limited, told["effective"], looks.number),
            (OnSheet.BY_CAP, lost, told["absorbed"], looks.absorbed),
        ):
            write_formula(self._sheet, (row, column), formula, float(value), look)

    def _raw(self, unit: int, indicator: str) -> str:
        lines = self._places.lines
        return (
            f"=ROUND(SUMIFS({lines(OnLines.POINTS)},{lines(OnLines.UNIT)},{unit},"
            f'{lines(OnLines.INDICATOR)},{indicator},{lines(OnLines.STATUS)},"{COUNTED}"),2)'
        )

    def _write_group(self, group: Group, told: Document) -> None:
        looks, row = self._looks, self._places.indicator_row(group.first)
        columns = (OnSheet.GROUP, OnSheet.WEIGHT, OnSheet.TAKEN, OnSheet.BY_WEIGHT, OnSheet.SCORE)
        for column in columns:
            self._down(group.first, group.last, column, looks.number)
        write_text(self._sheet, (row, OnSheet.GROUP), group.name, looks.label)
        self._write_limit((row, OnSheet.WEIGHT), group.weight, _NONE)
        last = self._places.indicator_row(group.last)
        together = f"SUM({here(row, OnSheet.EFFECTIVE)}:{here(last, OnSheet.EFFECTIVE)})"
        if group.weight is None:
            write_text(self._sheet, (row, OnSheet.TAKEN), _NONE, looks.number)
            write_text(self._sheet, (row, OnSheet.BY_WEIGHT), _NONE, looks.number)
            formulas = [(OnSheet.SCORE, f"=ROUND({together},2)", told["score"], looks.total)]
        else:
            taken, weight = here(row, OnSheet.TAKEN), here(row, OnSheet.WEIGHT)
            over, left = f"=MAX(0,ROUND({taken}-{weight},2))", f"=MAX(0,ROUND({weight}-{taken},2))"
            formulas = [
                (OnSheet.TAKEN, f"=ROUND(0-{together},2)", told["deducted"], looks.number),
                (OnSheet.BY_WEIGHT, over, told["absorbed"], looks.absorbed),
                (OnSheet.SCORE, left, told["score"], looks.total),
            ]
        for column, formula, value, look in formulas:
            write_formula(self._sheet, (row, column), formula, float(value), look)

    def _write_sums(self, unit: Document) -> None:
        places, looks = self._places, self._looks
        scores = [
            [
                here(places.indicator_row(group.first), OnSheet.SCORE)
                for group in places.scoring.groups
                if (group.weight is None) == bonus
            ]
            for bonus in (False, True)
        ]
        both = [here(places.sums_top + at, OnSheet.SCORE) for at in range(2)]
        base = ("基础项得分", scores[0], unit["base"])
        bonus = ("加分项得分", scores[1], unit["bonus"])
        total = ("总分（基础项得分 + 加分项得分）", both, unit["total"])
        only = ("总分", scores[1], unit["total"])
        sums = (base, bonus, total) if places.scoring.has_base else (only,)
        for row, (label, cells, value) in enumerate(sums, places.sums_top):
            self._sheet.set_row(row, _SUM_HEIGHT)
            merge(self._sheet, (row, 0), (row, OnSheet.SCORE - 1), looks.label)
            write_text(self._sheet, (row, 0), label, looks.label)
            formula = f"=ROUND({'+'.join(cells) or '0'},2)"
            write_formula(self._sheet, (row, OnSheet.SCORE), formula, float(value), looks.total)

    def _write_limit(self, place: tuple[int, int], points: str | None, instead: str) -> None:
        """Write a weight or a cap; where there is none, a sign that formulas take for none."""
        if points is None:
            write_text(self._sheet, place, instead, self._looks.number)
        else:
            write_points(self._sheet, place, points, self._looks.number)

    def _down(self, first: int, last: int, column: int, look: Format) -> None:
        rows = self._places.indicator_row
        merge(self._sheet, (rows(first), column), (rows(last), column), look)


def _parts(groups: Sequence[Group]) -> Iterator[_Part]:
    """Return the stretches of the table that are base and bonus, in the order of the tree."""
    for bonus, held in groupby(groups, key=lambda group: group.weight is None):
        yield _Part("加分项" if bonus else "基础项", list(held))
