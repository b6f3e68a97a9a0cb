"""The random registers: valid, varied, and answered by the oracle without contradiction."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .facts import RegisterLine
from .registers import WEIGHTED, questions, registers
from .scheme import takes_away
from .sheet import answer
from .world import World

quick = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@quick
@given(registers())
def test_every_line_of_a_register_is_valid_at_its_place(lines: list[RegisterLine]) -> None:
    """Written out again line by line, no line is refused and no ref comes twice."""
    world = World()
    assert all(world.add(line) for line in lines)
    assert len({line["ref"] for line in lines}) == len(lines)


@quick
@given(st.data())
def test_what_a_sheet_shows_adds_up(data: st.DataObject) -> None:
    """Total = base + bonus, bonus = the sum of its effects, and the best unit has rank 1."""
    lines = data.draw(registers(price_rulings=True))
    as_of, known_at = data.draw(questions(lines))
    sheets = answer(lines, as_of=as_of, known_at=known_at)
    for sheet in sheets.values():
        added = [Decimal(v) for i, v in sheet["effective"].items() if not takes_away(i)]
        assert Decimal(sheet["bonus"]) == sum(added, Decimal(0))
        assert Decimal(sheet["total"]) == Decimal(sheet["base"]) + Decimal(sheet["bonus"])
        assert all(row[2] <= as_of.isoformat() < (row[3] or "9999") for row in sheet["lines"])
        assert all(row[2] > as_of.isoformat() for row in sheet["pending"])
    best = max(sheets.values(), key=_total, default=None)
    assert best is None or best["rank"] == best["rank_in_category"] == 1


@quick
@given(st.data())
def test_a_position_is_the_register_cut_there(data: st.DataObject) -> None:
    """Known at K is the answer from the first K lines alone."""
    lines = data.draw(registers())
    as_of, known_at = data.draw(questions(lines))
    cut = lines if known_at is None else lines[:known_at]
    assert answer(lines, as_of=as_of, known_at=known_at) == answer(cut, as_of=as_of)


def test_every_event_type_is_drawn() -> None:
    """A few hundred registers hold every event type, and corrections of corrections."""
    seen: Counter[str] = Counter()

    @settings(quick, max_examples=300, phases=[Phase.generate], derandomize=True)
    @given(registers())
    def draw(lines: list[RegisterLine]) -> None:
        seen.update(line["type"] for line in lines)
        seen.update("again" for line in lines if "changes" in line.get("changes", ()))

    draw()
    expected = {kind for kind, _, _ in WEIGHTED}
    expected |= {"CycleOpened", "RulingMade", "EventCorrected", "EventRetracted", "again"}
    assert expected <= set(seen)


def _total(sheet: dict[str, Any]) -> Decimal:
    return Decimal(sheet["total"])
