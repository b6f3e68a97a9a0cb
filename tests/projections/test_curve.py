"""Curves: the score on every day is the one that is asked for on that day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.oracle.sheet import answer
from tests.projections.documents import Document, added, curved, places
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk

if TYPE_CHECKING:
    from random import Random

SCORE = ("total", "base", "bonus")
DAY = timedelta(days=1)


@tried_on(few=20, many=120)
def test_the_score_of_every_day_is_that_of_the_curve(lines: Lines, chance: Random) -> None:
    """On the days of steps, the days before them and any others, the naive scorer agrees."""
    with desk(lines) as opened:
        for point, unit in places(opened.office, lines, chance):
            document = curved(opened.office, point, unit)
            for day in _days(document, chance):
                sheets = answer(lines, as_of=day, known_at=point.position, cycle=point.cycle.name)
                assert _on(document, day) == [sheets[unit.id][key] for key in SCORE], day


def _days(document: Document, chance: Random) -> list[date]:
    """The first and last day, those of steps and the ones before them, and some others."""
    first, last = (date.fromisoformat(document[key]) for key in ("from", "to"))
    steps = [date.fromisoformat(step["day"]) for step in document["changes"]]
    others = {first + DAY * chance.randint(0, (last - first).days) for _ in range(4)}
    return sorted({first, last, *steps, *(day - DAY for day in steps), *others})


def _on(document: Document, day: date) -> list[str]:
    """The score that the curve has on a day."""
    held = document["start"]
    for step in document["changes"]:
        if step["day"] <= day.isoformat():
            held = step
    return [held[key] for key in SCORE]


@tried_on(few=20, many=150)
def test_the_lines_of_a_step_and_the_caps_are_its_change(lines: Lines, chance: Random) -> None:
    """What came less what went, with what caps made of it, is the change from step to step."""
    with desk(lines) as opened:
        for point, unit in places(opened.office, lines, chance):
            document = curved(opened.office, point, unit)
            scores = [document["start"], *document["changes"]]
            for before, step in pairwise(scores):
                change = Decimal(step["total"]) - Decimal(before["total"])
                parts = added(step["came"], "points") - added(step["went"], "points")
                assert change == Decimal(step["change"]) == parts + Decimal(step["caps"])
                assert [before[key] for key in SCORE] != [step[key] for key in SCORE]
                assert step["came"] or step["went"]
            assert [document["end"][key] for key in SCORE] == [scores[-1][key] for key in SCORE]
