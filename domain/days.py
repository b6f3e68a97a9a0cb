"""Days and moments as the office counts them.

A day is a day in Asia/Shanghai, whatever the machine's own zone; China has kept one offset,
+08:00, since 1992, so no time zone database is needed. A moment is a day, or an instant on one
when the hour was written down.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
FOREVER = date(9999, 12, 31)
"""The open end of a line: later than any day that can be asked for."""

Moment = date | datetime
"""A day, or an instant already brought to +08:00."""

_WRITTEN = re.compile(
    r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"
    r"(?:(?:\s*[T ]\s*|(?<=日))(\d{1,2})(?::(\d{2}\S*)|时(?:(\d{1,2})分)?))?",
    re.ASCII,
)
"""A day with the year first, in any of the ways of writing one that cannot be mistaken."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_day(raw: object) -> date:
    """Read a day written as ``2022-12-31`` or ``2022年12月31日``.

    So are ``2022-8-1``, ``2022/8/1`` and ``2022.8.1``, and full-width forms of all of them.
    Raises ``ValueError`` with a message for the clerk when it is none of these.
    """
    if isinstance(raw, datetime):
        return day_of(raw)
    if isinstance(raw, date):
        return raw
    text = str(raw).strip()
    try:
        return stored_day(_iso(text))
    except ValueError:
        message = f"“{text}”不是一个日期；应写成 2022-12-31 或 2022年12月31日"
        raise ValueError(message) from None


def read_moment(raw: object) -> Moment:
    """Read a day, or an RFC 3339 date-time; one without a zone is meant in +08:00.

    The hour may follow a day however it is written: ``2022年8月6日17:00``, ``2022/8/6 9:30``,
    ``2022年8月6日17时``. Raises ``ValueError`` with a message for the clerk when it is neither.
    """
    if isinstance(raw, date):
        return raw
    text = str(raw).strip()
    iso = _iso(text)
    if not _has_hour(iso):
        return read_day(text)
    try:
        return stored_moment(iso)
    except ValueError:
        message = f"“{text}”不是一个时间；应写成 2022-12-31 或 2022-12-31 17:00"
        raise ValueError(message) from None


@lru_cache(maxsize=8192)
def _iso(text: str) -> str:
    """Return what ``text`` says as ISO writes it; what is no day of ours is left as it is."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return text
    year, _, *rest = found.groups()
    month, day, hour, clock, minute = (rest[0] or rest[2], rest[1] or rest[3], *rest[4:])
    written = f"{year}-{month:0>2}-{day:0>2}"
    return f"{written}T{hour:0>2}:{clock or (minute or '').zfill(2)}" if hour else written


def _has_hour(iso: str) -> bool:
    return "T" in iso or ":" in iso


@lru_cache(maxsize=8192)
def stored_day(text: str) -> date:
    """Return the day that ``text`` is; replays ask for the same few hundred over and over."""
    try:
        if _ISO_DAY.fullmatch(text):
            return _plausible(date.fromisoformat(text))
    except ValueError:
        pass
    message = f"“{text}”不是 ISO 写法的日期"
    raise ValueError(message)


def _plausible(day: date) -> date:
    """Return ``day``; one so far off that days cannot be counted from it is a slip of the pen."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(day)
    return day


@lru_cache(maxsize=8192)
def stored_moment(text: str) -> Moment:
    """Return the day or instant that ``text`` is."""
    if not _has_hour(text):
        return stored_day(text)
    try:
        moment = datetime.fromisoformat(text)
        _plausible(moment.date())
    except ValueError:
        message = f"“{text}”不是 ISO 写法的时间"
        raise ValueError(message) from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(SHANGHAI)


def day_of(moment: Moment) -> date:
    """Return the day in Asia/Shanghai on which ``moment`` lies."""
    if isinstance(moment, datetime):
        return moment.date() if moment.tzinfo is None else moment.astimezone(SHANGHAI).date()
    return moment


def start_of(moment: Moment) -> datetime:
    """Return the instant by which moments are put in order: a day alone is its 00:00."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), SHANGHAI)


def end_of(day: date) -> datetime:
    """Return the last instant of ``day`` in Asia/Shanghai, in UTC."""
    return (datetime.combine(day, time.max, SHANGHAI)).astimezone(UTC)


def meets(moment: Moment, due: Moment) -> bool:
    """Tell whether something at ``moment`` is in time for ``due``.

    A due given as a day ends with that day. Something given as a day is in time on the due's
    day; something given with its hour, up to the due's instant.
    """
    if isinstance(moment, datetime) and isinstance(due, datetime):
        return moment <= due
    return day_of(moment) <= day_of(due)


def due_instant(due: Moment) -> datetime:
    """Return the instant at which ``due`` ends: a day alone ends with the day."""
    return due if isinstance(due, datetime) else start_of(next_day(due))


def after(due: Moment) -> date:
    """Return the first day at whose end ``due`` is past.

    That is the next day for a due given as a day, and the same day for an instant.
    """
    return due.date() if isinstance(due, datetime) else next_day(due)


def next_day(day: date) -> date:
    """Return the day after ``day``."""
    return day + timedelta(days=1)


def plus_days(day: date, count: int) -> date:
    """Return the day ``count`` calendar days after ``day``, never past the open end."""
    return FOREVER if count > (FOREVER - day).days else day + timedelta(days=count)


def show_moment(moment: Moment) -> str:
    """Return ``moment`` in the form in which it is recorded."""
    return moment.isoformat()


def told_moment(moment: Moment | str) -> str:
    """Return a moment as it is told to a reader, ``2022-12-31 17:00``; seconds only if any.

    It may be given in the form in which it is recorded.
    """
    moment = read_moment(moment)
    if not isinstance(moment, datetime):
        return moment.isoformat()
    exact = moment.second or moment.microsecond
    return moment.strftime("%Y-%m-%d %H:%M:%S" if exact else "%Y-%m-%d %H:%M")


def show_recorded(recorded_at: str) -> str:
    """Return a moment of recording, UTC as the log has it, as the clock in the office showed it."""
    local = datetime.fromisoformat(recorded_at).astimezone(SHANGHAI)
    return local.strftime("%Y-%m-%d %H:%M:%S")


def show_day(day: date) -> str:
    """Return ``day`` as an office writes it, ``2022年12月31日``."""
    return f"{day.year}年{day.month}月{day.day}日"
