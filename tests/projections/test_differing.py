"""Differences: the parts that are shown are the whole difference, each with a cause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import assume

from domain.errors import NotKnown
from tests.oracle.registers import registers
from tests.oracle.sheet import answer
from tests.projections.documents import Document, added, differed, explained, point_in, unit_of
from tests.properties.effort import tried_on
from tests.properties.offices import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis import strategies as st

    from domain.setting import Unit
    from projections.asking import Point
    from tests.oracle.facts import RegisterLine

PARTS = ("went", "came", "caps", "weights")


def _drawn(
    data: st.DataObject, opened: Desk, lines: Sequence[RegisterLine]
) -> tuple[Unit, Point, Point]:
    """Draw two points of a cycle at which a unit is known."""
    after = point_in(data, opened.office, lines)
    try:
        before = point_in(data, opened.office, lines, after.cycle.name)
    except NotKnown:
        assume(condition=False)
        raise
    unit = unit_of(data, after)
    assume(unit is not None)
    assert unit is not None
    assume(unit.id in before.setting.units)
    return unit, before, after


@tried_on(few=30, many=150)
def test_the_parts_are_the_difference_of_the_totals(data: st.DataObject) -> None:
    """Between any two points, lines, caps and weights add up to what the naive totals differ by."""
    lines = data.draw(registers(price_rulings=True))
    with desk(lines) as opened:
        unit, before, after = _drawn(data, opened, lines)
        document = differed(opened.office, unit, before=before, after=after)
    totals = [
        Decimal(
            answer(lines, as_of=at.as_of, known_at=at.position, cycle=after.cycle.name)[unit.id][
                "total"
            ]
        )
        for at in (before, after)
    ]
    assert [Decimal(document[side]["total"]) for side in ("from", "to")] == totals
    assert Decimal(document["change"]["total"]) == totals[1] - totals[0]
    assert sum(added(document[part], "change") for part in PARTS) == totals[1] - totals[0]


@tried_on(few=30, many=150)
def test_every_changed_line_has_a_cause_between_the_points(data: st.DataObject) -> None:
    """A line came or went by an event between the two positions or on a day between the two."""
    lines = data.draw(registers(price_rulings=True))
    with desk(lines) as opened:
        unit, before, after = _drawn(data, opened, lines)
        document = differed(opened.office, unit, before=before, after=after)
        there = _lines(explained(opened.office, before, unit))
        here = _lines(explained(opened.office, after, unit))
    first, last = sorted((before.position, after.position))
    early, late = sorted((before.as_of, after.as_of))
    for line in (*document["went"], *document["came"]):
        assert line["causes"]
        for cause in line["causes"]:
            if cause["kind"] == "event":
                assert first < cause["position"] <= last
            else:
                assert early < date.fromisoformat(cause["day"]) <= late
                assert cause["day"] in {line["effective_from"], line["effective_to"]}
    assert sorted(map(_key, document["went"])) == sorted(there - here)
    assert sorted(map(_key, document["came"])) == sorted(here - there)


def _lines(document: Document) -> set[tuple[str, ...]]:
    """Every line of an explained sheet."""
    indicators = [indicator for group in document["groups"] for indicator in group["indicators"]]
    return {
        _key({**line, "indicator": indicator["id"]})
        for indicator in indicators
        for line in indicator["lines"]
    }


def _key(line: Document) -> tuple[str, ...]:
    shown = ("indicator", "points", "effective_from", "effective_to", "code", "text", "events")
    return tuple(str(line[name]) for name in shown)


@tried_on(few=20, many=100)
def test_the_way_back_undoes_the_way_there(data: st.DataObject) -> None:
    """From the second point to the first, what went comes and every change has the other sign."""
    lines = data.draw(registers())
    with desk(lines) as opened:
        unit, before, after = _drawn(data, opened, lines)
        there = differed(opened.office, unit, before=before, after=after)
        back = differed(opened.office, unit, before=after, after=before)
    assert list(map(_key, there["went"])) == list(map(_key, back["came"]))
    assert list(map(_key, there["came"])) == list(map(_key, back["went"]))
    for part in ("caps", "weights"):
        assert sorted(Decimal(one["change"]) for one in there[part]) == sorted(
            -Decimal(one["change"]) for one in back[part]
        )
