"""The log as a workbook to be read, filtered and printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from xlsxwriter import Workbook

from domain.told import Basis, ToldEvent
from infra.files.book import CREATED, Book
from infra.files.log_columns import columns
from infra.files.sheet_rows import RowSheet

_SHEET: Final = "事件日志"
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
    told_by = columns(basis)
    with Workbook(file, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        book = Book(workbook)
        headings = [(column.heading, column.width) for column in told_by]
        sheet = RowSheet(book, _SHEET, headings, fix=_FIX)
        for told in rows:
            sheet.write([column.cell(told) for column in told_by], f"事件 #{told.position} ")
        sheet.end()
        book.guide(_GUIDE)
