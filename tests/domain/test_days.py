"""Days and moments in Asia/Shanghai, whatever the machine's own zone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.days import (
    FOREVER,
    SHANGHAI,
    after,
    day_of,
    end_of,
    meets,
    next_day,
    plus_days,
    read_day,
    read_moment,
    show_day,
    show_moment,
    show_recorded,
    start_of,
    told_moment,
)
from tests.infra.files.registers import wide

ROOT = Path(__file__).resolve().parents[2]
ZONES = ("America/New_York", "Pacific/Kiritimati", "UTC", "Asia/Shanghai")
ASKED = """
import json
from domain.days import day_of, end_of, read_moment, start_of
texts = ["2022-12-31", "2022-12-31T23:59:59", "2022-12-31T16:00:00Z", "2022-12-31T15:59:59Z",
         "2022-03-13T02:30:00", "2022-12-31T12:00:00-12:00", "2022-02-28T23:30:00+08:00"]
moments = [read_moment(text) for text in texts]
print(json.dumps([[str(day_of(m)), m.isoformat(), start_of(m).isoformat(),
                   end_of(day_of(m)).isoformat()] for m in moments]))
"""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-12-31", date(2022, 12, 31)),
        ("2022年12月31日", date(2022, 12, 31)),
        ("2022年2月8日", date(2022, 2, 8)),
        ("2024-02-29", date(2024, 2, 29)),
        (" 2022-12-31 ", date(2022, 12, 31)),
        ("2022-8-1", date(2022, 8, 1)),
        ("2022/8/1", date(2022, 8, 1)),
        ("2022.8.3", date(2022, 8, 3)),
        (wide("2022-07-01"), date(2022, 7, 1)),
        (wide("2022/7/1"), date(2022, 7, 1)),
        ("2022 年 8 月 6 日", date(2022, 8, 6)),
        (date(2022, 12, 31), date(2022, 12, 31)),
        (datetime(2022, 12, 31, 16, tzinfo=UTC), date(2023, 1, 1)),
    ],
)
def test_a_day_is_read(text: object, day: date) -> None:
    """As ISO writes it or as an office does, in any width; 29 February in a leap year."""
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["2022-02-29", "2022-13-01", "2022年2月30日", "31.12.2022", "20221231", "22-1-1", "", "今天",
     "2022-12-31T00:00:00", "1899-12-31", "3000-01-01", "2022-1/1", "1/2/2022", "2022.8", "8月1日"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    """With how it should be written; a year far off is a slip of the pen."""
    with pytest.raises(ValueError, match="2022-12-31"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2022-12-31T17:00:00", "2022-12-31T17:00:00+08:00"),
        ("2022-12-31T09:00:00Z", "2022-12-31T17:00:00+08:00"),
        ("2022-12-31T23:30:00+00:00", "2023-01-01T07:30:00+08:00"),
        ("2022-12-31T17:00:00.5+08:00", "2022-12-31T17:00:00.500000+08:00"),
        ("2022年8月6日17:00", "2022-08-06T17:00:00+08:00"),
        ("2022年8月6日 9：05", "2022-08-06T09:05:00+08:00"),
        ("2022年8月6日17时", "2022-08-06T17:00:00+08:00"),
        ("2022年8月6日17时5分", "2022-08-06T17:05:00+08:00"),
        ("2022/8/6 9:30:05", "2022-08-06T09:30:05+08:00"),
        ("2022-8-6T9:30Z", "2022-08-06T17:30:00+08:00"),
        (wide("2022.8.6 17:00"), "2022-08-06T17:00:00+08:00"),
    ],
)
def test_an_instant_is_brought_to_shanghai(text: str, local: str) -> None:
    """No zone means +08:00, and what is stored has the offset written out."""
    moment = read_moment(text)
    assert show_moment(moment) == local
    assert isinstance(moment, datetime)


@pytest.mark.parametrize(
    "text",
    [
        "2022-12-31T25:00:00", "2022-12-31T", "17:00", "T17:00", "noon", "2022-8-617:00",
        "2022年8月6日25时", "2022年8月6日5:0",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused(text: str) -> None:
    """With how it should be written."""
    with pytest.raises(ValueError, match="应写成 2022-12-31"):
        read_moment(text)


def test_a_day_alone_stays_a_day() -> None:
    """It is not midnight: the two meet a due differently and are stored differently."""
    assert show_moment(read_moment("2022-12-31")) == "2022-12-31"
    assert show_moment(read_moment("2022-12-31T00:00:00")) == "2022-12-31T00:00:00+08:00"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2022-12-31", "2022-12-31"),
        ("2022-12-31T09:00:00Z", "2022-12-31 17:00"),
        ("2022-12-31T17:00:01", "2022-12-31 17:00:01"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_the_office(written: str, told: str) -> None:
    """Readers see the hour as their clock shows it, and seconds only where some were recorded."""
    assert told_moment(read_moment(written)) == told
    assert told_moment(written) == told


@pytest.mark.parametrize(
    ("moment", "due", "in_time"),
    [
        ("2022-05-10", "2022-05-10", True),
        ("2022-05-11", "2022-05-10", False),
        ("2022-05-10T23:59:59", "2022-05-10", True),
        ("2022-05-10", "2022-05-10T00:00:00", True),
        ("2022-05-11", "2022-05-10T23:59:59", False),
        ("2022-05-10T17:00:00", "2022-05-10T17:00:00", True),
        ("2022-05-10T17:00:00.000001", "2022-05-10T17:00:00", False),
        ("2022-05-10T09:00:00Z", "2022-05-10T17:00:00", True),
    ],
)
def test_what_meets_a_due(moment: str, due: str, in_time: bool) -> None:  # noqa: FBT001
    """Instants are compared where both are instants, else the local days."""
    assert meets(read_moment(moment), read_moment(due)) is in_time


def test_the_first_day_at_whose_end_a_due_is_past() -> None:
    """The next day for a day, the same for an instant, also for its last one."""
    assert after(read_moment("2022-12-31")) == date(2023, 1, 1)
    assert after(read_moment("2022-12-31T23:59:59")) == date(2022, 12, 31)
    assert after(read_moment("2022-12-31T16:00:00Z")) == date(2023, 1, 1)
    assert after(read_moment("2024-02-28")) == date(2024, 2, 29)


def test_counting_days() -> None:
    """Over month ends and leap days; never past the open end."""
    assert next_day(date(2022, 2, 28)) == date(2022, 3, 1)
    assert next_day(date(2024, 2, 28)) == date(2024, 2, 29)
    assert plus_days(date(2024, 2, 19), 10) == date(2024, 2, 29)
    assert plus_days(date(2022, 12, 31), 0) == date(2022, 12, 31)
    assert plus_days(date(2022, 12, 31), 10**9) == FOREVER


def test_the_order_of_moments() -> None:
    """A day alone comes with its 00:00, before any hour of it."""
    texts = ["2022-08-05T00:00:01", "2022-08-04T23:59:59", "2022-08-05", "2022-08-04T16:30:00Z"]
    ordered = sorted(texts, key=lambda text: start_of(read_moment(text)))
    assert ordered == [texts[1], texts[2], texts[0], texts[3]]


def test_the_end_of_a_day() -> None:
    """The last instant before midnight in Asia/Shanghai, in UTC."""
    assert end_of(date(2022, 10, 1)).isoformat() == "2022-10-01T15:59:59.999999+00:00"
    assert day_of(end_of(date(2022, 10, 1)).astimezone(SHANGHAI)) == date(2022, 10, 1)


def test_a_day_as_an_office_writes_it() -> None:
    """Without zeros in front."""
    assert show_day(date(2022, 2, 8)) == "2022年2月8日"


def test_the_machines_zone_does_not_matter() -> None:
    """The same days, instants and ends of days in New York, on Kiritimati, in Shanghai."""
    told = {_run(ASKED, zone) for zone in ZONES}
    assert len(told) == 1
    assert '["2023-01-01", "2023-01-01T00:00:00+08:00"' in told.pop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not take a zone from TZ")
def test_today_is_today_in_shanghai() -> None:
    """Kiritimati is 14 hours ahead of UTC, Niue 11 behind: they never have the same day.

    The office's day is that of UTC and eight hours more, which may pass midnight in between.
    """
    code = "from datetime import date; from cli.office import today; print(today(), date.today())"
    before = datetime.now(UTC) + timedelta(hours=8)
    first, first_local = _run(code, "Pacific/Kiritimati").split()
    second, second_local = _run(code, "Pacific/Niue").split()
    after_both = datetime.now(UTC) + timedelta(hours=8)
    assert first_local != second_local
    days = [str(before.date()), first, second, str(after_both.date())]
    assert days == sorted(days)


def _run(code: str, zone: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def test_a_moment_of_recording_is_shown_by_the_office_clock() -> None:
    """UTC in the log, Asia/Shanghai on the page, whatever the machine's zone."""
    assert show_recorded("2022-12-31T18:00:00.123456Z") == "2023-01-01 02:00:00"
