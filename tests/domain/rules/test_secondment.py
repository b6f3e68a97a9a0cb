"""跟班学习: people seconded to the city or provincial office."""

from __future__ import annotations

import pytest

from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said

LEAP_YEAR = {
    **NEXT_YEAR, "cycle": "2024", "starts": "2024-01-01", "ends": "2024-12-31",
    "evidence_due": "2025-01-15", "duty_due": "2024-03-31",
}  # fmt: skip
YEARS = (*START, NEXT_YEAR, LEAP_YEAR)


def started(on: str, unit: str = "应县", host: str = "city") -> Told:
    """A person goes to the office."""
    return said("SecondmentStarted", on, secondment="1", unit=unit, person="钱七", host=host)


def ended(on: str) -> Told:
    """The person comes back."""
    return said("SecondmentEnded", on, secondment="1")


def ruled(parameter: str, value: object) -> Told:
    """A ruling."""
    return said("RulingMade", "2022-12-01", parameter=parameter, value=value, reason="会议")


def credit(day: str, ends: str | None = None) -> list[Row]:
    """The line of a secondment."""
    return [Row("10", day, ends, "secondment")]


@pytest.mark.parametrize(
    ("start", "complete", "year"),
    [
        ("2022-03-15", "2022-06-15", "2022"),
        ("2022-01-31", "2022-04-30", "2022"),
        ("2022-11-30", "2023-02-28", "2022"),
        ("2023-11-29", "2024-02-29", "2023"),
        ("2023-11-30", "2024-02-29", "2023"),
        ("2023-12-01", "2024-03-01", "2023"),
        ("2024-02-29", "2024-05-29", "2024"),
        ("2022-12-31", "2023-03-31", "2022"),
    ],
)
def test_three_calendar_months(start: str, complete: str, year: str) -> None:
    """Complete on the same day of the month, or on the last one of a shorter month."""
    seen = rows(started(start), on="secondment", cycle=year, after=YEARS)
    assert seen == credit(complete)
    back = ended(complete)
    assert rows(started(start), back, on="secondment", cycle=year, after=YEARS) == credit(complete)


@pytest.mark.parametrize(
    ("start", "back"),
    [("2022-03-15", "2022-06-14"), ("2022-11-30", "2023-02-27"), ("2022-03-15", "2022-03-15")],
)
def test_back_a_day_early_is_nothing(start: str, back: str) -> None:
    """A return before the months are complete leaves no line."""
    assert rows(started(start), ended(back), on="secondment", after=YEARS) == []


def test_both_offices_count_and_only_for_the_unit_that_sent() -> None:
    """City or province, ten points for the unit and none for another."""
    for host in ("city", "province"):
        told = started("2022-03-15", host=host)
        assert rows(told, on="secondment") == credit("2022-06-15")
        assert rows(told, on="secondment", of="市财政局") == []


def test_as_many_months_as_were_ruled() -> None:
    """Two months by a ruling, and an early return counts against those."""
    told = (started("2022-12-31"), ruled("secondment.months", 2))
    assert rows(*told, on="secondment", after=YEARS) == credit("2023-02-28")
    assert rows(*told, ended("2023-02-27"), on="secondment", after=YEARS) == []


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (None, credit("2022-03-15")),
        ("2022-06-15", credit("2022-03-15")),
        ("2022-06-14", credit("2022-03-15", "2022-06-14")),
        ("2022-03-16", credit("2022-03-15", "2022-03-16")),
        ("2022-03-15", []),
    ],
)
def test_credit_from_the_start_when_so_ruled(back: str | None, expected: list[Row]) -> None:
    """Until an early return; back on the very day there was no line at all."""
    told = (started("2022-03-15"), ruled("secondment.credit", "on_start"))
    returned = (ended(back),) if back else ()
    assert rows(*told, *returned, on="secondment") == expected


def test_an_early_return_names_both_events() -> None:
    """The line that it ends rests on the start and on the return."""
    told = (started("2022-03-15"), ruled("secondment.credit", "on_start"), ended("2022-04-01"))
    assert lines_on(*told, on="secondment")[0].events == (5, 7)
    assert lines_on(started("2022-03-15"), on="secondment")[0].events == (5,)


@pytest.mark.parametrize(("day", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_the_day_of_the_start_decides_the_year(day: str, year: str) -> None:
    """Started on 31 December, it is credited to the old year in the spring of the new."""
    seen = {y: rows(started(day), on="secondment", cycle=y, after=YEARS) for y in ("2022", "2023")}
    assert [y for y, found in seen.items() if found] == [year]


def test_a_corrected_start_moves_the_completion() -> None:
    """From the corrected day, for the corrected unit, naming the correction."""
    changes = {"on": "2022-04-30", "unit": "市财政局"}
    fixed = said("EventCorrected", "2022-06-01", target=5, changes=changes, reason="报到日期有误")
    assert rows(started("2022-03-15"), fixed, on="secondment") == []
    (line,) = lines_on(started("2022-03-15"), fixed, on="secondment", of="市财政局")
    assert (line.effective_from.isoformat(), line.events) == ("2022-07-30", (5, 6))
