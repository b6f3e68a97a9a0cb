"""Days and moments as a register writes them, always read in Asia/Shanghai.

A value written as a day and one written as a date-time stay different things: whether an answer
meets a due depends on how each of the two was written (scoring note, 1.4).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
ONE_DAY = timedelta(days=1)
DAY_LENGTH = len("2022-01-01")


@dataclass(frozen=True)
class When:
    """A local day, and the instant where the register gave one."""

    day: date
    instant: datetime | None

    @property
    def moment(self) -> datetime:
        """The instant; for a day alone its 00:00, which is how the note orders them."""
        return self.instant or datetime.combine(self.day, time(), SHANGHAI)


def when(text: str) -> When:
    """Read `YYYY-MM-DD` or a date-time; a date-time without a zone is +08:00."""
    if len(text) == DAY_LENGTH:
        return When(date.fromisoformat(text), None)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=SHANGHAI)
    return When(instant.astimezone(SHANGHAI).date(), instant)


def meets(event: When, due: When) -> bool:
    """Is something that happened at `event` in time for `due`?

    Hours count only when both were written with hours; otherwise the two local days are compared.
    """
    if event.instant is not None and due.instant is not None:
        return event.instant <= due.instant
    return event.day <= due.day


def after(due: When) -> date:
    """The first day at whose end the due is past."""
    return due.day + ONE_DAY if due.instant is None else due.day


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
