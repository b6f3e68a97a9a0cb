"""The summary: every unit's score with its ranks, and whether the formulas still give our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    SUMMARY,
    SUMMARY_TOP,
    OnLines,
    OnSheet,
    Places,
    SummaryColumns,
    here,
    span_here,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from infra.files.score_book.scoring import Document

_SAME, _OTHER, _NO_SHEET = "一致", "不一致", "未附评分表"
_TITLE_HEIGHT: Final = 28
_WIDTHS: Final = {SummaryColumns.UNIT: 26, SummaryColumns.CATEGORY: 14}
_WIDTH: Final = 9


def add_summary_sheet(workbook: Workbook, places: Places, looks: Looks) -> None:
    """Add the summary of all units, best first."""
    _Summary(workbook.add_worksheet(SUMMARY), places, looks).write()


class _Summary:
    def __init__(self, sheet: Worksheet, places: Places, looks: Looks) -> None:
        self._sheet = sheet
        self._places = places
        self._looks = looks
        self._scoring = places.scoring
        self._columns = SummaryColumns(places.scoring)
        self._last_row = SUMMARY_TOP + len(places.scoring.units) - 1

    def write(self) -> None:
        """Write the head, a row for each unit, and the grades if there are any."""
        self._write_head()
        for unit in self._scoring.ranked():
            self._write_unit(self._places.summary_row[unit["unit"]], unit)
        self._write_grades()
        check = self._columns.check
        wrong = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{_OTHER}"',
            "format": self._looks.wrong,
        }
        self._sheet.conditional_format(SUMMARY_TOP, check, self._last_row, check, wrong)
        self._sheet.freeze_panes(SUMMARY_TOP, SummaryColumns.CATEGORY)
        for_print(self._sheet, "", SUMMARY_TOP)

    def _write_head(self) -> None:
        scoring, last = self._scoring, self._columns.check
        for row, text, look in (
            (0, f"{scoring.subject}得分汇总表", self._looks.title),
            (1, f"{scoring.point}　　考核依据：{scoring.document}", self._looks.line),
        ):
            merge(self._sheet, (row, 0), (row, last), look)
            write_text(self._sheet, (row, 0), text, look)
        self._sheet.set_row(0, _TITLE_HEIGHT)
        headings = list(self._headings())
        fit_row(self._sheet, SUMMARY_TOP - 1, ((heading, _WIDTH) for heading in headings))
        for at, heading in enumerate(headings):
            self._sheet.set_column(at, at, _WIDTHS.get(at, _WIDTH))
            write_text(self._sheet, (SUMMARY_TOP - 1, at), heading, self._looks.heading)

    def _headings(self) -> Iterator[str]:
        yield from ("名次", "分类名次", "编号", "单位", "类别")
        for group in self._scoring.groups:
            yield group.name if group.weight is None else f"{group.name}（{group.weight}）"
        yield from ("基础项", "加分项") if self._columns.parts else ()
        yield "总分"
        yield from ("等次",) if self._columns.grade is not None else ()
        yield from ("系统总分", "核对")

    def _write_unit(self, row: int, unit: Document) -> None:
        sheet, looks, columns = self._sheet, self._looks, self._columns
        total = here(row, columns.total)
        fit_row(sheet, row, [(unit["unit"], _WIDTHS[columns.UNIT])])
        for column, formula, rank in (
            (columns.RANK, self._rank(row), unit["rank"]),
            (columns.RANK_WITHIN, self._rank_within(row), unit["rank_in_category"]),
        ):
            write_formula(sheet, (row, column), formula, rank, looks.total)
        number = self._scoring.numbers[unit["unit"]]
        sheet.write_number(row, columns.NUMBER, number, looks.number)
        write_text(sheet, (row, columns.UNIT), unit["unit"], looks.text)
        write_text(sheet, (row, columns.CATEGORY), self._scoring.category(unit), looks.centre)
        write_points(sheet, (row, columns.system), unit["total"], looks.number)
        if unit["unit"] in self._places.sheets:
            self._link(row, unit)
        else:
            self._fill(row, unit)
        if columns.grade is not None:
            grade = escaped(unit["grade"] or "")
            write_formula(sheet, (row, columns.grade), self._grade(total), grade, looks.number)

    def _link(self, row: int, unit: Document) -> None:
        """Take the scores of a unit from its sheet, and hold them against the system's."""
        places, name, columns = self._places, unit["unit"], self._columns
        cells = [
            (columns.FIRST_GROUP + at, places.score_of(name, group), told["score"])
            for at, (group, told) in enumerate(
                zip(self._scoring.groups, unit["groups"], strict=True)
            )
        ]
        cells += [
            (column, places.on_sheet(name, at, OnSheet.SCORE), unit[told])
            for at, (told, column) in enumerate(
                [*columns.parts.items(), ("total", columns.total)], places.sums_top
            )
        ]
        for column, cell, value in cells:
            look = self._looks.total if column == columns.total else self._looks.number
            write_formula(self._sheet, (row, column), f"={cell}", float(value), look)
        place = (row, columns.check)
        write_formula(self._sheet, place, self._check(row, name), _SAME, self._looks.number)

    def _fill(self, row: int, unit: Document) -> None:
        """Write the scores of a unit that has no sheet here: ranks need everybody's total."""
        columns = self._columns
        at = len(unit["groups"]) - 1
        for column, group in enumerate(unit["groups"], columns.FIRST_GROUP):
            write_points(self._sheet, (row, column), group["score"], self._looks.number)
        for told, column in columns.parts.items():
            write_points(self._sheet, (row, column), unit[told], self._looks.number)
        first, last = here(row, columns.FIRST_GROUP), here(row, columns.FIRST_GROUP + at)
        total = f"=ROUND(SUM({first}:{last}),2)"
        place = (row, columns.total)
        write_formula(self._sheet, place, total, float(unit["total"]), self._looks.total)
        write_text(self._sheet, (row, columns.check), _NO_SHEET, self._looks.number)

    def _rank(self, row: int) -> str:
        total = self._columns.total
        return f"=RANK({here(row, total)},{self._all(total)},0)"

    def _rank_within(self, row: int) -> str:
        """Return one more than how many units of the category have more points."""
        category, total = self._columns.CATEGORY, self._columns.total
        alike = f"({self._all(category)}={here(row, category)})"
        better = f"({self._all(total)}>{here(row, total)})"
        return f"=SUMPRODUCT({alike}*{better})+1"

    def _check(self, row: int, unit: str) -> str:
        """Return whether the total is the system's, and also what the lines left by caps add to."""
        lines, total = self._places.lines, here(row, self._columns.total)
        number = here(row, self._columns.NUMBER)
        counted = f"SUMIFS({lines(OnLines.COUNTED)},{lines(OnLines.UNIT)},{number})"
        by_line = f"ROUND(SUM({self._places.weights(unit)})+{counted},2)"
        system = here(row, self._columns.system)
        return f'=IF(AND({total}={system},{by_line}={total}),"{_SAME}","{_OTHER}")'

    def _grade(self, total: str) -> str:
        """Return the best grade whose lowest total is reached; the table goes upwards."""
        first, last = self._grade_rows[0], self._grade_rows[-1]
        lowest = span_here((first, self._columns.total), (last, self._columns.total))
        names = span_here((first, self._columns.UNIT), (last, self._columns.UNIT))
        return f'=IFERROR(LOOKUP({total},{lowest},{names}),"")'

    @property
    def _grade_rows(self) -> range:
        first = self._last_row + 3
        return range(first, first + len(self._scoring.grades))

    def _write_grades(self) -> None:
        """Write the grades below the table, lowest first, as LOOKUP needs them."""
        if not self._scoring.grades:
            return
        heading = self._grade_rows[0] - 1
        looks, columns = self._looks, self._columns
        write_text(self._sheet, (heading, columns.UNIT), "等次", looks.heading)
        write_text(self._sheet, (heading, columns.total), "最低总分", looks.heading)
        for row, (name, lowest) in zip(
            self._grade_rows, reversed(self._scoring.grades), strict=True
        ):
            write_text(self._sheet, (row, columns.UNIT), name, looks.centre)
            self._sheet.write_number(row, columns.total, float(lowest), looks.number)

    def _all(self, column: int) -> str:
        return span_here((SUMMARY_TOP, column), (self._last_row, column))
