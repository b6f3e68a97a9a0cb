"""工作衔接: changes of staff that the office was not told of in time."""

from __future__ import annotations

import pytest

from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said


def changed(on: str = "2022-05-01", unit: str = "应县") -> Told:
    """A change of people."""
    return said("StaffChanged", on, change="1", unit=unit, role="staff")


def notified(on: str) -> Told:
    """The office is told of it."""
    return said("StaffChangeNotified", on, change="1")


def unreported(begins: str) -> list[Row]:
    """The line of a change not told in time."""
    return [Row("-2", begins, None, "change_unreported")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-05-01", []),
        ("2022-05-11", []),
        ("2022-05-11T15:59:59Z", []),
        ("2022-05-11T16:00:00Z", unreported("2022-05-12")),
        ("2022-05-12", unreported("2022-05-12")),
    ],
)
def test_ten_days_are_in_time(day: str, expected: list[Row]) -> None:
    """The tenth day after the change is in time, the eleventh is not; late news ends nothing."""
    assert rows(changed(), notified(day), on="liaison") == expected


def test_nothing_told() -> None:
    """The line begins on the eleventh day and stays open."""
    assert rows(changed(), on="liaison") == unreported("2022-05-12")
    assert rows(changed("2022-02-20"), on="liaison") == unreported("2022-03-03")


def test_the_earliest_notice_decides() -> None:
    """A notice recorded later may be the earlier one."""
    assert rows(changed(), notified("2022-06-01"), notified("2022-05-05"), on="liaison") == []


def test_in_time_means_what_was_ruled() -> None:
    """Thirty days by a ruling; none at all leaves the day itself."""
    for days, begins in ((30, "2022-06-01"), (0, "2022-05-02")):
        ruled = {"parameter": "liaison.notice_days", "value": days, "reason": "会议"}
        told = (changed(), said("RulingMade", "2022-12-01", **ruled))
        assert rows(*told, on="liaison") == unreported(begins)


def test_a_ruling_for_one_year_leaves_the_others_alone() -> None:
    """Thirty days in 2023 only, then five in every year: the last one that is for a year holds."""
    days = {"parameter": "liaison.notice_days", "reason": "会议"}
    one = said("RulingMade", "2023-02-01", value=30, cycle="2023", **days)
    every = said("RulingMade", "2023-02-01", value=5, **days)
    told = (changed(), {**changed("2023-05-01"), "change": "2"}, one, every, one)
    for known, begins in ((8, ("2022-05-12", "2023-06-01")), (9, ("2022-05-07", "2023-05-07"))):
        for year, day in zip(("2022", "2023"), begins, strict=True):
            seen = rows(*told, on="liaison", cycle=year, known_at=known, after=(*START, NEXT_YEAR))
            assert seen == unreported(day)
    last = rows(*told, on="liaison", cycle="2023", after=(*START, NEXT_YEAR))
    assert last == unreported("2023-06-01")


def test_the_day_of_the_change_decides_the_year() -> None:
    """A change on 31 December counts in the old year although its line begins in the new."""
    for year, expected in (("2022", unreported("2023-01-11")), ("2023", [])):
        told = changed("2022-12-31")
        assert rows(told, on="liaison", cycle=year, after=(*START, NEXT_YEAR)) == expected


def test_a_notice_corrected_to_another_change() -> None:
    """It speaks of the other change from then on, and the first is unreported again."""
    other = {**changed("2022-05-02"), "change": "2"}
    fixed = {"target": 7, "changes": {"change": "2"}, "reason": "写错"}
    told = (changed(), other, notified("2022-05-03"), said("EventCorrected", "2022-06-01", **fixed))
    assert rows(*told, on="liaison") == unreported("2022-05-12")
    assert rows(*told, on="liaison", known_at=7) == unreported("2022-05-13")
    assert lines_on(*told, on="liaison")[0].events == (5,)
