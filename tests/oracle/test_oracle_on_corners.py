"""The oracle on corners that the shared cases leave out, each worked out by hand from the note."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .sheet import NoCycleError, answer

CYCLE = {
    "type": "CycleOpened", "on": "2022-01-01", "cycle": "2022", "rulebook": "shuozhou-2022",
    "starts": "2022-01-01", "ends": "2022-12-31", "evidence_due": "2023-01-15",
    "duty_due": "2022-03-31", "two_person": False,
}  # fmt: skip
NEXT = {
    **CYCLE, "on": "2023-01-01", "cycle": "2023", "starts": "2023-01-01", "ends": "2023-12-31",
    "evidence_due": "2024-01-15", "duty_due": "2023-03-31",
}  # fmt: skip
SPECIAL = {"kind": "special", "title": "标题", "characters": 1500}
BRIEF = {"kind": "brief", "title": "标题"}


def line(event_type: str, on: str, **fields: object) -> dict[str, Any]:
    """One register line; `from_` stands for the field `from`."""
    return {"type": event_type, "on": on, **{k.rstrip("_"): v for k, v in fields.items()}}


UNITS = [
    line("UnitEnrolled", "2022-01-01", unit="甲县", category="county", aliases=["甲县1"]),
    line("UnitEnrolled", "2022-01-01", unit="乙局", category="department"),
    line("UnitEnrolled", "2022-01-01", unit="丙局", category="department"),
]


def rows(
    *lines: dict[str, Any],
    of: str = "甲县",
    indicator: str,
    as_of: str = "2024-12-31",
    **asked: object,
) -> list[Any]:
    """`[points, from, to, code]` of a unit's lines of an indicator, after a cycle and three units.

    The register's first line of these is at position 5.
    """
    sheets = answer([CYCLE, *UNITS, *lines], as_of=date.fromisoformat(as_of), **asked)  # type: ignore[arg-type]  # known_at and cycle only
    return [row[1:] for row in sheets[of]["lines"] if row[0] == indicator]


def test_months_end_on_the_last_day_of_a_short_month_leap_years_too() -> None:
    """Three months from 30 November 2023 are complete on 29 February 2024."""
    started = line("SecondmentStarted", "2023-11-30", secondment="1", unit="甲县", person="某")
    ended = line("SecondmentEnded", "2024-02-29", secondment="1")
    seen = rows(NEXT, started, ended, indicator="secondment", cycle="2023")
    assert seen == [["10", "2024-02-29", None, "secondment"]]


@pytest.mark.parametrize(
    ("back", "ends"), [("2022-05-01", "2022-05-01"), ("2022-06-15", None), ("2022-03-15", "none")]
)
def test_credit_on_start_ends_on_an_early_return(back: str, ends: str | None) -> None:
    """From the start day to an early return; open after full months; none if back at once."""
    ruled = line("RulingMade", "2022-12-01", parameter="secondment.credit", value="on_start")
    started = line("SecondmentStarted", "2022-03-15", secondment="1", unit="甲县", person="某")
    ended = line("SecondmentEnded", back, secondment="1")
    seen = rows(ruled, started, ended, indicator="secondment", as_of="2022-03-20")
    assert seen == ([] if ends == "none" else [["10", "2022-03-15", ends, "secondment"]])


def test_evidence_one_day_late_leaves_only_the_late_report() -> None:
    """A roster on the day after the due cures each part before it costs, but it was late."""
    roster = {"leader": "某", "agency": "某", "staff": ["某"]}
    late = line("DutyRosterReported", "2022-04-01", unit="甲县", **roster)
    assert rows(late, indicator="duties") == [["-2", "2022-04-01", None, "duties_late"]]
    never = line("RulingMade", "2022-12-01", parameter="evidence.cure", value="never")
    assert len(rows(late, never, indicator="duties")) == 4


def test_nothing_begins_on_a_merged_units_sheet_from_the_next_day() -> None:
    """A finding on the day of the merger counts, one on the day after does not."""
    into = line("UnitChanged", "2022-05-01", unit="甲县", into="乙局")
    kind = {"kind": "non_cooperation", "unit": "甲县"}
    made = [line("FindingMade", f"2022-05-0{n}", finding=f"{n}", **kind) for n in (1, 2)]
    seen = rows(into, *made, indicator="feedback")
    assert seen == [["-1", "2022-05-01", None, "non_cooperation"]]


def test_corrections_stack_and_come_off_one_by_one() -> None:
    """The later correction wins; corrected itself it says otherwise; retracted it never was."""
    made = line("FindingMade", "2022-05-01", finding="1", kind="plagiarism", unit="甲县")
    first = line("EventCorrected", "2022-06-01", target=5, changes={"on": "2022-05-03"})
    second = line("EventCorrected", "2022-06-02", target="#5", changes={"on": "2022-05-05"})
    third = line("EventCorrected", "2022-06-03", target=7, changes={"changes": {"unit": "乙局"}})
    gone = line("EventRetracted", "2022-06-04", target=6)
    register = (made, first, second, third, gone)
    seen = [
        (unit, known_at, row[1])
        for known_at in range(5, 10)
        for unit in ("甲县", "乙局")
        for row in rows(*register, of=unit, indicator="quality", known_at=known_at)
    ]
    assert seen == [
        ("甲县", 5, "2022-05-01"),
        ("甲县", 6, "2022-05-03"),
        ("甲县", 7, "2022-05-05"),
        ("乙局", 8, "2022-05-03"),
        ("乙局", 9, "2022-05-01"),
    ]


def test_an_endorsement_waits_for_the_first_adoption() -> None:
    """Endorsed in March, adopted in May: it counts from May; before that is known, for nothing."""
    sent = line("SubmissionReceived", "2022-03-01", item="1", unit="甲县", **BRIEF)
    praised = line("ItemEndorsed", "2022-03-10", item="1", level="state", leader="某")
    taken = line("ItemAdopted", "2022-05-01", item="1", level="city")
    register = (sent, praised, taken)
    seen = rows(*register, indicator="endorsement")
    assert seen == [["10", "2022-05-01", None, "endorsed"]]
    before = rows(*register, indicator="endorsement", known_at=6)
    assert before == [["0", "2022-03-10", None, "endorsed_not_adopted"]]


def test_split_points_are_rounded_half_up_among_different_authors() -> None:
    """Five points among three are 1.67 each; an author of two parts is one author."""
    joint = line("SubmissionReceived", "2022-03-01", item="1", units=["甲县", "乙局"], **BRIEF)
    other = line("SubmissionReceived", "2022-03-01", item="2", units=["乙局", "丙局"], **BRIEF)
    merged = line("ItemsMerged", "2022-03-02", item="3", items=["1", "2"], **BRIEF)
    taken = line("ItemAdopted", "2022-03-03", item="3", level="province")
    split = line("RulingMade", "2022-12-01", parameter="joint.share", value="split")
    for unit in ("甲县", "乙局", "丙局"):
        seen = rows(joint, other, merged, taken, split, of=unit, indicator="brief_adoption")
        assert seen == [["1.67", "2022-03-03", None, "adopted"]]


def test_an_item_adopted_in_two_years_counts_in_each() -> None:
    """Earliest of the cycle: the adoption of 2023 is not hidden by that of 2022."""
    sent = line("SubmissionReceived", "2022-03-01", item="1", unit="甲县", **BRIEF)
    taken = [
        line("ItemAdopted", day, item="1", level="city") for day in ("2022-12-31", "2023-01-01")
    ]
    for year, day in (("2022", "2022-12-31"), ("2023", "2023-01-01")):
        seen = rows(NEXT, sent, *taken, indicator="brief_adoption", cycle=year)
        assert seen == [["2", day, None, "adopted"]]


def test_the_last_quota_in_the_log_that_covers_the_unit_decides() -> None:
    """Units decide before the category, and the category is that of the quota's first day."""
    period = {"kind": "brief", "from_": "2022-07-01", "to": "2022-12-31"}
    county = line("QuotaSet", "2022-06-01", required=5, category="county", **period)
    named = line("QuotaSet", "2022-06-01", required=1, category="county", units=["乙局"], **period)
    moved = line("UnitChanged", "2022-07-01", unit="丙局", category="county")
    expected = {"甲县": "-5", "乙局": "-1", "丙局": "-5"}
    for unit, points in expected.items():
        seen = rows(county, named, moved, of=unit, indicator="brief")
        assert seen == [[points, "2023-01-01", None, "quota_shortfall"]]
    later = {**moved, "on": "2022-07-02"}
    assert rows(county, named, later, of="丙局", indicator="brief") == []


def test_days_without_a_quota_are_named() -> None:
    """From the day submissions count to the year's end, stretch by stretch and kind by kind."""
    period = {"kind": "brief", "from_": "2022-08-01", "to": "2022-08-31"}
    quota = line("QuotaSet", "2022-06-01", required=0, **period)
    sheets = answer([CYCLE, *UNITS, quota], as_of=date(2022, 2, 1))
    assert sheets["甲县"]["notices"] == [
        ["quota_missing", "brief", "2022-07-01", "2022-07-31"],
        ["quota_missing", "brief", "2022-09-01", "2022-12-31"],
        ["quota_missing", "special", "2022-07-01", "2022-12-31"],
    ]


def test_surplus_follows_the_valid_time_not_the_log() -> None:
    """A day alone is 00:00, so it comes before an hour of the same day recorded earlier."""
    period = {"kind": "special", "from_": "2022-07-01", "to": "2022-07-31"}
    quota = line("QuotaSet", "2022-06-01", required=1, **period)
    nine = line("SubmissionReceived", "2022-07-05T09:00:00", item="1", unit="甲县", **SPECIAL)
    plain = line("SubmissionReceived", "2022-07-05", item="2", unit="甲县", **SPECIAL)
    late = line("SubmissionReceived", "2022-07-31T16:00:00Z", item="3", unit="甲县", **SPECIAL)
    sheets = answer([CYCLE, *UNITS, quota, nine, plain, late], as_of=date(2022, 12, 31))
    surplus = [row for row in sheets["甲县"]["events"] if row[0] == "surplus"]
    assert surplus == [["surplus", "2", "2022-07-05", None, "quota_surplus", [6]]]


@pytest.mark.parametrize(
    ("answered", "late"),
    [
        ("2022-05-12", False),
        ("2022-05-12T09:00:00Z", False),
        ("2022-05-12T09:01:00Z", True),
        ("2022-05-13", True),
    ],
)
def test_a_due_with_an_hour_is_met_by_the_day_or_by_the_minute(answered: str, late: bool) -> None:  # noqa: FBT001 - a case's outcome
    """Hours count where both have them; 09:00 in UTC is 17:00 here."""
    due = "2022-05-12T17:00:00+08:00"
    asked = line("CommissionIssued", "2022-05-01", commission="1", topic="某", due=due)
    no = line("CommissionDeclined", answered, commission="1", unit="甲县１")
    seen = rows(asked, no, indicator="commissioned")
    assert seen == ([["-2", "2022-05-12", None, "commission_overdue"]] if late else [])


def test_the_last_extension_in_the_log_is_in_force_for_those_it_names() -> None:
    """An extension for all, then one for a unit: each unit has its own due."""
    asked = line("CommissionIssued", "2022-05-01", commission="1", topic="某", due="2022-05-10")
    every = line("CommissionExtended", "2022-05-09", commission="1", due="2022-05-20")
    one = line("CommissionExtended", "2022-05-08", commission="1", due="2022-06-01", units=["乙局"])
    days = {
        u: rows(asked, every, one, of=u, indicator="commissioned")[0][1] for u in ("甲县", "乙局")
    }
    assert days == {"甲县": "2022-05-21", "乙局": "2022-06-02"}


def test_a_ruling_for_one_cycle_leaves_the_other_alone() -> None:
    """Ten days of notice in 2022, thirty in 2023."""
    days = {"parameter": "liaison.notice_days", "value": 30}
    ruled = line("RulingMade", "2022-12-01", cycle="2023", **days)
    changed = [
        line("StaffChanged", f"{year}-06-01", change=str(year), unit="甲县", role="staff")
        for year in (2022, 2023)
    ]
    starts = [
        rows(NEXT, ruled, *changed, indicator="liaison", cycle=year)[0][1]
        for year in ("2022", "2023")
    ]
    assert starts == ["2022-06-12", "2023-07-02"]


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    """Two departments and a county: 1, 1, 3 overall and 1, 2 among departments."""
    made = line("FindingMade", "2022-05-01", finding="1", kind="plagiarism", unit="乙局")
    sheets = answer([CYCLE, *UNITS, made], as_of=date(2022, 6, 1))
    ranks = {unit: (s["rank"], s["rank_in_category"]) for unit, s in sheets.items()}
    assert ranks == {"甲县": (1, 1), "丙局": (1, 1), "乙局": (3, 2)}


def test_a_group_never_loses_more_than_its_weight() -> None:
    """Eight notices without an instruction cost 16 of the group's 16, whatever else is missing."""
    documents = [
        line("DocumentIssued", "2022-02-01", document=str(n), title="某", kind="notice")
        for n in range(8)
    ]
    sheet = answer([CYCLE, *UNITS, *documents], as_of=date(2023, 2, 1))["甲县"]
    assert sheet["effective"] == {"instruction": "-16", "deployment": "-3", "duties": "-5"}
    assert (sheet["base"], sheet["bonus"], sheet["total"]) == ("64", "0", "64")


def test_a_day_before_every_cycle_has_no_answer() -> None:
    """The cycle is the one with the greatest start not after the day; there may be none."""
    with pytest.raises(NoCycleError):
        answer([CYCLE, *UNITS], as_of=date(2021, 12, 31))
