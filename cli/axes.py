"""The ticks of a chart: days and points at round places."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_LONGEST_IN_DAYS = 45
"""A stretch of days too short for months to tell where on it something stands."""

_STEPS = tuple(
    Decimal(mantissa).scaleb(exponent) for exponent in range(-2, 5) for mantissa in (1, 2, 5)
)


def day_ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """Return at most ``most`` first days of months from ``first`` to ``last``, with labels.

    A short stretch has its first and last day instead.
    """
    if (last - first).days <= _LONGEST_IN_DAYS:
        return [(day, day.isoformat()) for day in sorted({first, last})]
    found = []
    for step in _MONTH_STEPS:
        months = range(_month(first), _month(last) + 1)
        days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        found = [day for day in days if day >= first]
        if len(found) <= most:
            break
    return [(day, f"{day.year}年" if day.month == 1 else f"{day.month}月") for day in found]


def point_ticks(low: Decimal, high: Decimal, most: int) -> list[Decimal]:
    """Return at most ``most`` round numbers, from ``low`` or below to ``high`` or above."""
    if low == high:
        low, high = low - 1, high + 1
    found: list[Decimal] = []
    for step in _STEPS:
        bottom = int((low / step).to_integral_value(ROUND_FLOOR))
        top = int((high / step).to_integral_value(ROUND_CEILING))
        found = [step * place for place in range(bottom, top + 1)]
        if len(found) <= most:
            break
    return found


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
