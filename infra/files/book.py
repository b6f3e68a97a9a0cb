"""Register workbooks written: their look, their headings, and a file that is never overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from domain.events.catalogue import EventType, Field, fields_of
from domain.wording import heading_of
from infra.files.new_file import check_free, write_new
from infra.files.workbook import GUIDE

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2022, 1, 1, tzinfo=UTC)
"""One date for every workbook, so that the same content gives the same bytes."""
LONGEST_TEXT = 32_767
"""Characters in a cell, counted as UTF-16 does."""
FIRST_EXCEL_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900, so that earlier days are written as text."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""Every cell says what it holds; should one not, its text is still no formula and no link."""
_DAY, _INSTANT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_WIDTHS = {"text": 40, "evidence": 40, "changes": 40, "flag": 10, "count": 10}
_WIDTH = 16
_GUIDE_WIDTH = 100
_A4, _A3 = 9, 8
_WIDEST_ON_A4 = 195
"""Characters of columns that A4 across takes at 8 points; what is wider goes on A3."""
_MARGIN = 0.4
"""Inches."""


def print_across(sheet: Worksheet, width: float) -> None:
    """Let a sheet whose columns are so wide be printed across, all on one page, headings on each.

    On A4, or on A3 where its letters would be too small to be read.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4 if width <= _WIDEST_ON_A4 else _A3)
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def width_of(field: Field) -> int:
    """Return how wide the column of a field is."""
    return _WIDTHS.get(field.form.name, _WIDTH)


class Book:
    """A workbook that is being written, with the formats that its sheets share."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.required = self._format(bold=True, bg_color="#FFE699", border=1, text_wrap=True)
        self.optional = self._format(bold=True, bg_color="#D9E1F2", border=1, text_wrap=True)
        self.plain = self._format()
        self.text = self._format(num_format="@")
        self.wrapped = self._format(num_format="@", text_wrap=True, valign="top")
        self.day = self._format(num_format=_DAY, align="left")
        self.instant = self._format(num_format=_INSTANT, align="left")

    def _format(self, **properties: object) -> Format:
        return self.workbook.add_format(properties)

    def guide(self, lines: Sequence[str]) -> None:
        """Add the first sheet, which says how to use the others; the first line is its title."""
        sheet = self.workbook.add_worksheet(GUIDE)
        sheet.set_column(0, 0, _GUIDE_WIDTH, self.wrapped)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.required if row == 0 else self.wrapped)

    def sheet(self, event_type: EventType, *, first: int = 0) -> Worksheet:
        """Add the sheet of an event type, its headings from column ``first`` on kept in sight."""
        sheet: Worksheet = self.workbook.add_worksheet(event_type.label)
        sheet.freeze_panes(1, 0)
        sheet.set_header("&L&A&R&P / &N")
        for at, field in enumerate(fields_of(event_type.event), first):
            sheet.set_column(at, at, width_of(field), self.format_of(field))
            look = self.required if field.required else self.optional
            sheet.write_string(0, at, heading_of(event_type.event, field.name), look)
        return sheet

    def format_of(self, field: Field) -> Format:
        """Return the format of a field's cells: a text stays as typed, whatever it looks like.

        A target and a value may be numbers as well as texts, so that Excel has to tell them apart.
        """
        if field.form.name in {"day", "when"}:
            return self.day
        return self.plain if field.form.name in {"count", "target", "value"} else self.text


def write_book(path: Path, fill: Callable[[Book], None]) -> None:
    """Write a new workbook to ``path``; ``fill`` puts the sheets into it.

    Raises:
        Refused: there is a file already, or it cannot be written.
    """
    check_free(path)
    held = BytesIO()
    with Workbook(held, _OPTIONS) as workbook:
        workbook.set_properties({"created": CREATED})
        fill(Book(workbook))
    write_new(path, held.getvalue())
