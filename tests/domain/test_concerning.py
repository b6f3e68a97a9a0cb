"""Which events concern one unit: those alone give it the lines that the whole log gives it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

from sqlalchemy import select

from domain.concerning import positions_concerning
from domain.events.base import Event
from domain.events.codec import decode
from domain.events.setting import SETTING
from domain.lines import Line
from domain.register import Register, Unrecorded
from infra.rulebooks import installed_rulebooks
from projections.grouping import UNIT_FAMILIES, Subject
from projections.history import SettingHistory
from projections.judging import judge
from projections.tables import line
from tests.cli.registers import OPENING, adopted, brief, corrected, issued, retracted, studied
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk

Events = Sequence[tuple[int, Event]]
Known = Counter[tuple[str, int, Line, bool]]
"""How often a line of a subject began, or ceased, to be known at a position."""
Begun = Counter[tuple[Any, ...]]
"""How often a line of a unit and subject began to be known at a position."""

RULEBOOKS = installed_rulebooks(None)


def recorded(lines: Lines) -> tuple[Events, Begun]:
    """Record lines in a register; return its events, and where each of its score lines began."""
    with desk(lines) as lent:
        lent.office.caught_up()
        events = [(row.position, decode(row.type, row.data)) for row in lent.office.log.rows()]
        with lent.office.reading() as connection:
            begun = connection.execute(select(line.c.unit, line.c.subject, line.c.known_from))
            return events, Counter(tuple(row) for row in begun)


def replayed(events: Events) -> dict[str, Known]:
    """Replay events in memory; return what each unit's lines were, at every position.

    Every unit that was ever enrolled is there.
    """
    register, history = Register(Unrecorded()), SettingHistory(RULEBOOKS)
    topics: dict[str, set[int]] = defaultdict(set)
    for position, event in events:
        for topic, at in register.record(position, event):
            topics[topic].add(at)
    setting = {at for topic in SETTING for at in topics.pop(topic, ())}
    history.extend([(at, event) for at, event in events if at in setting])
    for unit in history.units:
        kinds = [f"quota/{kind}" for kind in history.quota_kinds]
        for family in (*UNIT_FAMILIES, *kinds):
            topics.setdefault(f"{family}/{unit}", set())
    by_position = dict(events)
    found: dict[str, Known] = {unit: Counter() for unit in history.units}
    for topic, held in topics.items():
        rows = [(at, by_position[at]) for at in sorted(held)]
        for change in judge(Subject.of(topic), rows, history, since=0, known=()):
            found[change.line.unit][topic, *change] += 1
    return found


@tried_on(few=25, many=150)
def test_what_concerns_a_unit_gives_it_the_same_lines(lines: Lines, chance: Random) -> None:
    """For every unit of any register, with both times of each line."""
    del chance
    events, begun = recorded(lines)
    whole = replayed(events)
    assert begun == Counter(
        (unit, topic, at)
        for unit, known in whole.items()
        for (topic, at, _, begins), count in known.items()
        for _ in range(count * begins)
    )
    for unit, known in whole.items():
        positions = set(positions_concerning(unit, events))
        part = [(at, event) for at, event in events if at in positions]
        assert replayed(part)[unit] == known, unit


@tried_on(few=5, many=60)
def test_what_concerned_a_unit_concerns_it_still(lines: Lines, chance: Random) -> None:
    """When the log has grown, the positions of before are among those of now, each once."""
    events, _ = recorded(lines)
    size = chance.randint(1, len(events))
    for unit in replayed(events[:size]):
        early = positions_concerning(unit, events[:size])
        assert early == sorted(set(early))
        assert set(early) <= set(positions_concerning(unit, events))


def test_what_is_anothers_alone_is_left_out() -> None:
    """By hand: a unit's own items, what all share, and nothing of the neighbour's."""
    to_all = {name: held for name, held in issued("约3").items() if name != "units"}
    rows = [
        brief("甲"), adopted("甲"), brief("乙", unit="开发区"), adopted("乙"), issued("约1"),
        issued("约2", units=["开发区"]), to_all, studied(), retracted(7),
        corrected(13, unit="市财政局"),
    ]  # fmt: skip
    events, _ = recorded([*OPENING, *rows])
    shared = {1, 2, 3, 4, 5, 12}
    assert set(positions_concerning("应县", events)) == shared | {6, 7, 10, 13, 14, 15}
    assert set(positions_concerning("开发区", events)) == shared | {8, 9, 11}
    assert set(positions_concerning("市财政局", events)) == shared | {13, 15}
    assert set(positions_concerning("市教育局", events)) == shared


def test_a_correction_of_a_correction_concerns_whom_its_root_concerns() -> None:
    """By hand: an extension said to be another unit's, and that taken back, concern both units."""
    to_all = {name: held for name, held in issued("约1").items() if name != "units"}
    extended = {"type": "CommissionExtended", "on": "2022-05-09", "due": "2022-05-20"}
    rows = [
        to_all, {**extended, "commission": "约1", "units": ["应县"]},
        corrected(7, units=["开发区"]), retracted(8),
        issued("约2", units=["开发区"]), {**extended, "commission": "约2"},
    ]  # fmt: skip
    events, _ = recorded([*OPENING, *rows])
    shared = {1, 2, 3, 4, 5, 6}
    assert set(positions_concerning("应县", events)) == shared | {7, 8, 9}
    assert set(positions_concerning("开发区", events)) == shared | {7, 8, 9, 10, 11}
    assert set(positions_concerning("市教育局", events)) == shared
