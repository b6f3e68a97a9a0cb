"""Explained sheets: the parts that are shown are the score."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.sheet import answer
from tests.projections.documents import Document, added, adds_up, explained, is_cut_once, places
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk

if TYPE_CHECKING:
    from random import Random


@tried_on(few=25, many=200)
def test_what_is_left_of_the_lines_is_the_score(lines: Lines, chance: Random) -> None:
    """The lines' counted parts add up to each indicator, each group, and the naive total."""
    with desk(lines) as opened:
        for point, unit in places(opened.office, lines, chance):
            document = explained(opened.office, point, unit)
            expected = answer(lines, as_of=point.as_of, known_at=point.position)[unit.id]
            for key in ("total", "base", "bonus"):
                assert document[key] == expected[key]
            for group in document["groups"]:
                adds_up(group)
            counted = sum(added(group["indicators"], "counted") for group in document["groups"])
            assert Decimal(document["total"]) == 80 + counted


@tried_on(few=25, many=200)
def test_after_a_cap_has_swallowed_something_nothing_counts(lines: Lines, chance: Random) -> None:
    """In the order of lines, what follows a line that a cap has cut is absorbed whole.

    The same holds of a group's weight over all the group's lines, as their caps left them.
    """
    with desk(lines) as opened:
        for point, unit in places(opened.office, lines, chance):
            for group in explained(opened.office, point, unit)["groups"]:
                assert is_cut_once(group)


@tried_on(few=25, many=200)
def test_every_event_a_line_names_is_told(lines: Lines, chance: Random) -> None:
    """What a line rests on, corrections included, are the events it names, known at that point."""
    with desk(lines) as opened:
        for point, unit in places(opened.office, lines, chance):
            document = explained(opened.office, point, unit)
            shown = [held for group in document["groups"] for held in group["indicators"]]
            told = [line for indicator in shown for line in indicator["lines"]]
            for line in told + document["pending"]:
                assert line["events"][-1] <= point.position
                _is_told(line, lines)


def _is_told(line: Document, lines: Lines) -> None:
    named = [event["position"] for event in line["rests_on"]]
    named += [held["position"] for event in line["rests_on"] for held in event["corrections"]]
    assert sorted(named) == line["events"]
    for event in line["rests_on"]:
        assert event["type"] == lines[event["position"] - 1]["type"]
        assert event["ref"] == lines[event["position"] - 1]["ref"]
        assert (event["counts_as"] is None) == (not event["corrections"])
