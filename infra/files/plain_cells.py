"""Cells that hold one plain thing: a text, a number, a yes or no, a day or an instant.

What a cell cannot surely mean is left as it is, for the check of the field to report; a
``CellWrong`` is for what Excel made of an entry before we saw it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from domain.names import fold
from domain.wording import NO, YES
from infra.files.notations import CellWrong

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a workbook holds in one cell."""

_DIGITS = 15
"""Excel keeps this many digits of a number; of a longer one the last digits are lost."""
_FLAGS = {YES: True, NO: False, "true": True, "false": False}
_AS_TEXT = "请把单元格格式设为“文本”，再重新填写"
_SECOND = timedelta(seconds=1)


def read_text(cell: Cell) -> Any:  # noqa: ANN401  a truth value is left for the check to report
    """Return the text of a cell; a number becomes its decimal text. Raises ``CellWrong``."""
    if isinstance(cell, str | bool):
        return cell
    if isinstance(cell, int | float):
        if abs(cell) >= 10**_DIGITS:
            raise CellWrong("是超过 15 位的数字，Excel 已丢失后面几位", _AS_TEXT)
        return format(Decimal(f"{cell:.{_DIGITS}g}"), "f")
    raise CellWrong(f"被 Excel 当作日期或时间（{cell}），这一栏不是日期", _AS_TEXT)


def read_number(cell: Cell) -> Any:  # noqa: ANN401  a text is left for the check
    """Return a whole number as an integer, other numbers and texts as they are."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else float(f"{cell:.{_DIGITS}g}")
    return cell if isinstance(cell, str | int) else read_text(cell)


def read_count(cell: Cell) -> Any:  # noqa: ANN401  anything else is left for the check
    """Return a whole number, also one that was written as text."""
    if isinstance(cell, str):
        digits = fold(cell)
        plain = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
        return int(digits) if plain else cell
    return read_number(cell)


def read_flag(cell: Cell) -> Any:  # noqa: ANN401  anything else is left for the check
    """Return a truth value: Excel's own, 是 or 否, TRUE or FALSE."""
    if isinstance(cell, str):
        return _FLAGS.get(fold(cell).casefold(), cell)
    return read_number(cell)


def read_moment(cell: Cell) -> Any:  # noqa: ANN401  anything else is left for the check
    """Return a date as its ISO day, and one with an hour as ISO to the second.

    Excel counts instants as fractions of days, so that seconds come back a little off.
    """
    if isinstance(cell, datetime):
        second = (cell + _SECOND / 2).replace(microsecond=0)
        return (second.date() if second.time() == time() else second).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        raise CellWrong(f"只有时间（{cell}），没有日期", "应写成 2022-12-31 或 2022-12-31 17:00")
    return read_number(cell)
