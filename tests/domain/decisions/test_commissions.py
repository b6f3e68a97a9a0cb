"""Commissions: who is addressed, and which due is in force."""

from __future__ import annotations

import pytest

from tests.domain.telling import START, Told, accepted, refused, said


def issued(due: str = "2022-05-10", **more: object) -> Told:
    """A commission to all units, unless some are named."""
    return said("CommissionIssued", "2022-05-01", commission="约1", topic="春耕", due=due, **more)


def extended(due: str, **more: object) -> Told:
    """More time for it."""
    return said("CommissionExtended", "2022-05-09", commission="约1", due=due, **more)


def withdrawn(**more: object) -> Told:
    """It is no longer asked for."""
    given = {"commission": "约1", "reason": "另行安排", **more}
    return said("CommissionWithdrawn", "2022-05-09", **given)


def declined(unit: str = "应县", commission: str = "约1") -> Told:
    """Word that it does not concern a unit."""
    return said("CommissionDeclined", "2022-05-05", commission=commission, unit=unit)


COUNTY_ONLY = issued(units=["应县"])


def test_a_commission_has_a_number_of_its_own() -> None:
    """A second one of that number is refused."""
    again = issued("2022-06-01")
    refused(*START, issued(), again, field="commission", what="已由事件 #5 登记")


@pytest.mark.parametrize("due", ["2022-05-01", "2022-05-01T00:00:00", "2022-05-01T15:59:59Z"])
def test_a_due_on_the_day_of_issue(due: str) -> None:
    """Days are compared, not hours."""
    assert accepted(*START, {**issued(due), "on": "2022-05-01T18:00:00"})


def test_a_due_before_the_day_of_issue() -> None:
    """Is refused with the earliest that would be right."""
    fault = refused(*START, issued("2022-04-30"), field="due", what="早于下达日期")
    assert fault.fix == "应不早于 2022-05-01"


def test_an_extension_is_later_than_the_due_in_force() -> None:
    """Later than the commission's own, then later than the last extension."""
    refused(*START, issued(), extended("2022-05-10"), field="due", what="不晚于现行的")
    twice = (issued(), extended("2022-05-20"), extended("2022-05-15"))
    refused(*START, *twice, field="due", what="2022-05-20")
    assert accepted(*START, issued(), extended("2022-05-11"), extended("2022-05-12"))


@pytest.mark.parametrize(
    ("due", "later"),
    [
        ("2022-05-10T09:00:00", "2022-05-10T18:00:00"),
        ("2022-05-10T18:00:00", "2022-05-10"),
        ("2022-05-10T18:00:00", "2022-05-10T10:00:01Z"),
    ],
)
def test_of_two_dues_the_hours_are_compared(due: str, later: str) -> None:
    """A due given as a day ends with the day; the other way round is refused."""
    assert accepted(*START, issued(due), extended(later))
    refused(*START, issued(later), extended(due), field="due", what="不晚于现行的")


def test_the_due_in_force_is_that_of_the_units_named() -> None:
    """An extension for one unit does not stand in the way of another's."""
    told = (issued(), extended("2022-06-01", units=["应县"]))
    assert accepted(*START, *told, extended("2022-05-20", units=["市财政局"]))
    refused(*START, *told, extended("2022-05-20", units=["应县"]), field="due", what="2022-06-01")
    refused(*START, *told, extended("2022-05-20"), field="due", what="2022-06-01")


def test_a_retracted_extension_is_no_due_in_force() -> None:
    """Nor does one extension depend on another."""
    gone = said("EventRetracted", "2022-05-30", target=6, reason="误登")
    assert accepted(*START, issued(), extended("2022-06-01"), gone, extended("2022-05-20"))
    both = (issued(), extended("2022-05-20"), extended("2022-06-01"))
    assert accepted(*START, *both, gone)


@pytest.mark.parametrize("event", [extended("2022-06-01"), withdrawn(), declined()])
def test_the_commission_has_to_be_there(event: Told) -> None:
    """Whatever is said of it."""
    refused(*START, event, field="commission", what="没有登记过约稿“约1”")


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (extended("2022-06-01", units=["应县", "开发区"]), "units"),
        (withdrawn(units=["开发区"]), "units"),
        (declined("开发区"), "unit"),
    ],
)
def test_only_those_addressed_are_spoken_of(event: Told, field: str) -> None:
    """A unit that was not asked is refused, with those that were."""
    fault = refused(*START, COUNTY_ONLY, event, field=field, what="没有发给“开发区”")
    assert fault.fix == "发给的单位是：应县"


def test_addressed_are_all_or_those_named() -> None:
    """Any unit of a commission to all; the named unit by any of its names."""
    assert accepted(*START, issued(), declined("开发区"), withdrawn(units=["市财政局"]))
    assert accepted(*START, COUNTY_ONLY, declined("应县政府"), withdrawn())
