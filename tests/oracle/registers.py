"""Random registers for hypothesis: lists of register lines, each valid at its place.

    @given(st.data())
    def test_...(data):
        lines = data.draw(registers())
        as_of, known_at = data.draw(questions(lines))

A small world: three to five units of all categories, the year 2022 and sometimes 2023, worked on
by one person, every event type of the catalogue save publications and appeals. Every line has a
`ref` of its own, so that none is ever taken for a repetition.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from . import makers, makers_items, rewrites
from .chooser import FIRST, LAST, Chooser
from .world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import DrawFn

    from .facts import RegisterLine

    Maker = Callable[[Chooser, World], makers.Fields]

WEIGHTED: tuple[tuple[str, int, Maker], ...] = (
    ("SubmissionReceived", 5, makers_items.submission),
    ("SubmissionReceived", 7, makers_items.for_quota),
    ("SubmissionReceived", 4, makers_items.reply),
    ("ItemAdopted", 6, makers_items.adopted),
    ("ItemEndorsed", 5, makers_items.endorsed),
    ("ItemsMerged", 2, makers_items.merged),
    ("CommissionIssued", 4, makers_items.commission),
    ("CommissionExtended", 3, makers_items.extended),
    ("CommissionWithdrawn", 1, makers_items.withdrawn),
    ("CommissionDeclined", 2, makers_items.declined),
    ("QuotaSet", 5, makers.quota),
    ("DocumentIssued", 2, makers.document),
    ("LeaderInstructed", 3, makers.instructed),
    ("DeploymentStudied", 2, makers.deployment),
    ("DutyRosterReported", 3, makers.duties),
    ("StaffChanged", 2, makers.staff_changed),
    ("StaffChangeNotified", 2, makers.notified),
    ("FindingMade", 4, makers.finding),
    ("SecondmentStarted", 3, makers.seconded),
    ("SecondmentEnded", 2, makers.returned),
    ("UnitChanged", 2, makers.unit_changed),
    ("UnitEnrolled", 1, makers.enrolled),
    ("CycleClosed", 1, makers.cycle_closed),
)
THEMES: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"QuotaSet", "SubmissionReceived", "UnitChanged"}),
    frozenset({"SubmissionReceived", "ItemAdopted", "ItemEndorsed", "ItemsMerged"}),
    frozenset(
        {"CommissionIssued", "CommissionExtended", "CommissionWithdrawn", "CommissionDeclined"}
    ),
    frozenset({"DocumentIssued", "LeaderInstructed", "DutyRosterReported", "DeploymentStudied"}),
    frozenset({"StaffChanged", "StaffChangeNotified", "SecondmentStarted", "SecondmentEnded"}),
)
LATEST_CYCLE_START = date(2022, 2, 1)


def register(
    c: Chooser,
    max_events: int = 40,
    *,
    corrected_corrections: bool = True,
    price_rulings: bool = False,
    theme: frozenset[str] = frozenset(),
) -> list[RegisterLine]:
    """Make a register of at most so many lines, at least a cycle and three units.

    `corrected_corrections` lets a correction be the target of another one. `price_rulings` adds
    rulings on prices that table 1.2 of the note does not list, by paths that a rulebook may call
    otherwise. With a `theme` its event types are drawn more often, and the register is a long one.
    """
    w = World()
    _begin(c, w)
    kinds = _ordinary(theme or c.pick(THEMES))
    kinds += [("RulingMade", partial(makers_items.ruling, prices=price_rulings))] * 5
    correct = partial(rewrites.corrected, of_corrections=corrected_corrections)
    kinds += [("EventCorrected", correct)] * 12 + [("EventRetracted", rewrites.retracted)] * 5
    kinds.append(("CycleOpened", _next_cycle))
    for _ in range(c.number(max_events if theme else 0, max_events * 3 // 2)):
        if len(w.lines) < max_events:
            _propose(c, w, *c.pick(kinds))
    return w.lines


@st.composite
def registers(
    draw: DrawFn, max_events: int = 40, *, price_rulings: bool = False
) -> list[RegisterLine]:
    """Draw a register as `register` makes it."""
    return register(Chooser.drawing(draw), max_events, price_rulings=price_rulings)


def _ordinary(theme: frozenset[str]) -> list[tuple[str, Maker]]:
    """Event types with their makers, as often as they weigh; those of a theme four times that."""
    return [
        (kind, maker)
        for kind, weight, maker in WEIGHTED
        for _ in range(weight * 4 if kind in theme else weight)
    ]


def _begin(c: Chooser, w: World) -> None:
    """The cycle, a unit of each category, and up to two more."""
    _propose(c, w, "CycleOpened", makers.cycle)
    if c.chance(35):
        _propose(c, w, "CycleOpened", makers.cycle)
    for n in range(3 + c.number(0, 2)):
        fields = makers.enrolled(c, w)
        if fields and n < len(makers.CATEGORIES):
            fields["category"] = makers.CATEGORIES[n]
        _write(w, "UnitEnrolled", fields)


def _next_cycle(c: Chooser, w: World) -> makers.Fields:
    """The second cycle, if it is not open."""
    return None if w.state.find("cycle", "2023") else makers.cycle(c, w)


def _propose(c: Chooser, w: World, event_type: str, maker: Maker) -> None:
    _write(w, event_type, maker(c, w))


def _write(w: World, event_type: str, fields: dict[str, Any] | None) -> None:
    if fields:
        w.add({"type": event_type, **fields, "ref": f"r{len(w.lines) + 1}"})


@st.composite
def questions(draw: DrawFn, lines: Sequence[RegisterLine]) -> tuple[date, int | None]:
    """A day and a position to ask a drawn register about; a cycle has always begun by then."""
    as_of = max(Chooser.drawing(draw).day(), LATEST_CYCLE_START)
    known_at = draw(st.none() | st.integers(1, len(lines)))
    return as_of, known_at


def days() -> st.SearchStrategy[date]:
    """Any day the registers speak of."""
    return st.dates(FIRST, LAST)
