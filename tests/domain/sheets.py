"""The lines that rules give for a register, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.days import FOREVER
from domain.events.setting import SETTING
from domain.lines import show
from domain.rules.registry import RULES
from projections.grouping import UNIT_FAMILIES, Subject
from projections.history import SettingHistory
from projections.judging import judge
from tests.domain.telling import BOOKS, START, Told, decided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.events.base import Event
    from domain.lines import Line
    from domain.register import Register

BOOK = BOOKS["shuozhou-2022"]


class Row(NamedTuple):
    """A line as a sheet shows it; an open end is nothing."""

    points: str
    begins: str
    ends: str | None
    code: str


def rows(
    *lines: Told,
    on: str,
    of: str = "应县",
    cycle: str = "2022",
    known_at: int | None = None,
    after: tuple[Told, ...] = START,
) -> list[Row]:
    """Return what a unit has on an indicator when the ``lines`` are known, the earliest first.

    They come ``after`` a year and three units, so that the first of them is at position 5.
    """
    found = lines_on(*lines, on=on, of=of, cycle=cycle, known_at=known_at, after=after)
    return [
        Row(
            show(line.points),
            line.effective_from.isoformat(),
            None if line.effective_to == FOREVER else line.effective_to.isoformat(),
            line.code,
        )
        for line in found
    ]


def lines_on(
    *lines: Told,
    on: str,
    of: str = "应县",
    cycle: str = "2022",
    known_at: int | None = None,
    after: tuple[Told, ...] = START,
) -> list[Line]:
    """Return the whole lines, with the events that they rest on."""
    known = (*after, *lines)[:known_at]
    register, batch = decided(known)
    assert batch.faults == [], "；".join(map(str, batch.faults))
    history = SettingHistory(BOOKS)
    history.extend(_recorded(register, SETTING))
    family = RULES[BOOK.indicators[on].rule].family
    held: set[Line] = set()
    for topic in _topics(register, len(batch.events), family):
        recorded = _recorded(register, [topic])
        for change in judge(Subject.of(topic), recorded, history, since=0, known=()):
            (held.add if change.begins else held.remove)(change.line)
    mine = [line for line in held if (line.unit, line.indicator, line.cycle) == (of, on, cycle)]
    return sorted(mine, key=lambda line: (line.effective_from, line.events, line.text))


def _topics(register: Register, head: int, family: str) -> list[str]:
    """Return the topics of a family that hold an event, and those that every unit has."""
    named = {topic for at in range(1, head + 1) for topic in register.topics_of(at)}
    units = register.setting().units
    if family in UNIT_FAMILIES:
        named |= {f"{family}/{unit}" for unit in units}
    if family == "quota":
        kinds = {quota.kind for quota in register.setting().quotas}
        named |= {f"quota/{kind}/{unit}" for kind in kinds for unit in units}
    return sorted(topic for topic in named if topic.startswith(f"{family}/"))


def _recorded(register: Register, topics: Iterable[str]) -> list[tuple[int, Event]]:
    positions = sorted({at for topic in topics for at in register.positions(topic)})
    entries = ((at, register.entry(at)) for at in positions)
    return [(at, entry.recorded) for at, entry in entries if entry]
