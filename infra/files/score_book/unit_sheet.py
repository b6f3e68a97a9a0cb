"""One unit's 评分表: the table of 附件2, filled in by formulas over the list of lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from infra.files.notations import escaped
from infra.files.score_book.looks import (
    Looks,
    fit_row,
    for_print,
    merge,
    write_formula,
    write_points,
    write_text,
)
from infra.files.score_book.places import (
    SHEET_TOP,
    OnLines,
    OnSheet,
    Places,
    SummaryColumns,
    here,
    on_summary,
)
from infra.files.score_book.scoring import COUNTED, Document, Group, numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_COLUMNS: Final = (
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
_LAST: Final = len(_COLUMNS) - 1
_WIDTH: Final = sum(width for _, width in _COLUMNS)
_NONE: Final = "—"
_NO_CAP: Final = "无"
_TITLE_HEIGHT, _LINE_HEIGHT, _HEAD_HEIGHT, _SIGN_HEIGHT = 28, 18, 24, 30
_SIGNATURES: Final = ((0, "考核人："), (5, "复核人："), (7, "被考核单位（签章）："))
_DATE: Final = "年　　月　　日"
_EXPLAINED: Final = (
    "注：基础项减分，某一项超出“本项上限”的部分列入“上限吸收”；一级指标合计减分以权重为限，超出的部分列入"
    "“权重吸收”。加分项不设总的上限。每一条的分值、依据和来源见“条目”工作表。"
)


class _Part(NamedTuple):
    """Base or bonus, with the groups that make it."""

    label: str
    groups: Sequence[Group]


def add_unit_sheet(workbook: Workbook, places: Places, looks: Looks, unit: Document) -> None:
    """Add the sheet of one unit; ``unit`` is its explanation."""
    name = unit["unit"]
    sheet = workbook.add_worksheet(places.sheets[name])
    for at, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        write_text(sheet, (SHEET_TOP - 1, at), heading, looks.heading)
    fit_row(sheet, SHEET_TOP - 1, _COLUMNS)
    _Head(sheet, places, looks).write(unit)
    _Table(sheet, places, looks).write(unit)
    _write_foot(sheet, places, looks, unit)
    sheet.freeze_panes(SHEET_TOP, 0)
    for_print(sheet, name, SHEET_TOP)


class _Head:
    """What stands above the table: whose sheet, as of when, and what it comes to."""

    def __init__(self, sheet: Worksheet, places: Places, looks: Looks) -> None:
        self._sheet = sheet
        self._places = places
        self._looks = looks

    def write(self, unit: Document) -> None:
        """Write the head."""
        scoring, looks = self._places.scoring, self._looks
        category = scoring.category(unit)
        self._line(0, f"{scoring.title}评分表", looks.title, _TITLE_HEIGHT)
        said = f"被考核单位：{unit['unit']}（{category}）"
        self._line(1, f"{said}　　考核依据：{scoring.document}", looks.line, _LINE_HEIGHT)
        self._line(2, scoring.point, looks.line, _LINE_HEIGHT)
        self._sheet.set_row(3, _HEAD_HEIGHT)
        alike = sum(other["category"] == unit["category"] for other in scoring.units)
        row = self._places.summary_row[unit["unit"]]
        columns = SummaryColumns(scoring)
        total = f"={here(self._places.total_row, OnSheet.SCORE)}"
        self._pair((0, 1), (2, 3), "总分", total, float(unit["total"]))
        rank = f"={on_summary(row, columns.RANK)}"
        self._pair((4, 4), (5, 5), f"名次（共 {len(scoring.units)} 个单位）", rank, unit["rank"])
        within = f"={on_summary(row, columns.RANK_WITHIN)}"
        label = f"{category}名次（共 {alike} 个单位）"
        self._pair((6, 6), (7, 7), label, within, unit["rank_in_category"])
        number = scoring.numbers[unit["unit"]]
        self._pair((8, 9), (10, 11), "单位编号", None, number)
        grade = None if columns.grade is None else f"={on_summary(row, columns.grade)}"
        self._pair((12, 12), (13, 14), "等次", grade, escaped(unit["grade"] or ""))

    def _line(self, row: int, text: str, look: Format, height: int) -> None:
        self._sheet.set_row(row, height)
        merge(self._sheet, (row, 0), (row, _LAST), look)
        write_text(self._sheet, (row, 0), text, look)

    def _pair(
        self,
        label_at: tuple[int, int],
        value_at: tuple[int, int],
        label: str,
        formula: str | None,
        value: str | float,
    ) -> None:
        """Write a label and beside it a value, each over the columns from the first to the last.

        A grade that nobody has set is left to be filled in by hand.
        """
        for (first, last), look in ((label_at, self._looks.label), (value_at, self._looks.total)):
            merge(self._sheet, (3, first), (3, last), look)
        write_text(self._sheet, (3, label_at[0]), label, self._looks.label)
        if formula is None and value:
            self._sheet.write_number(3, value_at[0], float(value), self._looks.total)
        elif formula is not None:
            write_formula(self._sheet, (3, value_at[0]), formula, value, self._looks.total)


class _Table:
    """The indicators with what they take or give, the groups, and the sums of both."""

    def __init__(self, sheet: Worksheet, places: Places, looks: Looks) -> None:
        self._sheet = sheet
        self._places = places
        self._looks = looks

    def write(self, unit: Document) -> None:
        """Write the table."""
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
        events = dict.fromkeys(held for line in told["lines"] for held in line["events"])
        texts = (
            (OnSheet.NAME, told["name"]),
            (OnSheet.CLAUSE, told["clause"]),
            (OnSheet.EVENTS, numbers_of(list(events))),
        )
        fit_row(self._sheet, row, ((text, _COLUMNS[column][1]) for column, text in texts))
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
        scores = {
            part: [
                here(places.indicator_row(group.first), OnSheet.SCORE)
                for group in places.scoring.groups
                if (group.weight is None) == bonus
            ]
            for part, bonus in (("base", False), ("bonus", True))
        }
        both = [here(row, OnSheet.SCORE) for row in (places.base_row, places.bonus_row)]
        for row, label, cells, value in (
            (places.base_row, "基础项得分", scores["base"], unit["base"]),
            (places.bonus_row, "加分项得分", scores["bonus"], unit["bonus"]),
            (places.total_row, "总分（基础项得分 + 加分项得分）", both, unit["total"]),
        ):
            self._sheet.set_row(row, _LINE_HEIGHT)
            merge(self._sheet, (row, 0), (row, _LAST - 1), looks.label)
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


def _write_foot(sheet: Worksheet, places: Places, looks: Looks, unit: Document) -> None:
    """Write what the sheet cannot say, what will still count, and where to sign."""
    row = places.total_row + 1
    for note in _notes(unit):
        merge(sheet, (row, 0), (row, _LAST), looks.note)
        write_text(sheet, (row, 0), note, looks.note)
        fit_row(sheet, row, [(note, _WIDTH)])
        row += 1
    row += 1
    sheet.set_row(row, _SIGN_HEIGHT)
    for column, label in _SIGNATURES:
        write_text(sheet, (row, column), label, looks.sign)
    write_text(sheet, (row, OnSheet.EFFECTIVE), _DATE, looks.sign)


def _notes(unit: Document) -> Iterator[str]:
    yield _EXPLAINED
    for notice in unit["notices"]:
        yield f"提示：{notice['text']}。"
    if unit["pending"]:
        yield f"待计：另有 {len(unit['pending'])} 条尚未到起算日，没有计入，见“条目”工作表。"
