"""What happens in a made-up year: one function for each subject, each writing a few lines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from benchmarks.year import ENDS, STARTS, Entry, Year, mailbox, proof

Fields = dict[str, Any]
"""Fields of a register line."""

_MANY_UNITS: Final = 41
_FINDINGS: Final = ("plagiarism", "outline_only", "non_cooperation", "misaddressed")


def open_year(year: Year) -> None:
    """Open the cycle, enrol the units, set the quotas of two quarters."""
    opened = year.add(
        "CycleOpened",
        STARTS,
        cycle="2022",
        rulebook="shuozhou-2022",
        starts="2022-01-01",
        ends="2022-12-31",
        evidence_due="2023-01-15",
        duty_due="2022-03-31",
    )
    for place, unit in enumerate(year.units):
        category = "county" if place % 7 == 0 else "department"
        year.add("UnitEnrolled", STARTS, after=opened, unit=unit, category=category)
    for first, last in (("2022-07-01", "2022-09-30"), ("2022-10-01", "2022-12-31")):
        span = {"from": first, "to": last}
        for kind, required in (("special", 3), ("brief", 10)):
            year.add("QuotaSet", STARTS, after=opened, kind=kind, required=required, **span)
    year.entries[:] = [entry._replace(recorded=STARTS) for entry in year.entries]


def document(year: Year) -> None:
    """Send out a document; most heads of units write an instruction on it."""
    number, kind = year.number("文"), year.dice.choice(["notice", "circular", "circular"])
    issued = year.add("DocumentIssued", year.day(), document=number, title="通报", kind=kind)
    for unit in year.units:
        if year.chance(0.9):
            fields: Fields = {"unit": unit, "document": number, "leader": "张主任"}
            if year.chance(0.3):
                fields["evidence"] = proof(year, number)
            year.add("LeaderInstructed", year.later(_day(issued), 60), after=issued, **fields)


def duties(year: Year) -> None:
    """Let units report their rosters, hold meetings, and change their staff."""
    for unit in year.units:
        if year.chance(0.95):
            parts: Fields = {"leader": "赵局长", "agency": "办公室", "staff": ["王干事", "李干事"]}
            on = year.day(last=date(2022, 4, 10))
            year.add("DutyRosterReported", on, unit=unit, **parts)
        for topics in (["commissioned", "special"], ["brief"]):
            if year.chance(0.9):
                year.add("DeploymentStudied", year.day(), unit=unit, topics=topics)
        if year.chance(0.5):
            _staff_change(year, unit)


def _staff_change(year: Year, unit: str) -> None:
    number = year.number("变")
    changed = year.add("StaffChanged", year.day(), change=number, unit=unit, role="staff")
    if year.chance(0.9):
        on = year.later(_day(changed), 20)
        year.add("StaffChangeNotified", on, after=changed, change=number)


def commission(year: Year) -> None:
    """Ask some units for a report; most answer, a few decline, are late, or get more time."""
    number = year.number("约")
    everyone = len(year.units) <= _MANY_UNITS and year.chance(0.1)
    asked = year.units if everyone else year.some_units(20)
    on = year.day(last=ENDS - timedelta(days=20))
    due = (on + timedelta(days=10)).isoformat()
    fields: Fields = {} if everyone else {"units": asked}
    if year.chance(0.5):
        due += "T17:00:00+08:00"
    issued = year.add(
        "CommissionIssued", on, commission=number, topic="经济运行情况", due=due, **fields
    )
    if year.chance(0.15):
        later = (on + timedelta(days=15)).isoformat()
        fields = {"commission": number, "due": later, "units": asked[:3]}
        year.add("CommissionExtended", on + timedelta(days=8), after=issued, **fields)
    for unit in asked:
        _answer(year, issued, number, unit)


def _answer(year: Year, issued: Entry, number: str, unit: str) -> None:
    on = year.later(_day(issued), 12, 2)
    if year.chance(0.08):
        year.add("CommissionDeclined", on, after=issued, commission=number, unit=unit)
    elif year.chance(0.92):
        submission(year, [unit], "commissioned", on, after=issued, commission=number)


def submission(
    year: Year,
    units: list[str],
    kind: str,
    on: date,
    *,
    after: Entry | None = None,
    **fields: Any,  # noqa: ANN401  any field of a register line
) -> None:
    """Receive an item and what becomes of it: adoptions, endorsements, a finding."""
    number = year.number("信")
    fields |= {"characters": year.dice.randint(1200, 4000)}
    if year.chance(0.03):
        fields |= {"labelled": False}
    title = f"关于{units[0]}第{len(year)}项工作进展情况的报告"
    fields |= {"item": number, "units": units, "kind": kind, "title": title}
    received = year.add("SubmissionReceived", on, after=after, mailbox=mailbox(year), **fields)
    used = _used(year, received, number)
    if not used and year.chance(0.01):
        parts = {"item": year.number("合"), "items": [number], "kind": kind, "title": "综合情况"}
        year.add("ItemsMerged", year.later(on, 5), after=received, **parts)
    if year.chance(0.02):
        found = {"finding": year.number("问"), "unit": units[0], "item": number}
        kind = year.dice.choice(_FINDINGS)
        year.add("FindingMade", year.later(on, 10), after=received, kind=kind, **found)


def _used(year: Year, received: Entry, number: str) -> bool:
    used = False
    for level, share in (("city", 0.25), ("province", 0.08), ("state", 0.01)):
        if year.chance(share):
            used, on = True, year.later(_day(received), 30)
            paper = f"朔州政务信息第{on.toordinal() % 300}期"
            year.add("ItemAdopted", on, after=received, item=number, level=level, publication=paper)
            if year.chance(0.15):
                fields = {"item": number, "level": level, "leader": "市长"}
                year.add("ItemEndorsed", year.later(on, 20), after=received, **fields)
    return used


def secondment(year: Year, unit: str) -> None:
    """Send somebody to the city's or the province's office, for long enough or not."""
    number, host = year.number("跟"), year.dice.choice(["city", "province"])
    fields: Fields = {"secondment": number, "unit": unit, "person": "刘干事", "host": host}
    started = year.add("SecondmentStarted", year.day(last=date(2022, 8, 1)), **fields)
    on = year.later(_day(started), 150, 60)
    year.add("SecondmentEnded", on, after=started, secondment=number)


def ruling(year: Year, parameter: str, value: str) -> None:
    """Decide how a doubtful clause is read."""
    fields: Fields = {"parameter": parameter, "value": value, "reason": "办公室会议研究决定"}
    year.add("RulingMade", year.day(date(2022, 6, 1)), **fields)


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry.line["on"])
