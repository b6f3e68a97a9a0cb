"""The log as a workbook to be read, filtered and printed; text in it is never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, BinaryIO, Final

from xlsxwriter import Workbook

from domain.errors import Refused
from domain.told import Basis, ToldEvent
from infra.files.book import CREATED, FIRST_EXCEL_DAY, LONGEST_TEXT, Book
from infra.files.log_columns import Cell, columns
from infra.files.notations import escaped

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SHEET: Final = "事件日志"
_MOST_ROWS: Final = 1_048_575
_FIX: Final = "请改用 --format csv 或 --format jsonl 导出。"
_GUIDE: Final = (
    "事件日志（由 kaohe export log 导出，仅供查阅）",
    "每行是一条事件，按登记的先后排列；时间都是北京时间。",
    "“被更正”“被撤销”写明由哪些事件更正或撤销；登记过的事件不会改动或删除。",
    "得分影响是以该事件为依据、在所写日期有效的各条得分之和，按单位分列，未扣除各项上限。",
    "一条得分以几个事件为依据时，在每个事件上都会列出，所以各行相加不等于总分。",
    "要核对日志有没有被改动，请用 kaohe export audit；要导入别处，请用 kaohe export register。",
)


def write_xlsx(file: BinaryIO, rows: Iterable[ToldEvent], basis: Basis) -> None:
    """Write one row for each of ``rows`` to a workbook. The same rows give the same bytes.

    Raises:
        Refused: there are more rows, or a longer text, than a sheet can hold.
    """
    with Workbook(file, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        book = Book(workbook)
        _LogSheet(book, basis).fill(rows)
        book.guide(_GUIDE)


class _LogSheet:
    """Writes the rows, each gone from memory before the next but one."""

    def __init__(self, book: Book, basis: Basis) -> None:
        self._columns = columns(basis)
        self._sheet: Worksheet = book.workbook.add_worksheet(_SHEET)
        self._look: Format = book.text
        self._day: Format = book.day
        seconds = {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}
        self._instant: Format = book.workbook.add_format(seconds)
        self._sheet.freeze_panes(1, 0)
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width)
            self._sheet.write_string(0, at, column.heading, book.optional)

    def fill(self, rows: Iterable[ToldEvent]) -> None:
        """Write all rows. Raises ``Refused`` when they do not fit."""
        row = 0
        for row, told in enumerate(rows, 1):
            if row > _MOST_ROWS:
                raise Refused(f"事件超过工作表的 {_MOST_ROWS} 行", fix=_FIX)
            for at, column in enumerate(self._columns):
                self._write((row, at), column.cell(told), told.position)
        self._sheet.autofilter(0, 0, row, len(self._columns) - 1)

    def _write(self, place: tuple[int, int], cell: Cell, position: int) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(*place, cell)
        elif isinstance(cell, date) and _day(cell) >= FIRST_EXCEL_DAY:
            moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
            look = self._instant if isinstance(cell, datetime) else self._day
            self._sheet.write_datetime(*place, moment, look)
        elif cell:
            text = escaped(str(cell))
            if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                what = f"事件 #{position} 的一项内容超过工作簿一格的上限 {LONGEST_TEXT} 个字符"
                raise Refused(what, fix=_FIX)
            self._sheet.write_string(*place, text, self._look)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
