"""From the score before to the score after, step by step, each with the events that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.lines import Line, show
from domain.rulebook.model import cap_path
from projections.differing import Changed, Difference, difference
from projections.rulings import RULEBOOK, rulings_between
from projections.trail.known import Known
from projections.trail.lines import indicators_of
from projections.trail.sides import Side, Sides


class Steps:
    """The difference between the first and the last side."""

    def __init__(self, known: Known, sides: Sides) -> None:
        self._known, self._sides = known, sides
        before, after = sides.before.point, sides.after.point
        self._found = self._difference(after.as_of)
        self._rulings = rulings_between(known.log, known.reading, before, after)

    def _difference(self, day: date) -> Difference:
        """Return the difference of what is known at the two sides, as of ``day``."""
        before, after = self._sides.before.point, self._sides.after.point
        return difference(
            self._known.reading,
            self._sides.after.own.unit,
            before=replace(before, as_of=day if day > after.as_of else before.as_of),
            after=replace(after, as_of=day),
        )

    def behind(self, line: Line) -> list[int]:
        """Return the events by which ``line`` came or went, pending or in force."""
        found = self._found
        if line.effective_from > self._sides.after.point.as_of:
            found = self._difference(line.effective_from)
        return sorted({at for one in _lines(found) if one.line == line for at in one.positions})

    def document(self) -> list[dict[str, Any]]:
        """Return the steps; their ``change`` adds up to the change of the total."""
        found = self._found
        indicators = indicators_of(self._sides)
        steps = [
            _step(
                "came" if one in found.came else "went",
                indicators[one.line.indicator].name,
                one.line.text,
                one.change,
                one.positions,
            )
            for one in _lines(found)
        ]
        for cap in found.caps:
            if cap.change:
                ruled = self._ruled(cap_path(cap.indicator.id)) if cap.moved else ()
                steps.append(_step("cap", cap.indicator.name, "上限吸收", cap.change, ruled))
        for weight in found.weights:
            ruled = self._ruled(RULEBOOK)
            steps.append(_step("weight", weight.group.name, "权重吸收", weight.change, ruled))
        return steps

    def _ruled(self, parameter: str) -> Iterable[int]:
        return self._rulings.get(parameter, set()) | self._rulings.get(RULEBOOK, set())


def _lines(found: Difference) -> list[Changed]:
    return [*found.went, *found.came]


def _step(
    kind: str, name: str, text: str, change: Decimal, events: Iterable[int]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": name,
        "text": text,
        "change": show(change),
        "events": sorted(events),
    }


def change_json(sides: Sides) -> dict[str, Any]:
    """Return how far the score moved: in all, before the decision, and by the decision itself."""
    before, eve, after = sides.before, sides.eve or sides.after, sides.after
    return {
        "total": _difference(before, after),
        "meanwhile": _difference(before, eve),
        "by_decision": _difference(eve, after),
    }


def _difference(one: Side, other: Side) -> str:
    return show(other.own.total.total - one.own.total.total)
