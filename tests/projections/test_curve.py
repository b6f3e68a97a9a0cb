"""Curves: the score on every day is the one that is asked for on that day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from tests.oracle.registers import registers
from tests.oracle.sheet import answer
from tests.projections.documents import Document, added, drawn, point_in, unit_of
from tests.properties.effort import tried_on
from tests.properties.offices import desk

SCORE = ("total", "base", "bonus")


@tried_on(few=25, many=120)
def test_the_score_of_every_day_is_that_of_the_curve(data: st.DataObject) -> None:
    """On the days of steps, the days before them and any others, the naive scorer agrees."""
    lines = data.draw(registers(price_rulings=True))
    with desk(lines) as opened:
        point = point_in(data, opened.office, lines)
        unit = unit_of(data, point)
        if unit is None:
            return
        document = drawn(opened.office, point, unit)
    first = date.fromisoformat(document["from"])
    steps = [date.fromisoformat(step["day"]) for step in document["changes"]]
    days = {first, point.as_of, *steps, *(day - timedelta(days=1) for day in steps)}
    days |= set(data.draw(st.lists(st.dates(first, point.as_of), max_size=5)))
    for day in sorted(days):
        expected = answer(lines, as_of=day, known_at=point.position, cycle=point.cycle.name)[
            unit.id
        ]
        assert _on(document, day) == [expected[key] for key in SCORE], day


def _on(document: Document, day: date) -> list[str]:
    """The score that the curve has on a day."""
    held = document["start"]
    for step in document["changes"]:
        if step["day"] <= day.isoformat():
            held = step
    return [held[key] for key in SCORE]


@tried_on(few=25, many=120)
def test_the_lines_of_a_step_and_the_caps_are_its_change(data: st.DataObject) -> None:
    """What came less what went, with what caps made of it, is the change from step to step."""
    lines = data.draw(registers(price_rulings=True))
    with desk(lines) as opened:
        point = point_in(data, opened.office, lines)
        unit = unit_of(data, point)
        if unit is None:
            return
        document = drawn(opened.office, point, unit)
    scores = [document["start"], *document["changes"]]
    for before, step in pairwise(scores):
        change = Decimal(step["total"]) - Decimal(before["total"])
        parts = added(step["came"], "points") - added(step["went"], "points")
        assert change == Decimal(step["change"]) == parts + Decimal(step["caps"])
        assert [before[key] for key in SCORE] != [step[key] for key in SCORE]
        assert step["came"] or step["went"]
    assert [document["end"][key] for key in SCORE] == [scores[-1][key] for key in SCORE]
