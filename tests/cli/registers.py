"""Small registers that the tests of the command line import."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Line = dict[str, Any]

CYCLE: Line = {
    "type": "CycleOpened",
    "on": "2022-01-01",
    "cycle": "2022",
    "rulebook": "shuozhou-2022",
    "starts": "2022-01-01",
    "ends": "2022-12-31",
    "evidence_due": "2023-01-15",
    "two_person": False,
}
UNITS = {"应县": "county", "开发区": "zone", "市财政局": "department", "市教育局": "department"}
YEAR_END = "2022-12-31"


def enrolled(unit: str, category: str, **more: Any) -> Line:  # noqa: ANN401  any field value
    """Return the enrolment of a unit."""
    return {
        "type": "UnitEnrolled", "on": "2022-01-01", "unit": unit, "category": category, **more,
    }  # fmt: skip


OPENING: list[Line] = [
    CYCLE,
    enrolled("应县", "county", aliases=["应县人民政府"]),
    *(enrolled(unit, category) for unit, category in list(UNITS.items())[1:]),
]
"""The cycle and its units: five lines, after which every unit has 80 points at the year's end."""


def brief(item: str, **more: Any) -> Line:  # noqa: ANN401  any field value
    """Return a 简报 of 应县, unless ``more`` says otherwise."""
    return {
        "type": "SubmissionReceived", "on": "2022-08-01", "item": item, "unit": "应县",
        "kind": "brief", "title": f"简报{item}", **more,
    }  # fmt: skip


def adopted(item: str, **more: Any) -> Line:  # noqa: ANN401  any field value
    """Return the adoption of an item by the city, which gives 2 points for a 简报."""
    return {"type": "ItemAdopted", "on": "2022-08-05", "item": item, "level": "city", **more}


def studied(**more: Any) -> Line:  # noqa: ANN401  any field value
    """Return a meeting of 应县, an event that makes no number and so may happen twice."""
    return {
        "type": "DeploymentStudied", "on": "2022-03-01", "unit": "应县", "topics": ["brief"],
        **more,
    }  # fmt: skip


def issued(commission: str, **more: Any) -> Line:  # noqa: ANN401  any field value
    """Return a commission to 应县, due on 10 May; left unanswered it costs 2 points."""
    return {
        "type": "CommissionIssued", "on": "2022-05-01", "commission": commission,
        "topic": f"约稿{commission}", "due": "2022-05-10", "units": ["应县"], **more,
    }  # fmt: skip


def retracted(target: int | str, **more: Any) -> Line:  # noqa: ANN401  any field value
    """Return the retraction of an event."""
    return {
        "type": "EventRetracted", "on": "2022-09-01", "target": target, "reason": "登记有误",
        **more,
    }  # fmt: skip


def corrected(target: int | str, **changes: Any) -> Line:  # noqa: ANN401  any field value
    """Return a correction of an event."""
    return {
        "type": "EventCorrected", "on": "2022-09-01", "target": target, "changes": changes,
        "reason": "登记有误",
    }  # fmt: skip


def of_length(count: int, prefix: str = "件", *, opening: bool = True) -> list[Line]:
    """Return a register of ``count`` lines: the opening, then items, every second one adopted."""
    lines = list(OPENING) if opening else []
    number = 0
    while len(lines) < count:
        number += 1
        day = str(date(2022, 7, 1) + timedelta(days=number * 180 // count))
        unit = list(UNITS)[number % len(UNITS)]
        lines.append(brief(f"{prefix}{number}", on=day, unit=unit))
        if number % 2 == 0:
            lines.append(adopted(f"{prefix}{number}", on=day))
    return lines[:count]
