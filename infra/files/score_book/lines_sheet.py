"""The list: every line of every unit, what caps leave of it, and the rows that it came from.

A cap is used up by the lines in their order, so that it is the last ones that it swallows. The
formulas say the same as ``projections.absorbing``: of a line, as much is absorbed as the sum of
the lines up to it lies above the cap, never more than the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.lines import numbers
from infra.files.score_book.looks import (
    Looks,
    fit_row,
    for_print,
    merge,
    write_day,
    write_formula,
    write_points,
    write_text,
)
from infra.files.score_book.places import LINES, LINES_TOP, OnLines, OnSheet, Places, here
from infra.files.score_book.scoring import COUNTED, NOTICE, Row, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS: Final = (
    ("单位编号", 5),
    ("单位", 15),
    ("指标序号", 5),
    ("一级指标", 9),
    ("二级指标", 18),
    ("状态", 6),
    ("分值", 6),
    ("次序", 5),
    ("上限吸收", 6),
    ("权重吸收", 6),
    ("计入得分", 6),
    ("起算日", 11),
    ("截止日", 11),
    ("事由", 44),
    ("依据事件", 13),
    ("来源（文件、工作表、行）", 42),
    ("条款出处", 26),
)
_ABOUT: Final = (
    "只有状态为“计入”的条目计分；“待计”的还没有到起算日，“提示”说明什么无法计算。"
    "“次序”是上限和权重被用掉的先后：排在后面的先被吸收。"
)
_END: Final = "（以上为全部条目。试算时请在本行之上插入行，公式会把它算进去。）"
_TITLE_HEIGHT: Final = 26


def add_lines_sheet(workbook: Workbook, places: Places, looks: Looks) -> None:
    """Add the sheet with the list."""
    sheet: Worksheet = workbook.add_worksheet(LINES)
    last = len(_COLUMNS) - 1
    for row, text, look in ((0, "计分条目", looks.title), (1, _ABOUT, looks.line)):
        merge(sheet, (row, 0), (row, last), look)
        write_text(sheet, (row, 0), text, look)
    sheet.set_row(0, _TITLE_HEIGHT)
    for at, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        write_text(sheet, (LINES_TOP - 1, at), heading, looks.heading)
    fit_row(sheet, LINES_TOP - 1, _COLUMNS)
    if not places.scoring.has_base:
        sheet.set_column(OnLines.BY_WEIGHT, OnLines.BY_WEIGHT, None, None, {"hidden": True})
    writer = _LineWriter(sheet, places, looks)
    for at, held in enumerate(places.rows, LINES_TOP):
        writer.write(at, held)
    merge(sheet, (places.lines_end, 0), (places.lines_end, last), looks.note)
    write_text(sheet, (places.lines_end, 0), _END, looks.note)
    sheet.freeze_panes(LINES_TOP, OnLines.INDICATOR)
    sheet.autofilter(LINES_TOP - 1, 0, max(LINES_TOP, places.lines_end - 1), last)
    for_print(sheet, "", LINES_TOP)


class _LineWriter:
    """Writes the rows of the list."""

    def __init__(self, sheet: Worksheet, places: Places, looks: Looks) -> None:
        self._sheet = sheet
        self._places = places
        self._looks = looks

    def write(self, at: int, row: Row) -> None:
        """Write one row; what does not count is faint."""
        looks, sheet = self._looks, self._sheet
        fit_row(sheet, at, ((text, _COLUMNS[column][1]) for column, text in _texts(row)))
        counts = row.status == COUNTED
        text, number = (
            (looks.text, looks.number) if counts else (looks.faint_text, looks.faint_number)
        )
        for column in OnLines:  # a row put in below takes these forms: no points as text
            sheet.write_blank(at, column, None, number)
        sheet.write_number(at, OnLines.UNIT, row.unit, number)
        sheet.write_number(at, OnLines.INDICATOR, row.indicator, number)
        write_text(sheet, (at, OnLines.STATUS), row.status, number)
        for column, told in _texts(row):
            write_text(sheet, (at, column), told, text)
        day = looks.day if counts else looks.faint_day
        if row.status == NOTICE:
            write_day(sheet, (at, OnLines.FIRST_DAY), row.told["from"], day)
            write_day(sheet, (at, OnLines.END), row.told["to"], day)
            return
        write_day(sheet, (at, OnLines.FIRST_DAY), row.told["effective_from"], day)
        if row.told["effective_to"]:
            write_day(sheet, (at, OnLines.END), row.told["effective_to"], day)
        self._write_points(at, row)

    def _write_points(self, at: int, row: Row) -> None:
        look = self._looks.number if row.status == COUNTED else self._looks.faint_number
        write_points(self._sheet, (at, OnLines.POINTS), row.told["points"], look)
        self._sheet.write_number(at, OnLines.ORDER, row.order or 0, look)
        absorbed = self._looks.absorbed
        for column, formula, told, shown in (
            (OnLines.BY_CAP, self._by_cap(at, row), "absorbed_by_cap", absorbed),
            (OnLines.BY_WEIGHT, self._by_weight(at, row), "absorbed_by_weight", absorbed),
            (OnLines.COUNTED, _counted(at), "counted", look),
        ):
            value = float(row.told.get(told, "0"))
            write_formula(self._sheet, (at, column), formula, value, shown)

    def _by_cap(self, at: int, row: Row) -> str:
        """Return what the indicator's own cap absorbs of the line."""
        cell = self._places.indicator_row(row.indicator)
        cap = self._places.on_sheet(row.unit_name, cell, OnSheet.CAP)
        same = f"{self._places.lines(OnLines.INDICATOR)},{here(at, OnLines.INDICATOR)}"
        upto = f"ABS({self._upto(at, OnLines.POINTS, same)})"
        size = f"ABS({here(at, OnLines.POINTS)})"
        return _absorbed(at, size, upto, cap)

    def _by_weight(self, at: int, row: Row) -> str:
        """Return what the group's weight absorbs of what the cap left of the line."""
        cell = self._places.indicator_row(row.group.first)
        weight = self._places.on_sheet(row.unit_name, cell, OnSheet.WEIGHT)
        indicators = self._places.lines(OnLines.INDICATOR)
        same = f'{indicators},">={row.group.first}",{indicators},"<={row.group.last}"'
        points = self._upto(at, OnLines.POINTS, same)
        upto = f"ABS({points})-{self._upto(at, OnLines.BY_CAP, same)}"
        size = f"ABS({here(at, OnLines.POINTS)})-{here(at, OnLines.BY_CAP)}"
        return _absorbed(at, size, upto, weight)

    def _upto(self, at: int, column: OnLines, same: str) -> str:
        """Return the sum of a column over the unit's lines in force up to this one."""
        lines = self._places.lines
        return (
            f"SUMIFS({lines(column)},{lines(OnLines.UNIT)},{here(at, OnLines.UNIT)},{same},"
            f'{lines(OnLines.STATUS)},"{COUNTED}",'
            f'{lines(OnLines.ORDER)},"<="&{here(at, OnLines.ORDER)})'
        )


def _texts(row: Row) -> Iterator[tuple[OnLines, str]]:
    """Return the texts of a row, each with its column."""
    yield OnLines.UNIT_NAME, row.unit_name
    yield OnLines.GROUP, row.group.name
    yield OnLines.NAME, row.name
    yield OnLines.TEXT, row.told["text"]
    if row.status != NOTICE:
        yield OnLines.EVENTS, numbers(row.told["events"])
        yield OnLines.SOURCES, sources(row.told)
        yield OnLines.CLAUSE, row.told["source"]


def _absorbed(at: int, size: str, upto: str, limit: str) -> str:
    status = here(at, OnLines.STATUS)
    return (
        f'=IF(AND({status}="{COUNTED}",ISNUMBER({limit})),'
        f"ROUND(MAX(0,MIN({size},{upto}-{limit})),2),0)"
    )


def _counted(at: int) -> str:
    points, status = here(at, OnLines.POINTS), here(at, OnLines.STATUS)
    left = f"ABS({points})-{here(at, OnLines.BY_CAP)}-{here(at, OnLines.BY_WEIGHT)}"
    return f'=IF({status}="{COUNTED}",ROUND(SIGN({points})*({left}),2),0)'
