"""Numbers as people, files and workbooks write them, brought to exact decimals or refused.

Points and caps have at most two decimals, the precision that a line is stored with. Whatever does
not fit raises ``Unacceptable``, saying what is wrong and what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

NONE = "none"
"""How "no cap" and "no grades" are written."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_CENT = Decimal("0.01")
_UNIT = Decimal(1)
_HIGHEST = Decimal("9999.99")
_HIGHEST_COUNT = 9999
_SHOWN = 40


class Unacceptable(ValueError):
    """A value that a reading cannot take: ``what`` is wrong, and ``fix``, what would be right."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}；{fix}")
        self.what = what
        self.fix = fix


def amount(value: object) -> Decimal:
    """Return a number of points: at most two decimals, between −9999.99 and 9999.99.

    A float is read by its shortest decimal form, which is how JSON and workbooks write a number;
    nothing is ever computed with it.
    """
    fix = "应为最多两位小数、绝对值不超过 9999.99 的数，例如 2 或 0.5"
    number = _number(value)
    if number is None:
        raise Unacceptable(f"{shown(value)}不是一个数", fix)
    if number.copy_abs() > _HIGHEST:
        raise Unacceptable(f"{shown(value)}太大", fix)
    exact = number.quantize(_CENT)
    if exact != number:
        raise Unacceptable(f"{shown(value)}的小数超过两位", fix)
    whole = exact.to_integral_value()
    # Adding nought turns −0 into 0; normalize() alone would write 10 as 1E+1.
    return whole.quantize(_UNIT) + 0 if whole == exact else exact.normalize()


def price(value: object, *, deducts: bool) -> Decimal:
    """Return the points of one event: at most 0 where points are taken off, else at least 0."""
    points = amount(value)
    if deducts and points > 0:
        raise Unacceptable(f"{shown(value)}是加分，这一项只能减分", "应为不大于 0 的数，例如 -2")
    if not deducts and points < 0:
        raise Unacceptable(f"{shown(value)}是减分，这一项只能加分", "应为不小于 0 的数，例如 2")
    return points


def cap(value: object) -> Decimal | None:
    """Return the most points an indicator may come to; ``None`` when nothing limits it."""
    if value == NONE:
        return None
    fix = '应为不小于 0、最多两位小数的数；不封顶写 "none"'
    try:
        points = amount(value)
    except Unacceptable as refused:
        raise Unacceptable(refused.what, fix) from None
    if points < 0:
        raise Unacceptable(f"{shown(value)}是负数，封顶不分加减", fix)
    return points


def count(value: object) -> int:
    """Return a whole number of days, months or characters, from 0 to 9999."""
    number = _number(value)
    if number is None or not 0 <= number <= _HIGHEST_COUNT or number != number.to_integral_value():
        fix = f"应为 0 到 {_HIGHEST_COUNT} 的整数，例如 10"
        raise Unacceptable(f"{shown(value)}不是可用的数目", fix)
    return int(number)


def shown(value: object) -> str:
    """Return ``value`` as a message quotes it: in quotation marks, and not too long."""
    try:
        text = str(value)
    except ValueError:  # Python refuses to print an integer of thousands of digits
        text = "过大的整数"
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip().replace("−", "-")
        return Decimal(text) if _NUMBER.fullmatch(text) else None
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int):
        value = Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else None
