"""专报 and 简报: fewer than required, or more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said

SPECIAL = {"kind": "special", "characters": 1500}
MAILBOX = "szxxgkk@126.com"


def quota(
    required: int, first: str = "2022-07-01", last: str = "2022-09-30", **more: object
) -> Told:
    """So many 专报 of every unit, unless more is said."""
    return said(
        "QuotaSet", "2022-06-20", kind="special", required=required, from_=first, to=last
    ) | dict(more)


def sent(item: str, on: str, **more: Any) -> Told:  # noqa: ANN401  any field of a submission
    """A 专报 that counts, unless more is said."""
    fields = {"units": ["应县"], "title": "信息", **SPECIAL, **more}
    return said("SubmissionReceived", on, item=item, **fields)


def ruled(parameter: str, value: object) -> Told:
    """A ruling."""
    return said("RulingMade", "2022-12-01", parameter=parameter, value=value, reason="会议")


def short(points: str, begins: str = "2022-10-01") -> list[Row]:
    """The line of a period with too few."""
    return [Row(points, begins, None, "quota_shortfall")]


def test_each_missing_one_costs_in_one_line() -> None:
    """Two of three missing are one line of twice the price, from the day after the period."""
    told = (quota(3), sent("Z1", "2022-08-01"))
    assert rows(*told, on="special") == short("-4")
    assert lines_on(*told, on="special")[0].events == (5,)


@pytest.mark.parametrize("day", ["2022-07-01", "2022-09-30", "2022-09-30T15:59:59Z"])
def test_the_first_and_the_last_day_count(day: str) -> None:
    """Both ends of the period are in it, in Asia/Shanghai."""
    assert rows(quota(1), sent("Z1", day), on="special") == []


@pytest.mark.parametrize("day", ["2022-06-30", "2022-10-01", "2022-09-30T16:00:00Z"])
def test_the_days_beside_do_not(day: str) -> None:
    """The day before and the day after are outside."""
    assert rows(quota(1), sent("Z1", day), on="special") == short("-2")


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("another kind", {"kind": "commissioned"}),
        ("another unit's", {"units": ["市财政局"]}),
        ("not an ordinary item", {"content": "party_affairs"}),
        ("not labelled", {"labelled": False}),
        ("the wrong mailbox", {"mailbox": "szszwxx@126.com"}),
        ("too short", {"characters": 1499}),
    ],
)
def test_what_does_not_count(why: str, more: dict[str, object]) -> None:
    """One thing amiss and the submission fills no gap."""
    assert rows(quota(1), sent("Z1", "2022-08-01", **more), on="special") == short("-2"), why


@pytest.mark.parametrize(
    "more",
    [
        {"mailbox": MAILBOX},
        {"mailbox": MAILBOX.upper()},
        {"units": ["市财政局", "应县"]},
        {"commission": "1"},
        {"characters": 1500},
    ],
)
def test_what_counts_all_the_same(more: dict[str, object]) -> None:
    """The right mailbox, a joint item, an answer to a commission, exactly 1500 characters."""
    asked = said("CommissionIssued", "2022-07-01", commission="1", topic="某", due="2022-08-10")
    assert rows(quota(1), asked, sent("Z1", "2022-08-01", **more), on="special") == []


def test_a_merged_item_counts_for_no_quota_and_its_parts_do() -> None:
    """Two counted parts are two; what was made of them is not a third."""
    parts = (sent("Z1", "2022-08-01"), sent("Z2", "2022-08-02"))
    merged = said("ItemsMerged", "2022-08-03", item="合1", items=["Z1", "Z2"], kind="special",
                  title="合编")  # fmt: skip
    assert rows(quota(3), *parts, merged, on="special") == short("-2")


def test_unmarked_counts_when_so_ruled() -> None:
    """With ``submissions.unmarked`` counted, label and mailbox do not matter; the rest does."""
    told = (
        quota(3),
        sent("Z1", "2022-08-01", labelled=False),
        sent("Z2", "2022-08-01", mailbox="a@b.cn"),
        sent("Z3", "2022-08-01", content="meeting_news"),
    )
    assert rows(*told, on="special") == short("-6")
    assert rows(*told, ruled("submissions.unmarked", "counted"), on="special") == short("-2")


def test_the_least_length_is_what_was_ruled() -> None:
    """With ``special.min_characters`` 1000, an item of 1499 fills the gap."""
    told = (quota(1), sent("Z1", "2022-08-01", characters=1499))
    assert rows(*told, ruled("special.min_characters", 1000), on="special") == []


def test_nothing_counts_before_counting_begins() -> None:
    """A period that begins before 2022-07-01 is filled from that day on, or from the one ruled."""
    told = (quota(1, "2022-06-01"), sent("Z1", "2022-06-30"))
    assert rows(*told, on="special") == short("-2")
    assert rows(*told, ruled("quota.counts_from", "2022-06-01"), on="special") == []


def test_the_last_quota_set_for_a_period_is_in_force() -> None:
    """Set again for the same period, the later requirement stands and is named."""
    told = (quota(3), quota(1))
    assert rows(*told, on="special") == short("-2")
    assert lines_on(*told, on="special")[0].events == (6,)


def test_whom_a_quota_covers() -> None:
    """Units by name before the category, a category by that of its first day."""
    moved = said("UnitChanged", "2022-07-01", unit="开发区", category="county")
    county = quota(1, category="county")
    named = quota(2, category="county", units=["市财政局"])
    told = (moved, county, named)
    seen = {unit: rows(*told, on="special", of=unit) for unit in ("应县", "开发区", "市财政局")}
    assert seen == {"应县": short("-2"), "开发区": short("-2"), "市财政局": short("-4")}
    late = {**moved, "on": "2022-07-02"}
    assert rows(late, county, on="special", of="开发区") == []


def test_periods_are_counted_each_by_itself() -> None:
    """One period's surplus fills no other's gap."""
    told = (
        quota(1),
        quota(1, "2022-10-01", "2022-12-31"),
        sent("Z1", "2022-08-01"),
        sent("Z2", "2022-08-02"),
    )
    assert rows(*told, on="special") == short("-2", "2023-01-01")
    assert rows(*told, on="surplus") == [Row("2", "2022-08-02", None, "quota_surplus")]


@pytest.mark.parametrize(("first", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_a_period_belongs_to_the_year_that_holds_its_first_day(first: str, year: str) -> None:
    """A period from 31 December to February is the old year's, line and all."""
    for asked in ("2022", "2023"):
        told = quota(1, first, "2023-02-28")
        seen = rows(told, on="special", cycle=asked, after=(*START, NEXT_YEAR))
        assert seen == (short("-2", "2023-03-01") if asked == year else [])


def test_a_brief_costs_and_gives_one() -> None:
    """A missing 简报 is 1 point, one too many is 1 point, and its length does not matter."""
    told = (quota(1, kind="brief"), sent("J1", "2022-08-01", kind="brief", characters=None))
    assert rows(quota(2, kind="brief"), told[1], on="brief") == short("-1")
    more = sent("J2", "2022-08-02", kind="brief", characters=10)
    assert rows(*told, more, on="surplus") == [Row("1", "2022-08-02", None, "quota_surplus")]


def test_surplus_is_what_came_in_last() -> None:
    """By valid time, a day alone at its 00:00, then by position; never by the log alone."""
    told = (
        quota(2),
        sent("Z1", "2022-08-05T09:00:00"),
        sent("Z2", "2022-08-05"),
        sent("Z3", "2022-08-04T23:59:00"),
        sent("Z4", "2022-08-05T00:00:00"),
    )
    found = lines_on(*told, on="surplus")
    assert [line.events for line in found] == [(5, 6), (5, 9)]
    assert {line.effective_from.isoformat() for line in found} == {"2022-08-05"}


def test_no_quota_no_surplus() -> None:
    """Where none is set nothing can be beyond it; where none is required, each is."""
    assert rows(sent("Z1", "2022-08-01"), on="surplus") == []
    assert rows(sent("Z1", "2022-08-01"), on="special") == []
    seen = rows(quota(0), sent("Z1", "2022-08-01"), on="surplus")
    assert seen == [Row("2", "2022-08-01", None, "quota_surplus")]


def test_a_corrected_submission_changes_the_count_and_names_its_correction() -> None:
    """Too short at first; counted once its length is corrected, and beyond a quota of none."""
    fixed = said("EventCorrected", "2022-10-05", target=6, changes={"characters": 1600},
                 reason="漏计附表")  # fmt: skip
    told = (sent("Z1", "2022-08-01", characters=1400), fixed)
    assert rows(quota(1), *told, on="special", known_at=6) == short("-2")
    assert rows(quota(1), *told, on="special") == []
    assert lines_on(quota(0), *told, on="surplus")[0].events == (5, 6, 7)
