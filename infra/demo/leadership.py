"""组织领导 in the made-up year: documents, instructions, meetings, rosters, staff changes."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.events.fields import Evidence
from domain.events.leadership import (
    DeploymentStudied,
    DocumentIssued,
    DutyRosterReported,
    LeaderInstructed,
    StaffChanged,
    StaffChangeNotified,
)
from infra.demo.tempers import SURNAMES, Temper
from infra.demo.workdays import END, FIRST, working
from infra.demo.year import Entry, Year, cited

_NOTICE: Final = "朔州市人民政府办公室关于进一步做好政务信息工作的通知"
_SCHEME: Final = "朔州市2022年度政务信息工作考核方案"
_DOCUMENTS: Final = (
    (51, _NOTICE, "notice", date(2022, 6, 22)),
    (96, _SCHEME, "scheme", date(2022, 12, 9)),
)
_CIRCULARS: Final = ((2, 28), (3, 31), (4, 29), (6, 8), (7, 11), (8, 31), (9, 30), (11, 8))
_EVIDENCE_DUE, _DUTY_DUE = date(2023, 1, 13), date(2022, 3, 31)
_MEETINGS: Final = (
    (("commissioned", "special", "brief"), 0.9),
    (("special", "brief"), 0.5),
    (("commissioned",), 0.5),
)
_ROLES: Final = ("leader", "agency", "staff", "staff")
_CHANGES: Final = 28
_AGENCIES: Final = ("办公室", "综合科", "政策研究室", "信息科")


def documents(year: Year) -> None:
    """Send out the notice, the scheme and eight circulars; heads of units write on most."""
    for letter, title, kind, on in _DOCUMENTS:
        document = cited("朔政办函", 2022, letter)
        issued = DocumentIssued(on=on, document=document, title=title, kind=kind)
        _instructions(year, year.write(issued, prompt=True), document, _EVIDENCE_DUE)
    for place, (month, day) in enumerate(_CIRCULARS, 1):
        on = date(2022, month, day)
        due = working(year.later(on, 20, 25))
        number = cited("政务信息通报", 2022, place)
        title = f"2022年以来政务信息采用情况通报（第{place}期）"
        issued = DocumentIssued(
            on=on, document=number, title=title, kind="circular", instruction_due=due
        )
        _instructions(year, year.write(issued, prompt=True), number, due)


def _instructions(year: Year, issued: Entry, document: str, due: date) -> None:
    for temper in year.tempers:
        spent = (due - issued.day).days
        if year.chance(0.35 + 0.65 * temper.diligence):
            on = year.later(issued.day, 1, min(spent, 25), last=due)
        elif year.chance(temper.diligence) and due < _EVIDENCE_DUE:
            on = year.later(due, 3, 40, last=END)
        else:
            continue
        instructed = LeaderInstructed(
            on=on,
            unit=temper.name,
            document=document,
            leader=f"{year.pick(SURNAMES)}某某",
            evidence=_proof(year, temper, document),
        )
        year.write(instructed, issued)


def _proof(year: Year, temper: Temper, document: str) -> tuple[Evidence, ...]:
    if not year.chance(0.2):
        return ()
    name = f"{temper.name}批示（{document}）.pdf"
    return (Evidence(name=name, sha256=f"{year.dice.getrandbits(256):064x}"),)


def meetings(year: Year) -> None:
    """Hold meetings about the three topics; the less diligent leave a topic out."""
    for temper in year.tempers:
        for topics, share in _MEETINGS:
            if year.chance(share * (0.3 + temper.diligence)):
                studied = DeploymentStudied(on=year.day(), unit=temper.name, topics_=topics)
                year.write(studied)
        if year.chance(0.15 * (1 - temper.diligence)):
            last = DeploymentStudied(
                on=date(2023, 1, 18), unit=temper.name, topics_=("commissioned", "brief")
            )
            year.write(last, prompt=True)


def rosters(year: Year) -> None:
    """Report who is in charge; some leave a part out and make up for it after the due."""
    for temper in year.tempers:
        whole = year.chance(0.45 + 0.55 * temper.diligence)
        prompt = year.chance(0.5 + 0.5 * temper.diligence)
        on = year.day(FIRST, _DUTY_DUE) if prompt else year.later(_DUTY_DUE, 3, 30)
        first = DutyRosterReported(
            on=on,
            unit=temper.name,
            leader=f"{year.pick(SURNAMES)}某某",
            agency=year.pick(_AGENCIES),
            staff=_people(year) if whole else (),
        )
        entry = year.write(first)
        if not whole and year.chance(0.5):
            added = DutyRosterReported(
                on=year.later(_DUTY_DUE, 10, 90), unit=temper.name, staff=_people(year)
            )
            year.write(added, entry)


def _people(year: Year) -> tuple[str, ...]:
    return tuple(f"{name}某" for name in year.dice.sample(SURNAMES, year.dice.randint(1, 2)))


def staff_changes(year: Year) -> None:
    """Let people move on; most units tell the office soon, some late, a few never."""
    days = sorted(year.day(date(2022, 2, 8)) for _ in range(_CHANGES))
    for on in days:
        temper = year.pick(year.tempers)
        change = year.number("变动")
        role = year.pick(_ROLES)
        names = _AGENCIES if role == "agency" else [f"{name}某" for name in SURNAMES]
        out, into = year.dice.sample(names, 2)
        changed = StaffChanged(
            on=on, change=change, unit=temper.name, role=role, out=out, into=into
        )
        entry = year.write(changed)
        if year.chance(0.3 + 0.65 * temper.diligence):
            told = year.later(on, 0, 9, last=END)
        elif year.chance(0.6):
            told = year.later(on, 12, 40, last=END)
        else:
            continue
        year.write(StaffChangeNotified(on=told, change=change), entry)
