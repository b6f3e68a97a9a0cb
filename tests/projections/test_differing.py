"""Differences: the parts that are shown are the whole difference, each with a cause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.days import after as begins_after
from domain.days import read_moment
from tests.oracle.sheet import answer
from tests.projections.documents import Document, added, differed, explained, pairs
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk

if TYPE_CHECKING:
    from random import Random

    from projections.asking import Point

PARTS = ("went", "came", "caps", "weights")
WAITED_FOR = {
    "instruction_missing", "deployment_missing", "duty_missing", "duties_late",
    "change_unreported", "commission_overdue", "quota_shortfall",
}  # fmt: skip
"""The codes of the rules whose lines begin because something is not there."""


@tried_on(few=25, many=200)
def test_the_parts_are_the_difference_of_the_totals(lines: Lines, chance: Random) -> None:
    """Between any two points, lines, caps and weights add up to what the naive totals differ by."""
    with desk(lines) as opened:
        for unit, before, after in pairs(opened.office, lines, chance):
            document = differed(opened.office, unit, before=before, after=after)
            totals = [_naive(lines, at, unit.id) for at in (before, after)]
            assert [Decimal(document[side]["total"]) for side in ("from", "to")] == totals
            assert Decimal(document["change"]["total"]) == totals[1] - totals[0]
            assert sum(added(document[part], "change") for part in PARTS) == totals[1] - totals[0]


def _naive(lines: Lines, at: Point, unit: str) -> Decimal:
    sheets = answer(lines, as_of=at.as_of, known_at=at.position, cycle=at.cycle.name)
    return Decimal(sheets[unit]["total"])


@tried_on(few=25, many=200)
def test_every_part_has_a_cause_between_the_points(lines: Lines, chance: Random) -> None:
    """Lines, caps and weights: by events between the two positions or on days between the two."""
    with desk(lines) as opened:
        for unit, before, after in pairs(opened.office, lines, chance):
            document = differed(opened.office, unit, before=before, after=after)
            there = _lines(explained(opened.office, before, unit))
            here = _lines(explained(opened.office, after, unit))
            assert sorted(map(_key, document["went"])) == sorted(there - here)
            assert sorted(map(_key, document["came"])) == sorted(here - there)
            for line in (*document["went"], *document["came"]):
                _is_caused_between(line, before, after)
                _names_its_deadline(line)
            for limit in (*document["caps"], *document["weights"]):
                _is_caused_between(limit, before, after)


def _is_caused_between(part: Document, before: Point, after: Point) -> None:
    first, last = sorted((before.position, after.position))
    early, late = sorted((before.as_of, after.as_of))
    assert part["causes"]
    for cause in part["causes"]:
        if cause["kind"] == "event":
            assert first < cause["position"] <= last
        else:
            assert early < date.fromisoformat(cause["day"]) <= late
            assert cause["day"] in {
                part.get("effective_from", cause["day"]),
                part.get("effective_to"),
            }


def _names_its_deadline(line: Document) -> None:
    """A day on which something was past its due says what that was and by when."""
    for cause in line["causes"]:
        if cause["kind"] == "day":
            begins = cause["day"] == line["effective_from"]
            assert (cause["due"] is not None) == (begins and line["code"] in WAITED_FOR)
            if cause["due"] is not None:
                by = read_moment(cause["due"]["by"])
                assert begins_after(by).isoformat() == cause["day"]


def _lines(document: Document) -> set[tuple[str, ...]]:
    """Every line in force of an explained sheet."""
    indicators = [indicator for group in document["groups"] for indicator in group["indicators"]]
    return {
        _key({**line, "indicator": indicator["id"]})
        for indicator in indicators
        for line in indicator["lines"]
    }


def _key(line: Document) -> tuple[str, ...]:
    shown = ("indicator", "points", "effective_from", "effective_to", "code", "text", "events")
    return tuple(str(line[name]) for name in shown)


@tried_on(few=20, many=150)
def test_the_way_back_undoes_the_way_there(lines: Lines, chance: Random) -> None:
    """From the second point to the first, what went comes and every change has the other sign."""
    with desk(lines) as opened:
        for unit, before, after in pairs(opened.office, lines, chance):
            there = differed(opened.office, unit, before=before, after=after)
            back = differed(opened.office, unit, before=after, after=before)
            assert sorted(map(_key, there["went"])) == sorted(map(_key, back["came"]))
            assert sorted(map(_key, there["came"])) == sorted(map(_key, back["went"]))
            for part in PARTS[2:]:
                changes = [sorted(Decimal(one["change"]) for one in d[part]) for d in (there, back)]
                assert changes[0] == sorted(-change for change in changes[1])
