"""A lifelike register of any size, the same for the same seed.

A year of units with documents and instructions, meetings, rosters, commissions with answers,
declines and extensions, submissions, adoptions, endorsements, findings, secondments, three rulings,
and one line of a hundred that corrects or retracts another. More events make the year busier; the
mix stays.
"""

from __future__ import annotations

from typing import Any, Final

from benchmarks.happenings import (
    commission,
    document,
    duties,
    open_year,
    ruling,
    secondment,
    submission,
)
from benchmarks.year import Entry, Year

UNITS: Final = 41
SEED: Final = 2022
_AMENDED: Final = 0.01
_RETRACTABLE: Final = frozenset({"ItemAdopted", "LeaderInstructed", "DeploymentStudied"})
_KINDS: Final = ("brief", "brief", "brief", "brief", "special")
_RULINGS: Final = (
    ("adoption.repeat", "each"),
    ("liaison.notice_days", "15"),
    ("indicators.special_adoption.points.state", "5"),
)


def register(*, units: int = UNITS, events: int, seed: int = SEED) -> list[dict[str, Any]]:
    """Return exactly ``events`` lines, in the order in which they were written down.

    Raises ``ValueError`` when so few events are too few for so many units.
    """
    year = Year(units, seed)
    open_year(year)
    duties(year)
    wanted = events - int(events * _AMENDED)
    for parameter, value in _RULINGS:
        ruling(year, parameter, value)
    for _ in range(max(3, min(24, events // units // 20))):
        document(year)
    for unit in year.units:
        if year.chance(0.2):
            secondment(year, unit)
    asked = events // 5 + len(year)
    while len(year) < min(asked, wanted):
        commission(year)
    while len(year) < wanted:
        authors = year.some_units(2) if year.chance(0.1) else year.some_units(1)
        submission(year, authors, year.dice.choice(_KINDS), year.day())
    if len(year) > events:
        raise ValueError(f"{events} events are too few for {units} units")
    _amend(year, events)
    return year.in_order()


def _amend(year: Year, events: int) -> None:
    """Correct or retract lines until there are ``events`` of them, none of them twice."""
    changeable = [entry for entry in year.entries if _correction(entry) or _retractable(entry)]
    for target in year.dice.sample(changeable, events - len(year)):
        on = year.later(target.recorded, 30, 1)
        fields = {"target": target.line["ref"], "reason": "登记有误"}
        if _retractable(target):
            year.add("EventRetracted", on, after=target, **fields)
        else:
            changes = _correction(target)
            year.add("EventCorrected", on, after=target, changes=changes, **fields)


def _retractable(entry: Entry) -> bool:
    return entry.line["type"] in _RETRACTABLE


def _correction(entry: Entry) -> dict[str, Any]:
    if entry.line["type"] == "SubmissionReceived":
        return {"title": f"{entry.line['title']}（更正）", "characters": 2000}
    return {"leader": "副市长"} if entry.line["type"] == "ItemEndorsed" else {}
