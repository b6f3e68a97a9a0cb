"""Caps and weights that are reached: random registers seldom deduct so much, these do."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from projections.asking import Asked
from tests.cli.stories import BEGINNING, COUNTY, finding
from tests.oracle.sheet import answer
from tests.projections.documents import (
    added,
    adds_up,
    curved,
    differed,
    explained,
    is_cut_once,
)
from tests.properties.offices import desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.office import Office
    from projections.asking import Point

SCORE = ("total", "base", "bonus")
PARTS = ("went", "came", "caps", "weights")
KINDS = ("plagiarism", "outline_only", "non_cooperation", "named_criticism", "misaddressed")
CAPPED = ("quality", "feedback", "accuracy", "format", "secondment")


def crowded(chance: Random) -> list[dict[str, Any]]:
    """A register in which one unit has far more against it, and for it, than caps let through."""
    lines = [
        finding(f"F{n}", _day(chance), chance.choice(KINDS)) for n in range(chance.randint(30, 60))
    ]
    lines += [_seconded(f"S{n}", _day(chance)) for n in range(chance.randint(0, 3))]
    lines += [_capped(chance) for _ in range(chance.randint(0, 4))]
    chance.shuffle(lines)
    return [*BEGINNING, *lines]


def _day(chance: Random) -> str:
    return (date(2022, 1, 1) + timedelta(days=chance.randrange(30, 300))).isoformat()


def _seconded(number: str, on: str) -> dict[str, Any]:
    start = {"type": "SecondmentStarted", "secondment": number, "person": number, "host": "city"}
    return {**start, "on": on, "unit": COUNTY}


def _capped(chance: Random) -> dict[str, Any]:
    parameter = f"indicators.{chance.choice(CAPPED)}.cap"
    value = chance.choice([0, 3, 7, 12, "2.5", "none"])
    ruling = {"type": "RulingMade", "on": "2022-12-01", "reason": "办公会定"}
    return {**ruling, "parameter": parameter, "value": value}


@pytest.mark.parametrize("seed", range(6))
def test_what_caps_absorb_of_each_line_adds_up(seed: int) -> None:
    """Line by line, the parts come to the naive total, and something was absorbed."""
    chance = Random(seed)
    lines = crowded(chance)
    absorbed = Decimal(0)
    with desk(lines) as opened:
        for point in _points(opened.office, lines, chance):
            document = explained(opened.office, point, point.unit(COUNTY))
            for group in document["groups"]:
                adds_up(group)
                assert is_cut_once(group)
                absorbed += Decimal(group["absorbed"]) + added(group["indicators"], "absorbed")
            assert [document[key] for key in SCORE] == _naive(lines, point)
    assert absorbed > 0


@pytest.mark.parametrize("seed", range(6))
def test_what_caps_made_of_a_change_adds_up(seed: int) -> None:
    """From point to point, lines, caps and weights come to what the naive totals differ by."""
    chance = Random(seed)
    lines = crowded(chance)
    parts = Counter[str]()
    with desk(lines) as opened:
        for before, after in pairwise(_points(opened.office, lines, chance)):
            found = differed(opened.office, after.unit(COUNTY), before=before, after=after)
            change = Decimal(_naive(lines, after)[0]) - Decimal(_naive(lines, before)[0])
            assert sum(added(found[part], "change") for part in PARTS) == change
            parts.update(part for part in PARTS if found[part])
    assert {"went", "came", "caps"} <= parts.keys()


@pytest.mark.parametrize("seed", range(6))
def test_what_caps_made_of_a_day_adds_up(seed: int) -> None:
    """From day to day, the curve has the naive score, under every cap that was ruled."""
    chance = Random(seed)
    lines = crowded(chance)
    caps = []
    with desk(lines) as opened:
        for point in _points(opened.office, lines, chance):
            curve = curved(opened.office, point, point.unit(COUNTY))
            assert [curve["end"][key] for key in SCORE] == _naive(lines, point)
            for step in curve["changes"]:
                parts = added(step["came"], "points") - added(step["went"], "points")
                assert Decimal(step["change"]) == parts + Decimal(step["caps"])
                caps.append(step["caps"])
    assert set(caps) > {"0"}


def _points(office: Office, lines: list[dict[str, Any]], chance: Random) -> Iterator[Point]:
    for _ in range(5):
        known_at = chance.randint(len(lines) // 2, len(lines))
        yield office.point(Asked(date.fromisoformat(_day(chance)), f"#{known_at}"))


def _naive(lines: list[dict[str, Any]], at: Point) -> list[str]:
    sheet = answer(lines, as_of=at.as_of, known_at=at.position)[COUNTY]
    return [sheet[key] for key in SCORE]
