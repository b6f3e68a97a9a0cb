"""Small choices of a generator, each one index, all shrinking towards the first and the plain."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from .times import SHANGHAI, When, when

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")

FIRST, LAST, NEWEST = date(2021, 11, 20), date(2024, 12, 10), date(2024, 12, 31)
EDGES = [
    "2022-01-01", "2021-12-31", "2022-06-30", "2022-07-01", "2022-09-30", "2022-10-01",
    "2022-12-31", "2023-01-01", "2022-03-31", "2022-04-01", "2022-08-31", "2022-11-30",
    "2022-11-29", "2023-01-15", "2023-01-16", "2023-02-28", "2023-11-29", "2023-11-30",
    "2023-12-31", "2024-01-01", "2024-01-15", "2024-02-29", "2022-05-31", "2021-11-30",
]  # fmt: skip
_OF_2022 = [date(2022, 1, 1) + timedelta(days=n) for n in range(365)]
_OF_ALL = [FIRST + timedelta(days=n) for n in range(0, (LAST - FIRST).days, 9)]
DAYS = [*(date.fromisoformat(day) for day in EDGES * 8), *_OF_2022, *_OF_ALL]
STEPS = (0, 1, 2, 3, 5, 9, 10, 11, 14, 28, 31, 60, 91, 92, 184)
AROUND = (0, 1, -1, 2, -2, 20, -20)
HOURS = (time(9), time(17), time(17, 1), time(16, 59), time(0), time(23, 59, 59), time(7, 30))


@cache
def _below(count: int) -> SearchStrategy[int]:
    return st.integers(0, count - 1)


class Chooser:
    """Makes what a generator has to decide of indexes: `index` gives one into so many things."""

    def __init__(self, index: Callable[[int], int]) -> None:
        self._index = index

    @classmethod
    def drawing(cls, draw: DrawFn) -> Chooser:
        """A chooser whose indexes hypothesis draws, and makes smaller."""
        return cls(lambda count: draw(_below(count)))

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + self._index(most - least + 1)

    def pick(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self._index(len(things))]

    def maybe(self, things: Sequence[T]) -> T | None:
        """One of the things or, more often than each of them, nothing."""
        index = self._index(len(things) + 2) - 2
        return None if index < 0 else things[index]

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred; shrinks to False."""
        return self._index(100) >= 100 - percent

    def some(self, things: Sequence[T]) -> list[T]:
        """At least one of the things, in their order."""
        mask = 1 + self._index(2 ** len(things) - 1)
        return [thing for bit, thing in enumerate(things) if mask >> bit & 1]

    def day(self) -> date:
        """A day across and beyond the years, often one where something changes."""
        return self.pick(DAYS)

    def day_from(self, least: date) -> date:
        """That day or a later one."""
        return min(least + timedelta(days=self.pick(STEPS)), max(LAST, least))

    def day_near(self, middle: date) -> date:
        """A day close to that one, on either side."""
        return middle + timedelta(days=self.pick(AROUND))

    def stamp(self, day: date) -> str:
        """The day as a register may write it: alone, or with an hour in one of three zones."""
        day = min(day, NEWEST)
        form = self._index(8) - 4
        if form < 0:
            return day.isoformat()
        moment = datetime.combine(day, self.pick(HOURS), SHANGHAI)
        if form == 0:
            return moment.replace(tzinfo=None).isoformat()
        if form == 1:
            return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return moment.isoformat()

    def stamp_near(self, due: When) -> str:
        """A time close to a due: often the very day, and the very minute before or after."""
        if due.instant is not None and due.day < NEWEST and self.chance(40):
            minutes = timedelta(minutes=self.pick((0, 1, -1)))
            return (due.instant + minutes).astimezone(SHANGHAI).isoformat()
        return self.stamp(self.day_near(due.day))

    def anywhen(self) -> str:
        """Any time."""
        return self.stamp(self.day())

    def due_from(self, least: date) -> str:
        """A due on or after a day, with or without an hour."""
        day = self.day_from(least)
        if self.chance(30):
            return datetime.combine(day, self.pick(HOURS[:4]), SHANGHAI).isoformat()
        return day.isoformat()


def plain(text: str) -> date:
    """The local day of a register's time."""
    return when(text).day


def without_nothing(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value is not None}
