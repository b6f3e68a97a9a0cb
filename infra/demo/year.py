"""A made-up year while it is being written down: its dice, and what was recorded when.

Things happen on a day and are recorded that day, but a few rows are late and say so. A row never
stands before one it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final, TypeVar

from domain.days import SHANGHAI, Moment, day_of
from domain.events.base import Event
from domain.events.corrections import Amendment
from infra.demo.tempers import Temper, tempers
from infra.demo.titles import Titles
from infra.demo.workdays import END, FIRST, LAST, working

_OPENS, _MINUTES = time(8, 30, tzinfo=SHANGHAI), 8 * 60
_LATE: Final = 0.05
_DELAY: Final = (8, 45)
_TOLD: Final = timedelta(days=9)
"""A row that comes later than this says so; holidays alone never take so long."""
_T = TypeVar("_T")


@dataclass(eq=False, slots=True)
class Entry:
    """One row: what it says, when it was written down, and for a correction its target."""

    event: Event
    recorded: datetime
    target: Entry | None = None

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return day_of(self.event.on)


def cited(series: str, year: int, number: int) -> str:
    """Return the number of a document as offices write it."""
    return f"{series}〔{year}〕{number}号"  # noqa: RUF001  these brackets belong to such numbers


class Year:
    """Collects rows in the order in which they are thought of; ``in_order`` is the register's."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)  # noqa: S311  made-up data, no secrets
        self.tempers = tempers(self.dice)
        self.titles = Titles(self.dice)
        self.entries: list[Entry] = []
        self._counts: dict[str, int] = {}

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in ``share`` of all cases."""
        return self.dice.random() < share

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        """Return some working day from ``first`` to ``last``, both working days."""
        return working(first + timedelta(days=self.dice.randint(0, (last - first).days)))

    def later(self, day: date, least: int, most: int, *, last: date = LAST) -> date:
        """Return a working day ``least`` to ``most`` days after ``day``, at the latest ``last``."""
        return min(last, working(day + timedelta(days=self.dice.randint(least, most))))

    def number(self, series: str) -> str:
        """Return the next number of a series, such as ``Y2022-017``."""
        self._counts[series] = self._counts.get(series, 0) + 1
        return f"{series}2022-{self._counts[series]:03}"

    def some(self, among: Iterable[Temper], count: int) -> list[Temper]:
        """Return ``count`` different units of ``among``, or all when there are fewer."""
        members = list(among)
        return self.dice.sample(members, min(count, len(members)))

    def pick(self, among: Iterable[_T]) -> _T:
        """Return one of ``among``."""
        return self.dice.choice(list(among))

    def write(self, event: Event, *after: Entry, prompt: bool = False) -> Entry:
        """Write ``event`` down on its day, or late unless ``prompt``, but never before ``after``.

        A late row says in its note when it was written down.
        """
        recorded = max([self._soon(event.on), *(entry.recorded for entry in after)])
        if not prompt and self.chance(_LATE):
            recorded = max(recorded, self._hour(self.later(recorded.date(), *_DELAY, last=END)))
        day = recorded.date()
        if day - day_of(event.on) > _TOLD and event.note is None:
            event = replace(event, note=f"补登：{day.month}月{day.day}日收到材料")
        entry = Entry(event, recorded)
        self.entries.append(entry)
        return entry

    def begin(self, event: Event) -> None:
        """Write ``event`` down first thing in the year, before anything that rests on it."""
        self.entries.append(Entry(event, datetime.combine(FIRST, _OPENS)))

    def amend(self, event: Amendment, target: Entry) -> Entry:
        """Write a correction or retraction of ``target`` down; its position is not known yet."""
        entry = Entry(event, max(self._soon(event.on), target.recorded), target)
        self.entries.append(entry)
        return entry

    def _soon(self, on: Moment) -> datetime:
        """Return when something that happened ``on`` is written down at once."""
        if isinstance(on, datetime):
            return on
        return self._hour(working(on))

    def _hour(self, day: date) -> datetime:
        minutes = timedelta(minutes=self.dice.randint(0, _MINUTES))
        return datetime.combine(day, _OPENS) + minutes

    def in_order(self) -> list[Entry]:
        """Return the rows in the order in which they were written down."""
        return sorted(self.entries, key=lambda entry: entry.recorded)
