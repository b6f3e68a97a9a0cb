"""Where everything stands in the workbook, so that formulas find what is on other sheets."""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell

from infra.files.score_book.names import sheet_names
from infra.files.score_book.scoring import Group, Row, Scoring
from infra.files.workbook import GUIDE

SUMMARY: Final = "汇总"
LINES: Final = "条目"
SUMMARY_TOP: Final = 3
"""The first row of a unit in the summary; its headings stand above."""
LINES_TOP: Final = 3
SHEET_TOP: Final = 5
"""The first row of an indicator on a unit's sheet, and of a line in the list."""


class OnLines(IntEnum):
    """The columns of the list."""

    UNIT = 0
    UNIT_NAME = 1
    INDICATOR = 2
    GROUP = 3
    NAME = 4
    STATUS = 5
    POINTS = 6
    ORDER = 7
    BY_CAP = 8
    BY_WEIGHT = 9
    COUNTED = 10
    FIRST_DAY = 11
    END = 12
    TEXT = 13
    EVENTS = 14
    SOURCES = 15
    CLAUSE = 16


class OnSheet(IntEnum):
    """The columns of a unit's sheet."""

    PART = 0
    GROUP = 1
    WEIGHT = 2
    NUMBER = 3
    NAME = 4
    WORTH = 5
    CLAUSE = 6
    EVENTS = 7
    RAW = 8
    CAP = 9
    BY_CAP = 10
    EFFECTIVE = 11
    TAKEN = 12
    BY_WEIGHT = 13
    SCORE = 14


class Places:
    """The rows and columns of one workbook."""

    def __init__(self, scoring: Scoring) -> None:
        self.scoring = scoring
        self.rows: list[Row] = list(scoring.rows())
        self.sheets = sheet_names(scoring.explained, taken=(SUMMARY, LINES, GUIDE))
        ranked = (unit["unit"] for unit in scoring.ranked())
        self.summary_row = {unit: row for row, unit in enumerate(ranked, SUMMARY_TOP)}

    @property
    def lines_end(self) -> int:
        """The row below the list; formulas reach to it, so that rows put in above it count."""
        return LINES_TOP + len(self.rows)

    def lines(self, column: OnLines) -> str:
        """Return a whole column of the list."""
        return _span(LINES, (LINES_TOP, column), (self.lines_end, column))

    def indicator_row(self, number: int) -> int:
        """Return the row of an indicator on a unit's sheet."""
        return SHEET_TOP + number - 1

    @cached_property
    def sums_top(self) -> int:
        """The row of a unit's sheet below the indicators: base, bonus, and then the total.

        A scheme that only adds has the total alone.
        """
        return SHEET_TOP + self.scoring.groups[-1].last

    @property
    def total_row(self) -> int:
        """The row of the total on a unit's sheet."""
        return self.sums_top + (2 if self.scoring.has_base else 0)

    def on_sheet(self, unit: str, row: int, column: OnSheet) -> str:
        """Return a cell of a unit's sheet, as other sheets name it."""
        return _cell(self.sheets[unit], row, column)

    def score_of(self, unit: str, group: Group) -> str:
        """Return the cell that holds the score of a group on a unit's sheet."""
        return self.on_sheet(unit, self.indicator_row(group.first), OnSheet.SCORE)

    def weights(self, unit: str) -> str:
        """Return the cells that hold the weights on a unit's sheet."""
        first, last = (SHEET_TOP, OnSheet.WEIGHT), (self.sums_top - 1, OnSheet.WEIGHT)
        return _span(self.sheets[unit], first, last)


class SummaryColumns:
    """The columns of the summary: one for each group, and for base and grades if there are any."""

    RANK, RANK_WITHIN, NUMBER, UNIT, CATEGORY, FIRST_GROUP = range(6)

    def __init__(self, scoring: Scoring) -> None:
        after_groups = self.FIRST_GROUP + len(scoring.groups)
        self.parts = {"base": after_groups, "bonus": after_groups + 1} if scoring.has_base else {}
        self.total = after_groups + len(self.parts)
        self.grade = self.total + 1 if scoring.grades else None
        self.system = self.total + (2 if scoring.grades else 1)
        self.check = self.system + 1


def here(row: int, column: int) -> str:
    """Return a cell of the same sheet."""
    return str(xl_rowcol_to_cell(row, column))


def on_summary(row: int, column: int) -> str:
    """Return a cell of the summary, as other sheets name it."""
    return _cell(SUMMARY, row, column)


def span_here(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return cells of the same sheet that do not move when the formula is copied."""
    return f"{_fixed(*first)}:{_fixed(*last)}"


def _cell(sheet: str, row: int, column: int) -> str:
    return f"{_quoted(sheet)}!{_fixed(row, column)}"


def _span(sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
    return f"{_quoted(sheet)}!{span_here(first, last)}"


def _fixed(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _quoted(sheet: str) -> str:
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
