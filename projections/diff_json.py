"""The difference of two points as the JSON document of ``kaohe diff --json``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.lines import show
from domain.rulebook.model import cap_path
from projections.differing import Changed, Difference, Side
from projections.grounds import Grounds
from projections.limits import CapChange, WeightChange
from projections.rulings import RULEBOOK, rulings_between
from projections.sheet_json import heading, line_json

if TYPE_CHECKING:
    from domain.log import Log
    from projections.facts import Reading


def difference_json(found: Difference, log: Log, reading: Reading) -> dict[str, Any]:
    """Return both totals, every part of their difference, and what caused each part.

    The ``change`` of all entries of ``went``, ``came``, ``caps`` and ``weights`` add up to the
    change of the total. A cause is an event, told as in ``kaohe explain``, or a day that passed;
    a cap or weight that only follows the lines has none of its own.
    """
    before, after = found.before.point, found.after.point
    rulings = rulings_between(log, reading, before, after)
    positions = {at for one in (*found.went, *found.came) for at in one.positions}
    positions = positions.union(*rulings.values())
    grounds = Grounds(log, after.rulebook.vocabulary, positions)
    indicators = {**before.rulebook.indicators, **after.rulebook.indicators}

    def line(one: Changed) -> dict[str, Any]:
        indicator = indicators[one.line.indicator]
        return {
            "indicator": indicator.id,
            "name": indicator.name,
            "change": show(one.change),
            **line_json(one.line, indicator.source),
            "causes": _causes(one, grounds),
        }

    def ruled(parameter: str) -> list[dict[str, Any]]:
        held = rulings.get(parameter, set()) | rulings.get(RULEBOOK, set())
        return [_event(at, grounds) for at in sorted(held)]

    return {
        "cycle": after.cycle.name,
        "unit": found.unit.name_on(after.as_of),
        "from": _side(found.before),
        "to": _side(found.after),
        "change": _change(found),
        "went": [line(one) for one in found.went],
        "came": [line(one) for one in found.came],
        "caps": [
            _cap(one, ruled(cap_path(one.indicator.id)) if one.moved else []) for one in found.caps
        ],
        "weights": [_weight(one, ruled(RULEBOOK)) for one in found.weights],
    }


def _side(side: Side) -> dict[str, Any]:
    total = side.total
    return {
        **heading(side.point),
        "total": show(total.total),
        "base": show(total.base),
        "bonus": show(total.bonus),
    }


def _change(found: Difference) -> dict[str, str]:
    before, after = found.before.total, found.after.total
    return {
        "total": show(after.total - before.total),
        "base": show(after.base - before.base),
        "bonus": show(after.bonus - before.bonus),
    }


def _causes(one: Changed, grounds: Grounds) -> list[dict[str, Any]]:
    causes = [_event(at, grounds) for at in one.positions]
    if one.day is not None:
        begins = one.day == one.line.effective_from
        causes.append({"kind": "day", "day": one.day.isoformat(), "begins": begins})
    return causes


def _event(position: int, grounds: Grounds) -> dict[str, Any]:
    return {"kind": "event", **grounds.event(position)}


def _cap(one: CapChange, causes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "indicator": one.indicator.id,
        "name": one.indicator.name,
        "change": show(one.change),
        "cap_before": _limit(one.before.cap),
        "cap_after": _limit(one.after.cap),
        "absorbed_before": show(one.before.absorbed),
        "absorbed_after": show(one.after.absorbed),
        "causes": causes,
    }


def _weight(one: WeightChange, causes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "group": one.group.id,
        "name": one.group.name,
        "change": show(one.change),
        "weight": _limit(one.group.weight),
        "absorbed_before": show(one.absorbed_before),
        "absorbed_after": show(one.absorbed_after),
        "causes": causes,
    }


def _limit(points: Decimal | None) -> str | None:
    return None if points is None else show(points)
