"""The days on which an office works in 2022: no weekends, no public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

FIRST: Final = date(2022, 1, 4)
LAST: Final = date(2022, 12, 30)
"""The first and the last working day of the year."""
END: Final = date(2023, 1, 20)
"""The last day on which anything happens: the working day before Spring Festival 2023."""

_SATURDAY: Final = 5
_HOLIDAYS: Final = (
    (date(2022, 1, 1), date(2022, 1, 3)),
    (date(2022, 1, 31), date(2022, 2, 6)),
    (date(2022, 4, 3), date(2022, 4, 5)),
    (date(2022, 4, 30), date(2022, 5, 4)),
    (date(2022, 6, 3), date(2022, 6, 5)),
    (date(2022, 9, 10), date(2022, 9, 12)),
    (date(2022, 10, 1), date(2022, 10, 7)),
    (date(2022, 12, 31), date(2023, 1, 2)),
)


def works(day: date) -> bool:
    """Tell whether the office works on ``day``; working weekends are left out of account."""
    return day.weekday() < _SATURDAY and not any(first <= day <= last for first, last in _HOLIDAYS)


def working(day: date) -> date:
    """Return ``day``, or the next day on which the office works."""
    while not works(day):
        day += timedelta(days=1)
    return day


def month_ends() -> tuple[date, ...]:
    """Return the last day of each month of the year."""
    firsts = [date(2022, month, 1) for month in range(1, 13)] + [date(2023, 1, 1)]
    return tuple(following - timedelta(days=1) for _, following in pairwise(firsts))
