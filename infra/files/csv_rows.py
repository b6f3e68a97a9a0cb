"""Rows as CSV (RFC 4180) that spreadsheets open without harm."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import TextIOWrapper
from typing import BinaryIO, Final

from domain.days import told_moment
from domain.listing import Shown

# The full-width forms as well: some spreadsheets take them for the narrow ones.
_FORMULA: Final = (*"=+-@＝＋－", "\uff20")
_GUARD: Final = "'"


def write_rows(file: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Shown]]) -> None:
    """Write one line for each of ``rows`` below a heading, in UTF-8 with the mark that Excel needs.

    Text that a spreadsheet would run as a formula stands behind an apostrophe, and so does text
    that begins with one: taking one apostrophe off the front gives every text back.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    text.detach()


def _written(cell: Shown) -> str | int:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, date):
        return told_moment(cell)
    return "" if cell is None else cell


def guarded(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return _GUARD + text if text.lstrip().startswith((*_FORMULA, _GUARD)) else text
