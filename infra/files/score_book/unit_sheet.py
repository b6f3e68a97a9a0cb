"""One unit's 评分表: whose it is and what it comes to, the table, and where to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from infra.files.notations import escaped
from infra.files.score_book.looks import (
    Looks,
    fit_row,
    for_print,
    merge,
    write_formula,
    write_text,
)
from infra.files.score_book.places import (
    SHEET_TOP,
    OnSheet,
    Places,
    SummaryColumns,
    here,
    on_summary,
)
from infra.files.score_book.unit_table import COLUMNS, UnitTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from infra.files.score_book.scoring import Document

_LAST: Final = len(COLUMNS) - 1
_WIDTH: Final = sum(width for _, width in COLUMNS)
_TITLE_HEIGHT, _LINE_HEIGHT, _HEAD_HEIGHT, _SIGN_HEIGHT = 28, 18, 24, 30
_SIGNATURES: Final = ((0, "考核人："), (4, "复核人："), (7, "被考核单位（签章）："))
_DATE: Final = "年　　月　　日"
_EXPLAINED: Final = (
    "注：基础项减分，某一项超出“本项上限”的部分列入“上限吸收”；一级指标合计减分以权重为限，超出的部分列入"
    "“权重吸收”。加分项不设总的上限。每一条的分值、依据和来源见“条目”工作表。"
)
_EXPLAINED_ADDING: Final = (
    "注：某一项超出“本项上限”的部分列入“上限吸收”。每一条的分值、依据和来源见“条目”工作表。"
)


def add_unit_sheet(workbook: Workbook, places: Places, looks: Looks, unit: Document) -> None:
    """Add the sheet of one unit; ``unit`` is its explanation."""
    name = unit["unit"]
    sheet = workbook.add_worksheet(places.sheets[name])
    for at, (heading, width) in enumerate(COLUMNS):
        sheet.set_column(at, at, width)
        write_text(sheet, (SHEET_TOP - 1, at), heading, looks.heading)
    fit_row(sheet, SHEET_TOP - 1, COLUMNS)
    _Head(sheet, places, looks).write(unit)
    UnitTable(sheet, places, looks).write(unit)
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
        self._line(0, f"{scoring.subject}评分表", looks.title, _TITLE_HEIGHT)
        said = f"被考核单位：{unit['unit']}　　类别：{category}"
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
        self._pair((8, 9), (10, 10), "单位编号", None, number)
        grade = None if columns.grade is None else f"={on_summary(row, columns.grade)}"
        self._pair((11, 12), (13, 14), "等次", grade, escaped(unit["grade"] or ""))

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


def _write_foot(sheet: Worksheet, places: Places, looks: Looks, unit: Document) -> None:
    """Write what the sheet cannot say, what will still count, and where to sign."""
    row = places.total_row + 1
    for note in _notes(places, unit):
        merge(sheet, (row, 0), (row, _LAST), looks.note)
        write_text(sheet, (row, 0), note, looks.note)
        fit_row(sheet, row, [(note, _WIDTH)])
        row += 1
    row += 1
    sheet.set_row(row, _SIGN_HEIGHT)
    for column, label in _SIGNATURES:
        write_text(sheet, (row, column), label, looks.sign)
    write_text(sheet, (row, OnSheet.EFFECTIVE), _DATE, looks.sign)


def _notes(places: Places, unit: Document) -> Iterator[str]:
    yield _EXPLAINED if places.scoring.has_base else _EXPLAINED_ADDING
    for notice in unit["notices"]:
        yield f"提示：{notice['text']}。"
    if unit["pending"]:
        yield f"待计：另有 {len(unit['pending'])} 条尚未到起算日，没有计入，见“条目”工作表。"
