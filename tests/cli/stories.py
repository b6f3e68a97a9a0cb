"""A small register with everything that an explanation has to tell, line by line."""

from __future__ import annotations

from typing import Any

COUNTY, OFFICE = "应县", "市财政局"

OPENED: dict[str, Any] = {
    "type": "CycleOpened",
    "on": "2022-01-01",
    "cycle": "2022",
    "rulebook": "shuozhou-2022",
    "starts": "2022-01-01",
    "ends": "2022-12-31",
    "evidence_due": "2023-01-15",
    "duty_due": "2022-03-31",
    "two_person": False,
}


def enrolled(unit: str, category: str) -> dict[str, Any]:
    """A unit that is scored."""
    return {"type": "UnitEnrolled", "on": "2022-01-01", "unit": unit, "category": category}


def finding(number: str, on: str, kind: str = "named_criticism") -> dict[str, Any]:
    """Something that the office found wrong with the county's work."""
    return {"type": "FindingMade", "on": on, "finding": number, "unit": COUNTY, "kind": kind}


BEGINNING = [OPENED, enrolled(COUNTY, "county"), enrolled(OFFICE, "department")]

STORY: list[dict[str, Any]] = [
    *BEGINNING,
    {
        "type": "SubmissionReceived",
        "on": "2022-02-01",
        "item": "Y1",
        "units": [COUNTY],
        "kind": "special",
        "title": "粮食 <安全> & 储备",
        "characters": 1800,
        "note": "电话补报",
    },
    {
        "type": "ItemAdopted",
        "on": "2022-03-05",
        "item": "Y1",
        "level": "city",
        "publication": "每日快报",
        "ref": "采用1",
    },
    {
        "type": "EventCorrected",
        "on": "2022-04-01",
        "target": "采用1",
        "changes": {"level": "province", "on": "2022-03-06"},
        "reason": "登记错层级",
    },
    {**finding("F1", "2022-05-01"), "ref": "点名1"},
    finding("F2", "2022-05-03"),
    {"type": "EventRetracted", "on": "2022-05-04", "target": "点名1", "reason": "查无此事"},
    {
        "type": "RulingMade",
        "on": "2022-06-01",
        "parameter": "indicators.accuracy.cap",
        "value": 3,
        "reason": "办公会定",
    },
    {
        "type": "CommissionIssued",
        "on": "2022-05-06",
        "commission": "C1",
        "topic": "秋粮",
        "due": "2022-05-20",
    },
]
"""Positions: 4 received, 5 adopted, 6 corrected, 7 and 8 found, 9 retracted, 10 ruled, 11 asked."""
