"""One subject's facts judged step by step: which lines it has at each moment of knowledge.

Nothing here reads or writes a database. A subject is a topic; its family says which rules look
at it. The lines of a subject are judged anew at each position that may have changed them, and
only the difference is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from domain.events.base import Event
from domain.events.commissions import CommissionIssued
from domain.events.corrections import Amendment, EventCorrected
from domain.events.naming import units_named
from domain.lines import Case, Line
from domain.setting import Setting, Unit
from domain.standing import Fact, Standing
from projections.drafts import Drafts, Placed
from projections.history import SettingHistory

UNIT_FAMILIES = ("deployment", "duties")
"""Families whose topics are one for each unit, whether or not anything was recorded."""

ALL_UNITS_FAMILIES = ("document", "commission")
"""Families whose topics bear on every unit, each judged by its own facts."""


class Change(NamedTuple):
    """A line that began to be known at ``position``, or one that ceased to be."""

    position: int
    line: Line
    begins: bool


class Subject(NamedTuple):
    """A topic taken apart: its family, and the number or kind that its rules look for."""

    topic: str
    family: str
    number: str
    unit: str | None

    @classmethod
    def of(cls, topic: str) -> Subject:
        """Return the subject that ``topic`` names."""
        family, _, rest = topic.partition("/")
        if family == "quota":
            kind, _, unit = rest.partition("/")
            return cls(topic, family, kind, unit)
        return cls(topic, family, rest, rest if family in UNIT_FAMILIES else None)


def judge(
    subject: Subject,
    rows: Sequence[tuple[int, Event]],
    history: SettingHistory,
    *,
    since: int,
    known: Iterable[Line],
) -> Iterator[Change]:
    """Return what changed in the lines of ``subject`` after position ``since``.

    ``rows`` are all its events by position, ``known`` its lines as they stood at ``since``.
    """
    held: dict[str, set[Line]] = {}
    for line in known:
        held.setdefault(line.unit, set()).add(line)
    for group, units in _groups(subject, rows, history, held):
        lines = {unit: held.get(unit, set()) for unit in units}
        yield from _steps(subject, group, units, history, since, lines)


def _steps(  # noqa: PLR0913, PLR0917  the walk needs all of it
    subject: Subject,
    rows: Sequence[tuple[int, Event]],
    units: Sequence[str],
    history: SettingHistory,
    since: int,
    lines: Mapping[str, set[Line]],
) -> Iterator[Change]:
    standing, taken = Standing(), 0
    sheets = {unit: Drafts(lines[unit]) for unit in units}
    for position in _positions(subject, rows, units, history, since):
        while taken < len(rows) and rows[taken][0] <= position:
            standing.record(*rows[taken])
            taken += 1
        facts = standing.facts()
        setting = history.at(position)
        for unit in units:
            held = sheets[unit]
            growing = held.growing(facts, setting)
            drafts = list(
                _drafts(subject, setting.units.get(unit), setting, history, facts, growing)
            )
            for line, begins in held.change_to(drafts, unit):
                yield Change(position, line, begins)


def _positions(
    subject: Subject,
    rows: Sequence[tuple[int, Event]],
    units: Sequence[str],
    history: SettingHistory,
    since: int,
) -> list[int]:
    """Return the positions after ``since`` at which the lines may change."""
    own = [position for position, _ in rows]
    tags = [f"family/{subject.family}", *(f"unit/{unit}" for unit in units)]
    if subject.family == "quota":
        tags.append(f"quota/{subject.number}")
    first = 0 if subject.unit else (own[0] if own else since)
    setting = (at for at in history.relevant(*tags) if at > first)
    return sorted({at for at in (*own, *setting) if at > since})


def _drafts(  # noqa: PLR0913, PLR0917  all that a case is made of
    subject: Subject,
    unit: Unit | None,
    setting: Setting,
    history: SettingHistory,
    facts: Sequence[Fact],
    growing: dict[str, dict[str, Any]],
) -> Iterator[Placed]:
    """Return what the rules give ``unit`` at one moment of knowledge, in a fixed order."""
    if unit is None:
        return
    number = subject.number
    for cycle in setting.cycles.values():
        rulebook, readings = history.readings(setting, cycle)
        memo: dict[Any, Any] = {}
        kept = growing.setdefault(cycle.name, {})
        case = Case(unit, number, cycle, rulebook, readings, setting, facts, memo, kept)
        for indicator, rule in history.rules(rulebook, subject.family):
            for draft in rule.judge(case, indicator):
                begins = draft.effective_from
                if begins < draft.effective_to and unit.begins_on(begins):
                    yield cycle.name, indicator.id, draft


def _groups(
    subject: Subject,
    rows: Sequence[tuple[int, Event]],
    history: SettingHistory,
    held: Mapping[str, object],
) -> Iterator[tuple[Sequence[tuple[int, Event]], Sequence[str]]]:
    """Return the rows that bear on each unit, with the units they bear on."""
    if subject.unit is not None:
        yield rows, [subject.unit]
        return
    named = sorted({unit for _, event in rows for unit in units_named(event)} | set(held))
    if subject.family not in ALL_UNITS_FAMILIES:
        yield rows, named
        return
    shared, own = _split(rows)
    asked_all = subject.family == "document" or any(
        isinstance(event, CommissionIssued | EventCorrected) and not units_named(event)
        for _, event in rows
    )
    for unit in history.units if asked_all else named:
        mine = own.get(unit)
        yield (sorted(shared + mine) if mine else shared), [unit]


def _split(
    rows: Sequence[tuple[int, Event]],
) -> tuple[list[tuple[int, Event]], dict[str, list[tuple[int, Event]]]]:
    """Return the rows that all units share, and those of single units.

    What a correction or retraction is about is shared: it may concern another unit afterwards.
    """
    amended = {event.target for _, event in rows if isinstance(event, Amendment)}
    shared: list[tuple[int, Event]] = []
    own: dict[str, list[tuple[int, Event]]] = {}
    for row in rows:
        position, event = row
        units = () if position in amended else units_named(event)
        if not units or isinstance(event, Amendment):
            shared.append(row)
        for unit in units if not isinstance(event, Amendment) else ():
            own.setdefault(unit, []).append(row)
    return shared, own
