"""One subject's facts judged step by step: which lines it has at each moment of knowledge.

Nothing here reads or writes a database. A subject is a topic; its family says which rules look
at it. The lines of a subject are judged anew at each position that may have changed them, and
only the difference is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from domain.events.base import Event
from domain.lines import Case, Draft, Line
from domain.rules.registry import NEEDS
from domain.setting import Unit
from domain.standing import Fact, Standing
from projections.drafts import Drafts
from projections.grouping import Row, Subject, groups
from projections.history import Place, SettingHistory, State


class Change(NamedTuple):
    """A line that began to be known at ``position``, or one that ceased to be."""

    position: int
    line: Line
    begins: bool


def judge(
    subject: Subject,
    rows: Sequence[Row],
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
    needs = NEEDS.get(subject.family, frozenset())
    if needs and not held and not any(type(event) in needs for _, event in rows):
        return
    for group, units in groups(subject, rows, history.units, held):
        start = since
        if needs and not held:
            # Before what its rules need there is no line, and so nothing to be judged.
            first = next((at for at, event in group if type(event) in needs), None)
            if first is None:
                continue
            start = max(since, first - 1)
        sheets = {unit: Drafts(unit, held.get(unit, set())) for unit in units}
        yield from _steps(subject, group, history, start, sheets)


def _steps(
    subject: Subject,
    rows: Sequence[Row],
    history: SettingHistory,
    since: int,
    sheets: Mapping[str, Drafts],
) -> Iterator[Change]:
    standing, taken = Standing(), 0
    kinds: set[type[Event] | None] = {None}
    memo: dict[Any, Any] = {}
    for position, state in _moments(subject, rows, sheets, history, since):
        while taken < len(rows) and rows[taken][0] <= position:
            standing.record(*rows[taken])
            kinds.add(type(rows[taken][1]))
            taken += 1
            memo = {}
        facts = standing.facts()
        for unit, sheet in sheets.items():
            scored = state.setting.units.get(unit)
            drafts: dict[Place, list[Draft]] = {}
            if scored:
                drafts = _drafts(subject.number, scored, state, facts, kinds, memo, sheet)
            for line, begins in sheet.change_to(drafts, scored):
                yield Change(position, line, begins)


def _moments(
    subject: Subject,
    rows: Sequence[Row],
    units: Iterable[str],
    history: SettingHistory,
    since: int,
) -> list[tuple[int, State]]:
    """Return the positions after ``since`` at which the lines may change, each with the setting.

    The setting is the one that the last change brought about that bears on this subject: what
    rules keep of it then lasts until the next.
    """
    tags = [f"unit/{unit}" for unit in units]
    bearing = [row for row in rows if row[0] > since]
    if subject.family == "quota":
        tags.append(f"quota/{subject.number}")
        bearing = [row for row in bearing if history.may_count(subject.number, row[1])]
    course = history.course(subject.family, *tags)
    wanted = [position for position, _ in bearing]
    first = 0 if subject.unit else (rows[0][0] if rows else since)
    changes = course.after(max(first, since))
    if changes:
        wanted = sorted({*wanted, *changes})
    return [(position, course.at(position)) for position in wanted]


def _drafts(  # noqa: PLR0913, PLR0917  all that a case is made of
    number: str,
    unit: Unit,
    state: State,
    facts: Sequence[Fact],
    kinds: Collection[type[Event] | None],
    memo: dict[Any, Any],
    sheet: Drafts,
) -> dict[Place, list[Draft]]:
    """Return what the rules give ``unit`` at one moment of knowledge, in a fixed order.

    ``kinds`` are those of the events that were recorded, and ``None``: most rules need one.
    """
    found: dict[Place, list[Draft]] = {}
    setting = state.setting
    for cycle, rulebook, readings, rules in state.grounds:
        growing = sheet.growing(setting, cycle.name)
        case = Case(unit, number, cycle, rulebook, readings, setting, facts, memo, growing)
        for place, indicator, rule, needs in rules:
            if needs in kinds and (drafts := list(rule(case, indicator))):
                found[place] = drafts
    return found
