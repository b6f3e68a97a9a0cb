"""A sheet of rows to be read, filtered and printed; text in it is never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from domain.errors import Refused
from domain.listing import Shown
from infra.files.book import FIRST_EXCEL_DAY, LONGEST_TEXT, Book, print_across
from infra.files.notations import escaped
from infra.files.text_lines import lines_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MOST_ROWS: Final = 1_048_575
_LINE: Final = 15
"""The height of a line of text."""
_TALLEST: Final = 405
"""The tallest row that there may be, in points."""
_PADDING: Final = 1
"""What a column is wider than the signs of a text that it has room for."""


class RowSheet:
    """Writes rows below headings that stay in sight, each gone from memory before the next.

    ``headings`` are texts with the widths of their columns.
    """

    def __init__(  # noqa: PLR0913  what a sheet is, and how it is looked at
        self,
        book: Book,
        name: str,
        headings: Sequence[tuple[str, int]],
        *,
        fix: str,
        kept: int = 0,
        whole: bool = False,
    ) -> None:
        """Add a sheet to ``book``; ``fix`` says what to do when something does not fit into it.

        So many columns as are ``kept`` stay in sight, where a sheet is wider than a screen. With
        ``whole`` a text that is too long for its column wraps, so that it is whole on paper; the
        height of its row is then kept in memory.
        """
        self._sheet: Worksheet = book.workbook.add_worksheet(name)
        self._whole = whole
        self._look: Format = book.wrapped if whole else book.text
        top = {"valign": "top"} if whole else {}
        self._number: Format = book.workbook.add_format({**top, "align": "right", "indent": 1})
        self._day, self._minute, self._instant = (
            book.workbook.add_format({**top, "num_format": shown, "align": "left"})
            for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss")
        )
        self._headings = headings
        self._widths = [width for _, width in headings]
        self._fix = fix
        self._rows = 0
        self._sheet.freeze_panes(1, kept)
        self._sheet.set_row(0, _LINE * max(map(_lines, *zip(*headings, strict=True))))
        for at, (heading, width) in enumerate(headings):
            self._sheet.set_column(at, at, width)
            self._sheet.write_string(0, at, heading, book.optional)

    def write(self, cells: Sequence[Shown], what: str) -> None:
        """Write a row. Raises ``Refused``, naming ``what`` it is, when it does not fit."""
        self._rows += 1
        if self._rows > _MOST_ROWS:
            raise Refused(f"内容超过工作表的 {_MOST_ROWS} 行", fix=self._fix)
        lines = max(map(_lines, cells, self._widths), default=1) if self._whole else 1
        if lines > 1:
            self._sheet.set_row(self._rows, min(_TALLEST, lines * _LINE))
        for at, cell in enumerate(cells):
            self._write((self._rows, at), cell, what)

    def end(self, *, header: str = "", footer: str = "", printed: int | None = None) -> None:
        """Let the rows be filtered, and printed across a page below their headings.

        ``header`` and ``footer`` stand on each page; so many columns as are ``printed`` go on
        paper, or all: A4, or A3 where they would be too small to be read.
        """
        last = len(self._headings) - 1
        width = sum(self._widths[:printed])
        self._sheet.autofilter(0, 0, self._rows, last)
        self._sheet.print_area(0, 0, self._rows, printed - 1 if printed else last)
        self._sheet.set_header(_left(header) + "&R&P / &N")
        self._sheet.set_footer(_left(footer))
        print_across(self._sheet, width)

    def _write(self, place: tuple[int, int], cell: Shown, what: str) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(*place, cell, self._number)
        elif isinstance(cell, date) and _day(cell) >= FIRST_EXCEL_DAY:
            moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
            self._sheet.write_datetime(*place, moment, self._look_of(cell))
        elif cell:
            text = escaped(str(cell))
            if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                said = f"{what}的一项内容超过工作簿一格的上限 {LONGEST_TEXT} 个字符"
                raise Refused(said, fix=self._fix)
            self._sheet.write_string(*place, text, self._look)

    def _look_of(self, moment: date) -> Format:
        if not isinstance(moment, datetime):
            return self._day
        return self._instant if moment.second else self._minute


def _lines(cell: Shown, width: int) -> int:
    """Return how many lines a cell takes in a column so wide; only text takes more than one."""
    return lines_of(cell, width - _PADDING) if isinstance(cell, str) else 1


def _left(text: str) -> str:
    """Return text for the left of a page's head or foot, where ``&`` begins an instruction."""
    return f"&L{text.replace('&', '&&')}" if text else ""


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
