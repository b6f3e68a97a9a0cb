"""One subject's facts judged step by step: which lines it has at each moment of knowledge.

Nothing here reads or writes a database. A subject is a topic; its family says which rules look
at it. The lines of a subject are judged anew at each position that may have changed them, and
only the difference is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.lines import Case, Draft, Line
from domain.rules.registry import NEEDS
from domain.setting import Setting, Unit
from domain.standing import Fact, Standing
from projections.drafts import Drafts, Place
from projections.grouping import Row, Subject, groups
from projections.history import SettingHistory


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
    for position, setting in _moments(subject, rows, sheets, history, since):
        while taken < len(rows) and rows[taken][0] <= position:
            standing.record(*rows[taken])
            taken += 1
        facts = standing.facts()
        for unit, sheet in sheets.items():
            scored = setting.units.get(unit)
            drafts = _drafts(subject, scored, setting, history, facts, sheet) if scored else {}
            for line, begins in sheet.change_to(drafts, scored):
                yield Change(position, line, begins)


def _moments(
    subject: Subject,
    rows: Sequence[Row],
    units: Iterable[str],
    history: SettingHistory,
    since: int,
) -> Iterator[tuple[int, Setting]]:
    """Return the positions after ``since`` at which the lines may change, each with the setting.

    The setting is the one that the last change brought about that bears on this subject: what
    rules keep of it then lasts until the next.
    """
    own = [position for position, _ in rows]
    tags = [f"family/{subject.family}", *(f"unit/{unit}" for unit in units)]
    if subject.family == "quota":
        tags.append(f"quota/{subject.number}")
    bearing = sorted(history.relevant(*tags))
    first = 0 if subject.unit else (own[0] if own else since)
    wanted = {*own, *(at for at in bearing if at > first)}
    for position in sorted(at for at in wanted if at > since):
        before = bisect_right(bearing, position)
        yield position, history.at(bearing[before - 1] if before else 0)


def _drafts(  # noqa: PLR0913, PLR0917  all that a case is made of
    subject: Subject,
    unit: Unit,
    setting: Setting,
    history: SettingHistory,
    facts: Sequence[Fact],
    sheet: Drafts,
) -> dict[Place, list[Draft]]:
    """Return what the rules give ``unit`` at one moment of knowledge, in a fixed order."""
    found: dict[Place, list[Draft]] = {}
    for cycle, rulebook, readings, rules in history.grounds(setting, subject.family):
        growing = sheet.growing(setting, cycle.name)
        case = Case(unit, subject.number, cycle, rulebook, readings, setting, facts, {}, growing)
        for indicator, rule in rules:
            if drafts := list(rule.judge(case, indicator)):
                found[cycle.name, indicator.id] = drafts
    return found
