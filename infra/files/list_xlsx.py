"""Lists of the office as one workbook, a sheet for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from domain.lines import numbers
from domain.listing import ORIGIN, Listing, legend, shown_rows
from infra.files.book import Book, write_book
from infra.files.sheet_rows import RowSheet

_FIX: Final = "请改用 --format csv 或 --format json 导出。"
_KEPT: Final = 2
"""Columns of a matrix that say what its rows are; on paper it has no room even for its events."""
_GUIDE: Final = (
    "每一行右边写明它依据的事件编号，以及所述事件何时登记、由谁登记、来自哪个文件的哪一行。",
    "打印时印到“依据事件”一栏为止；登记时间、来源文件等请在屏幕上看，或另设打印区域。",
    "时间都是北京时间。清单由事件日志生成，仅供查阅；要改动，请登记、更正或撤销事件。",
)


def write_lists(path: Path, listings: Sequence[Listing], basis: str) -> None:
    """Write ``listings`` to a new workbook; ``basis`` says which day and knowledge they are of.

    The same lists give the same bytes.

    Raises:
        Refused: there is a file already, it cannot be written, or a list does not fit into it.
    """

    def fill(book: Book) -> None:
        for listing in listings:
            _fill(book, listing, basis)
        said = [f"{listing.title}：{listing.meaning}{legend(listing)}" for listing in listings]
        book.guide(["清单（由 kaohe list 导出）", basis, *said, *_GUIDE])

    write_book(path, fill)


def _fill(book: Book, listing: Listing, basis: str) -> None:
    headings = [(each.heading, each.width) for each in (*listing.columns, *ORIGIN)]
    signs = legend(listing)
    sheet = RowSheet(
        book, listing.title, headings, fix=_FIX, kept=_KEPT if signs else 0, whole=True
    )
    for listed, cells in zip(listing.rows, shown_rows(listing, short=True), strict=True):
        sheet.write(cells, f"{listing.title}中事件 {numbers(listed.row.events)} 的一行里，")
    printed = len(listing.columns) + (0 if signs else 1)
    sheet.end(header=f"{listing.title}　{basis}", footer=signs, printed=printed)
