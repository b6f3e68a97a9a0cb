"""在岗人员: who was in charge at a unit on a day, since when, and whether the office was told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from domain.days import day_of, start_of
from domain.events.leadership import DutyRosterReported, StaffChanged
from domain.listing import Cell, Column, Row
from domain.names import fold
from domain.rules.liaison import first_notice, notice_due
from domain.setting import Unit
from domain.standing import Fact
from projections.known import Known
from projections.registers.roll import Roll

HOW = {"roster": "职责名单", "change": "人员变动", "none": "未报送"}
NOTICES = {
    "in_time": "按时告知",
    "late": "逾期告知",
    "awaited": "未到期，尚未告知",
    "never": "逾期未告知",
}
MANY = "staff"
"""The role that several people may have at once."""


class Post(NamedTuple):
    """Who has a role, and the fact that says so; nobody where somebody left it empty."""

    person: str | None
    fact: Fact


Posts = dict[str, list[Post]]
"""For each role, those who have it; a role that nothing was ever said of is not there."""


def posts_of(known: Known) -> dict[str, Posts]:
    """Return who has which role at each unit: rosters and changes, one after the other.

    A roster names everybody who has a role from its day on; who had it before keeps the day.
    A change of the leader or agency puts the new one in place of whoever there was; one of the
    staff takes ``out`` away and adds ``into``.
    """
    facts = [fact for fact, _ in known.of(DutyRosterReported)]
    facts += [fact for fact, _ in known.of(StaffChanged)]
    found: dict[str, Posts] = {}
    for fact in sorted(facts, key=lambda fact: (start_of(fact.event.on), fact.position)):
        event = fact.event
        if isinstance(event, DutyRosterReported):
            _report(found.setdefault(event.unit, {}), event, fact)
        elif isinstance(event, StaffChanged):
            _change(found.setdefault(event.unit, {}), event, fact)
    return found


def _report(posts: Posts, roster: DutyRosterReported, fact: Fact) -> None:
    named: dict[str, Sequence[str]] = {
        "leader": [roster.leader] if roster.leader else [],
        "agency": [roster.agency] if roster.agency else [],
        MANY: roster.staff,
    }
    for role, people in named.items():
        if people:
            before = {fold(post.person): post for post in posts.get(role, ()) if post.person}
            posts[role] = [before.get(fold(name), Post(name, fact)) for name in people]


def _change(posts: Posts, change: StaffChanged, fact: Fact) -> None:
    stay: list[Post] = []
    if change.role == MANY:
        gone = {fold(name) for name in (change.out, change.into) if name}
        held = (post for post in posts.get(MANY, ()) if post.person)
        stay = [post for post in held if fold(post.person or "") not in gone]
    come = [Post(change.into, fact)] if change.into or not stay else []
    posts[change.role] = [*stay, *come]


def _columns(known: Known) -> list[Column]:
    return [
        Column("unit", "单位", 20),
        Column("role", "岗位", 10, known.words("roles")),
        Column("person", "在岗", 16),
        Column("on", "何时起", 12),
        Column("how", "由来", 10, HOW),
        Column("change", "变动编号", 14),
        Column("out", "原任", 16),
        Column("notified_on", "告知日期", 12),
        Column("notice", "是否按时告知", 16, NOTICES),
    ]


def _rows(known: Known) -> Iterator[Row]:
    held = posts_of(known)
    for unit in known.units:
        if not unit.begins_on(known.point.as_of):
            continue
        for role in known.words("roles"):
            posts = held.get(unit.id, {}).get(role, ())
            yield from (_row(known, unit, role, post) for post in posts)
            if not posts:
                yield _unreported(known, unit, role)


def _row(known: Known, unit: Unit, role: str, post: Post) -> Row:
    event = post.fact.event
    told: dict[str, Cell] = {"how": "roster"}
    events = post.fact.events
    if isinstance(event, StaffChanged):
        told, more = _notice(known, unit, event)
        events += more
    return Row(
        values={
            "unit": unit.name_on(known.point.as_of),
            "role": role,
            "person": post.person,
            "on": day_of(event.on),
            **told,
        },
        events=tuple(sorted(set(events))),
        about=post.fact.position,
        units=frozenset([unit.id]),
    )


def _notice(
    known: Known, unit: Unit, change: StaffChanged
) -> tuple[dict[str, Cell], tuple[int, ...]]:
    """Return the cells that a change adds, and the events that they rest on."""
    notice, first = notice_state(known, unit, change)
    told: dict[str, Cell] = {
        "how": "change",
        "change": change.change,
        "out": change.out,
        "notified_on": day_of(first.event.on) if first else None,
        "notice": notice,
    }
    return told, first.events if first else ()


def notice_state(known: Known, unit: Unit, change: StaffChanged) -> tuple[str | None, Fact | None]:
    """Return whether the office was told of ``change`` in time, and the first notice of it.

    Where the rulebook has no time for it, nothing is said of that.
    """
    case = known.case(unit, f"change/{change.change}", change.change)
    first = first_notice(case)
    if not known.reads("liaison.notice_days"):
        return None, first
    due = notice_due(case, change)
    if first:
        return ("in_time" if day_of(first.event.on) <= due else "late"), first
    return ("awaited" if known.point.as_of <= due else "never"), None


def _unreported(known: Known, unit: Unit, role: str) -> Row:
    """Return the row of a role that nothing was said of; the year asks for it."""
    cycle = known.point.cycle
    return Row(
        values={"unit": unit.name_on(known.point.as_of), "role": role, "how": "none"},
        events=cycle.events,
        about=cycle.events[0],
        units=frozenset([unit.id]),
    )


STAFF = Roll(
    "在岗人员",
    "那一天各单位的分管领导、承办机构、业务人员：谁在岗、何时起、变动是否按时告知；在岗为空的是空缺。",
    _columns,
    _rows,
)
