"""What is said of days gone by changes their scores: each of the six kinds does.

The counterpart of ``test_an_event_changes_no_score_before_its_day``: every event here is of a
later day than the score that it changes.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from domain.days import read_day
from tests.domain.telling import START, Told, said
from tests.properties.offices import desk
from tests.properties.test_two_times import REACHES_BACK


class Case(NamedTuple):
    """What is known first, the event that is said later, and a day before it."""

    known: tuple[Told, ...]
    later: Told
    asked: str
    before: str
    after: str


FINDING = said("FindingMade", "2022-05-01", finding="1", unit="应县", kind="plagiarism")
COMMISSION = said("CommissionIssued", "2022-05-01", commission="1", topic="春耕", due="2022-05-10")
ANSWER = said(
    "SubmissionReceived", "2022-05-15", item="1", unit="应县", kind="commissioned", title="春耕",
    commission="1",
)  # fmt: skip
BRIEF = said(
    "SubmissionReceived", "2022-08-01", item="1", unit="应县", kind="brief", title="信息"
)  # fmt: skip
SPAN = {"kind": "brief", "from_": "2022-07-01", "to": "2022-09-30"}
CHANGE = said("StaffChanged", "2022-05-01", change="1", unit="应县", role="staff")

# Three duties and the late report are 5 points off, from 1 April on.
CASES = {
    "EventCorrected": Case(
        (FINDING,),
        said("EventCorrected", "2022-09-01", target=5, changes={"unit": "开发区"}, reason="错"),
        "2022-06-01", "74", "75",
    ),
    "EventRetracted": Case(
        (FINDING,),
        said("EventRetracted", "2022-09-01", target=5, reason="不成立"),
        "2022-06-01", "74", "75",
    ),
    "RulingMade": Case(
        (CHANGE,),
        said("RulingMade", "2022-09-01", parameter="liaison.notice_days", value=90, reason="会议"),
        "2022-06-01", "73", "75",
    ),
    "QuotaSet": Case(
        (BRIEF,),
        said("QuotaSet", "2022-09-01", required=0, **SPAN),
        "2022-08-15", "75", "76",
    ),
    "CommissionExtended": Case(
        (COMMISSION, ANSWER),
        said("CommissionExtended", "2022-09-01", commission="1", due="2022-05-20"),
        "2022-06-01", "73", "75",
    ),
    "CommissionWithdrawn": Case(
        (COMMISSION, ANSWER),
        said("CommissionWithdrawn", "2022-09-01", commission="1", reason="另行安排"),
        "2022-06-01", "73", "75",
    ),
}  # fmt: skip


def test_each_kind_that_is_excepted_is_shown() -> None:
    """The cases are the very kinds that the property leaves out, no more and no less."""
    assert CASES.keys() == REACHES_BACK
    for kind, case in CASES.items():
        assert case.later["type"] == kind
        assert read_day(case.later["on"]) > read_day(case.asked)


@pytest.mark.parametrize("kind", CASES)
def test_it_reaches_back(kind: str) -> None:
    """The score of a day before its own is another, once it is known and not before."""
    case = CASES[kind]
    known = [{**START[0], "two_person": False}, *START[1:], *case.known]
    day = read_day(case.asked)
    with desk(known, [case.later]) as office:
        assert office.sheets(day)["应县"]["total"] == case.after
        assert office.sheets(day, len(known))["应县"]["total"] == case.before


def test_what_does_not_reach_back() -> None:
    """A finding recorded late counts from its own day: the day before keeps its score."""
    with desk(START, [FINDING]) as office:
        day = date(2022, 5, 1)
        assert office.sheets(day)["应县"]["total"] == "74"
        assert office.sheets(day - timedelta(1))["应县"]["total"] == "75"
        assert office.sheets(day, len(START))["应县"]["total"] == "75"
