"""Explained sheets: the parts that are shown are the score."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.registers import registers
from tests.oracle.sheet import answer
from tests.projections.documents import Document, added, explained, point_in, unit_of
from tests.properties.effort import tried_on
from tests.properties.offices import desk

if TYPE_CHECKING:
    from hypothesis import strategies as st


@tried_on(few=25, many=120)
def test_what_is_left_of_the_lines_is_the_score(data: st.DataObject) -> None:
    """The lines' counted parts add up to each indicator, each group, and the naive total."""
    lines = data.draw(registers(price_rulings=True))
    with desk(lines) as opened:
        point = point_in(data, opened.office, lines)
        unit = unit_of(data, point)
        if unit is None:
            return
        document = explained(opened.office, point, unit)
        expected = answer(lines, as_of=point.as_of, known_at=point.position)[unit.id]
    assert [document[key] for key in ("total", "base", "bonus")] == [
        expected[key] for key in ("total", "base", "bonus")
    ]
    counted = Decimal(0)
    for group in document["groups"]:
        for indicator in group["indicators"]:
            _adds_up(indicator)
        counted += _adds_up_together(group)
    assert Decimal(document["total"]) == Decimal(80) + counted


def _adds_up(indicator: Document) -> None:
    lines = indicator["lines"]
    assert added(lines, "points") == Decimal(indicator["raw"])
    assert added(lines, "counted") == Decimal(indicator["counted"])
    assert added(lines, "absorbed_by_cap") == Decimal(indicator["absorbed"])
    assert added(lines, "absorbed_by_weight") == Decimal(indicator["absorbed_by_weight"])
    for line in lines:
        absorbed = Decimal(line["absorbed_by_cap"]) + Decimal(line["absorbed_by_weight"])
        assert abs(Decimal(line["points"])) == abs(Decimal(line["counted"])) + absorbed


def _adds_up_together(group: Document) -> Decimal:
    counted = added(group["indicators"], "counted")
    start = Decimal(group["weight"] or 0)
    assert Decimal(group["score"]) == start + counted
    assert added(group["indicators"], "absorbed_by_weight") == Decimal(group["absorbed"])
    return counted


@tried_on(few=25, many=120)
def test_a_cap_swallows_nothing_before_something_that_still_counts(data: st.DataObject) -> None:
    """In the order of lines: once a cap has swallowed something, nothing after it counts in full.

    The same holds of a group's weight over all the group's lines that their caps left.
    """
    lines = data.draw(registers())
    with desk(lines) as opened:
        point = point_in(data, opened.office, lines)
        unit = unit_of(data, point)
        if unit is None:
            return
        document = explained(opened.office, point, unit)
    for group in document["groups"]:
        for indicator in group["indicators"]:
            assert _is_full(indicator["lines"], "absorbed_by_cap", ())
        together = [line for indicator in group["indicators"] for line in indicator["lines"]]
        together.sort(key=lambda line: (line["effective_from"], line["events"]))
        assert _is_full(together, "absorbed_by_weight", ("absorbed_by_cap",))


def _is_full(lines: list[Document], key: str, before: tuple[str, ...]) -> bool:
    """Tell whether every line after the first with something absorbed is absorbed whole."""
    swallowed = False
    for line in lines:
        size = abs(Decimal(line["points"])) - sum(Decimal(line[name]) for name in before)
        if swallowed and Decimal(line[key]) != size:
            return False
        swallowed = swallowed or Decimal(line[key]) > 0
    return True


@tried_on(few=25, many=120)
def test_every_event_a_line_names_is_told(data: st.DataObject) -> None:
    """What a line rests on, corrections included, are the events it names, known at that point."""
    lines = data.draw(registers())
    with desk(lines) as opened:
        point = point_in(data, opened.office, lines)
        unit = unit_of(data, point)
        if unit is None:
            return
        document = explained(opened.office, point, unit)
    shown = [i for group in document["groups"] for i in group["indicators"]]
    told = [line for indicator in shown for line in indicator["lines"]] + document["pending"]
    for line in told:
        named = [event["position"] for event in line["rests_on"]]
        named += [c["position"] for event in line["rests_on"] for c in event["corrections"]]
        assert sorted(named) == line["events"]
        assert line["events"][-1] <= point.position
        for event in line["rests_on"]:
            assert event["type"] == lines[event["position"] - 1]["type"]
            assert event["ref"] == lines[event["position"] - 1]["ref"]
            assert (event["counts_as"] is None) == (not event["corrections"])
