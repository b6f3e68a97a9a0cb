"""How the score sheets look: fonts, borders, and cells in which text stays text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from infra.files.book import FIRST_EXCEL_DAY
from infra.files.notations import escaped
from infra.files.score_book.names import widened
from infra.files.text_lines import lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SONG: Final = {"font_name": "宋体", "font_family": 1, "font_charset": 134}
_HEI: Final = {"font_name": "黑体", "font_family": 2, "font_charset": 134}
"""Where a machine does not have the font, family and character set say what to take instead."""
_CELL: Final = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 9}
_NOT_ZERO: Final = "General;-General;"
"""Nothing is shown where nothing is absorbed, so that it stands out where something is."""
_LONGEST_SHOWN: Final = 1_000
"""Characters of one text: more would not fit into the tallest row that there is."""
_LINE_HEIGHT, _ROOM, _TALLEST = 12.5, 4.0, 400.0
"""Of a printed line at 9 points, of what is above and below, and of the tallest row, in points."""
_SIGNS_FOR_WIDTH: Final = 1.12
"""Half-width signs at 9 points for each unit of a column's width, a little less than there are."""
_A4: Final = 9
_LONGEST_HEADER: Final = 60
_BEGINS_A_CODE: Final = "&"

Place = tuple[int, int]
"""Row and column, from 0."""


class Looks:
    """The formats of a workbook of score sheets."""

    def __init__(self, workbook: Workbook) -> None:
        add = workbook.add_format
        centre, days = {"align": "center"}, {"num_format": "yyyy-mm-dd"}
        self.title: Format = add({**_HEI, **centre, "valign": "vcenter", "font_size": 16})
        self.line: Format = add({**_SONG, "font_size": 10, "valign": "vcenter"})
        self.note: Format = add({**_SONG, "font_size": 9, "valign": "top", "text_wrap": True})
        self.heading: Format = add({**_HEI, **_CELL, **centre, "bg_color": "#E7E6E6"})
        self.label: Format = add({**_HEI, **_CELL, **centre})
        self.text: Format = add({**_SONG, **_CELL, "num_format": "@"})
        self.centre: Format = add({**_SONG, **_CELL, **centre, "num_format": "@"})
        self.number: Format = add({**_SONG, **_CELL, **centre})
        self.absorbed: Format = add({**_SONG, **_CELL, **centre, "num_format": _NOT_ZERO})
        self.total: Format = add({**_HEI, **_CELL, **centre, "bold": True})
        self.day: Format = add({**_SONG, **_CELL, **centre, **days})
        faint = {"font_color": "#7F7F7F", "italic": True}
        self.faint_text: Format = add({**_SONG, **_CELL, **faint, "num_format": "@"})
        self.faint_number: Format = add({**_SONG, **_CELL, **centre, **faint})
        self.faint_day: Format = add({**_SONG, **_CELL, **centre, **faint, **days})
        self.sign: Format = add({**_SONG, "font_size": 11, "valign": "vcenter"})
        self.wrong: Format = add({"font_color": "#C00000", "bold": True})


def write_text(sheet: Worksheet, place: Place, text: str, look: Format) -> None:
    """Write a text, never a formula or a link; one too long is cut, and says so."""
    if len(text) > _LONGEST_SHOWN:
        ending = f"…（全文 {len(text)} 字，见 kaohe explain）"
        text = text[: _LONGEST_SHOWN - len(ending)] + ending
    sheet.write_string(*place, escaped(text), look)


def write_points(sheet: Worksheet, place: Place, points: str, look: Format) -> None:
    """Write exact points, to the hundredth at most, as the number that is nearest to them."""
    sheet.write_number(*place, float(points), look)


def write_formula(
    sheet: Worksheet, place: Place, formula: str, value: str | float, look: Format
) -> None:
    """Write a formula with the value that it has, for programs that show it without computing."""
    sheet.write_formula(*place, formula, look, value)


def write_day(sheet: Worksheet, place: Place, day: str, look: Format) -> None:
    """Write an ISO day as a date; one that Excel would count wrongly stays text."""
    found = date.fromisoformat(day)
    if found >= FIRST_EXCEL_DAY:
        sheet.write_datetime(*place, datetime.combine(found, time()), look)
    else:
        sheet.write_string(*place, day, look)


def merge(sheet: Worksheet, first: Place, last: Place, look: Format) -> None:
    """Make one cell of many; what stands in it is written to the first of them afterwards."""
    if first != last:
        sheet.merge_range(*first, *last, "", look)


def fit_row(sheet: Worksheet, row: int, cells: Iterable[tuple[str, float]]) -> None:
    """Make a row as tall as its texts need, each in a column of the width beside it.

    Not every program does that by itself when it opens a workbook.
    """
    room = ((text[:_LONGEST_SHOWN], width * _SIGNS_FOR_WIDTH) for text, width in cells)
    lines = max((lines_of(*each) for each in room), default=1)
    sheet.set_row(row, min(_TALLEST, lines * _LINE_HEIGHT + _ROOM))


def for_print(sheet: Worksheet, title: str, repeated: int) -> None:
    """Set a sheet up for A4 landscape, a page wide, its first ``repeated`` rows on each page.

    ``title`` stands in the header, where there is one.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, repeated - 1)
    shown = widened(title, _BEGINS_A_CODE)[:_LONGEST_HEADER]
    sheet.set_header(f"&R&9单位：{shown}" if title else "")
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
