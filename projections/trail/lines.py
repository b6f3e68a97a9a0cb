"""The unit's lines before and after: one table, with the terms by which each indicator scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from domain.lines import Line, show
from domain.rulebook.model import Indicator
from domain.rulebook.shown import plain
from projections.absorbing import Counted
from projections.in_force import label, readings_in_force
from projections.sheet_json import line_json
from projections.totals import ZERO, GroupTotal, IndicatorTotal
from projections.trail.sides import Side, Sides


class Place(NamedTuple):
    """A line on one side: pending, or in force with what caps and weights leave of it."""

    counted: Counted | None

    def document(self, line: Line) -> dict[str, Any]:
        """Return it for the document; a pending line counts for nothing yet."""
        held = self.counted
        return {
            "state": "in_force" if held else "pending",
            "counted": show(held.points) if held else "0",
            "absorbed_by_cap": show(held.absorbed_by_cap) if held else "0",
            "absorbed_by_weight": show(held.absorbed_by_weight) if held else "0",
            "points": show(line.points),
        }


class Row(NamedTuple):
    """A line with its place on both sides; on one of them it may be missing."""

    line: Line
    before: Place | None
    after: Place | None

    @property
    def changed(self) -> bool:
        """Whether it is there on one side only, or something else is left of it."""
        places = [place.document(self.line) if place else None for place in self[1:]]
        return places[0] != places[1]


def rows_of(sides: Sides) -> dict[str, list[Row]]:
    """Return every line, in force or pending on either side, by indicator and in order."""
    before, after = (_places(side) for side in (sides.before, sides.after))
    found: dict[str, list[Row]] = {name: [] for name in indicators_of(sides)}
    keys = sorted({*before, *after}, key=lambda key: (key[0].order, key[1]))
    for key in keys:
        found[key[0].indicator].append(Row(key[0], before.get(key), after.get(key)))
    return found


def _places(side: Side) -> dict[tuple[Line, int], Place]:
    """Return the lines of one side; a line that is there twice is told apart by a number."""
    held = [(part.line, Place(part)) for parts in side.parts.values() for part in parts]
    held += [(line, Place(None)) for line in side.own.pending]
    found: dict[tuple[Line, int], Place] = {}
    for line, place in held:
        again = sum(known == line for known, _ in found)
        found[line, again] = place
    return found


def indicators_of(sides: Sides) -> dict[str, Indicator]:
    """Return the indicators of both sides' rulebooks, which are hardly ever two."""
    return {
        **sides.after.point.rulebook.indicators,
        **sides.before.point.rulebook.indicators,
        **sides.after.point.rulebook.indicators,
    }


def groups_json(
    sides: Sides, rows: Mapping[str, list[Row]], told: Callable[[Row], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the whole sheet before and after; ``told`` gives what is said of each line."""
    old, new = (_groups(side) for side in (sides.before, sides.after))
    indicators = indicators_of(sides)
    found = []
    for name, total in {**new, **old, **new}.items():
        inside = [each for each in indicators.values() if each.group == name]
        found.append(
            {
                "id": name,
                "name": total.group.name,
                "weight": _limit(total.group.weight),
                "before": _group(old.get(name)),
                "after": _group(new.get(name)),
                "indicators": [
                    _indicator(sides, each, [told(row) for row in rows[each.id]]) for each in inside
                ],
            }
        )
    return found


def line_document(row: Row, indicator: Indicator) -> dict[str, Any]:
    """Return one line with its place on both sides."""
    return {
        **line_json(row.line, indicator.source),
        "before": row.before.document(row.line) if row.before else None,
        "after": row.after.document(row.line) if row.after else None,
        "changed": row.changed,
    }


def _groups(side: Side) -> dict[str, GroupTotal]:
    return {held.group.id: held for held in side.own.total.groups}


def _group(total: GroupTotal | None) -> dict[str, str] | None:
    if total is None:
        return None
    values = {"deducted": total.deducted, "absorbed": total.absorbed, "score": total.score}
    return {name: show(points) for name, points in values.items()}


def _indicator(sides: Sides, indicator: Indicator, lines: list[dict[str, Any]]) -> dict[str, Any]:
    before, after = (_terms(side, indicator) for side in (sides.before, sides.after))
    return {
        "id": indicator.id,
        "name": indicator.name,
        "weight": _limit(indicator.weight),
        "clause": indicator.clause,
        "source": indicator.source,
        "before": _sums(sides.before, indicator),
        "after": _sums(sides.after, indicator),
        "prices": [
            {**price, "before": before["prices"].get(key, {}).get("points")}
            for key, price in (after["prices"] or before["prices"]).items()
        ],
        "readings": [
            {
                **reading,
                "before": before["readings"].get(path, {}).get("value"),
                "ruling_before": before["readings"].get(path, {}).get("ruling"),
            }
            for path, reading in (after["readings"] or before["readings"]).items()
        ],
        "lines": lines,
    }


def _terms(side: Side, indicator: Indicator) -> dict[str, dict[str, Any]]:
    """Return prices and readings as they stand on one side, by key and path."""
    point = side.point
    if indicator.id not in point.rulebook.indicators:
        return {"prices": {}, "readings": {}}
    prices = {
        key: {
            "key": key,
            "label": label(point.rulebook, indicator, key),
            "points": show(point.readings.points(indicator.id, key)),
        }
        for key in indicator.points
    }
    readings = {
        held.parameter.path: {
            "parameter": held.parameter.path,
            "value": plain(held.value),
            "default": plain(held.parameter.default),
            "doubtful": held.parameter.doubtful,
            "why": held.parameter.why,
            "ruling": held.ruling.position if held.ruling else None,
        }
        for held in readings_in_force(point, indicator)
    }
    return {"prices": prices, "readings": readings}


def _sums(side: Side, indicator: Indicator) -> dict[str, Any] | None:
    totals = (held for group in side.own.total.groups for held in group.indicators)
    total: IndicatorTotal | None = next((t for t in totals if t.indicator.id == indicator.id), None)
    if total is None:
        return None
    parts = side.parts[indicator.id]
    weight: Decimal = sum((part.absorbed_by_weight for part in parts), ZERO)
    return {
        "cap": _limit(total.cap),
        "raw": show(total.raw),
        "effective": show(total.effective),
        "absorbed": show(total.absorbed),
        "absorbed_by_weight": show(weight),
        "counted": show(sum((part.points for part in parts), ZERO)),
    }


def _limit(points: Decimal | None) -> str | None:
    return None if points is None else show(points)
