"""The difference of two points as the JSON document of ``kaohe diff --json``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.lines import show
from projections.causes import Causes
from projections.differing import Changed, Difference, Side
from projections.limits import CapChange, WeightChange
from projections.sheet_json import heading, line_json

if TYPE_CHECKING:
    from domain.log import Log
    from projections.facts import Reading

Document = dict[str, Any]


def difference_json(found: Difference, log: Log, reading: Reading) -> Document:
    """Return both totals, every part of their difference, and what caused each part.

    The ``change`` of all entries of ``went``, ``came``, ``caps`` and ``weights`` add up to the
    change of the total.
    """
    before, after = found.before.point, found.after.point
    causes = Causes(found, log, reading)
    indicators = {**before.rulebook.indicators, **after.rulebook.indicators}

    def line(one: Changed) -> Document:
        indicator = indicators[one.line.indicator]
        return {
            "indicator": indicator.id,
            "name": indicator.name,
            "change": show(one.change),
            **line_json(one.line, indicator.source),
            "causes": causes.of_line(one),
        }

    return {
        "cycle": after.cycle.name,
        "unit": found.unit.name_on(after.as_of),
        "from": _side(found.before),
        "to": _side(found.after),
        "change": _change(found),
        "went": [line(one) for one in found.went],
        "came": [line(one) for one in found.came],
        "caps": [{**_cap(one), "causes": causes.of_cap(one)} for one in found.caps],
        "weights": [{**_weight(one), "causes": causes.of_weight(one)} for one in found.weights],
    }


def _side(side: Side) -> Document:
    total = side.total
    return {
        **heading(side.point),
        "total": show(total.total),
        "base": show(total.base),
        "bonus": show(total.bonus),
    }


def _change(found: Difference) -> Document:
    before, after = found.before.total, found.after.total
    return {
        "total": show(after.total - before.total),
        "base": show(after.base - before.base),
        "bonus": show(after.bonus - before.bonus),
    }


def _cap(one: CapChange) -> Document:
    return {
        "indicator": one.indicator.id,
        "name": one.indicator.name,
        "change": show(one.change),
        "cap_before": _limit(one.before.cap),
        "cap_after": _limit(one.after.cap),
        "absorbed_before": show(one.before.absorbed),
        "absorbed_after": show(one.after.absorbed),
    }


def _weight(one: WeightChange) -> Document:
    return {
        "group": one.group.id,
        "name": one.group.name,
        "change": show(one.change),
        "weight": _limit(one.group.weight),
        "absorbed_before": show(one.absorbed_before),
        "absorbed_after": show(one.absorbed_after),
    }


def _limit(points: Decimal | None) -> str | None:
    return None if points is None else show(points)
