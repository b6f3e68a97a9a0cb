"""What an indicator is scored by at a point: clause, prices, and each reading with its ruling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.lines import show
from domain.rulebook.model import Indicator, Parameter, Rulebook, cap_path, points_path
from domain.rulebook.rule_kinds import RULE_KINDS
from domain.rulebook.shown import plain
from domain.rulebook.values import ParameterValue
from domain.standing import Fact

if TYPE_CHECKING:
    from projections.asking import Point
    from projections.grounds import Grounds

_PARTS = {"missing": "每缺一项", "late": "到期未报齐"}
"""What the parts of a price are called where they are not codes of a vocabulary."""


class InForce(NamedTuple):
    """A parameter, its value at a point, and the ruling that set it, if one did."""

    parameter: Parameter
    value: ParameterValue
    ruling: Fact | None


def readings_in_force(point: Point, indicator: Indicator) -> list[InForce]:
    """Return every parameter that the score of ``indicator`` depends on, as it stands."""
    rulings = point.setting.rulings_in_force(point.cycle.name)
    return [
        InForce(parameter, point.readings.value(parameter.path), rulings.get(parameter.path))
        for parameter in _parameters(point.rulebook, indicator)
    ]


def rulings_behind(point: Point, indicators: Iterable[Indicator]) -> set[int]:
    """Return the positions of the rulings that set a reading of ``indicators``."""
    read = (held for each in indicators for held in readings_in_force(point, each))
    return {at for held in read if held.ruling for at in held.ruling.events}


def terms(point: Point, indicator: Indicator, grounds: Grounds) -> dict[str, Any]:
    """Return clause, source, prices and readings of ``indicator`` for a JSON document.

    ``grounds`` have to hold the ``rulings_behind`` it.
    """
    return {
        "clause": indicator.clause,
        "source": indicator.source,
        "prices": [
            {
                "key": key,
                "label": label(point.rulebook, indicator, key),
                "points": show(point.readings.points(indicator.id, key)),
            }
            for key in indicator.points
        ],
        "readings": [
            {
                "parameter": held.parameter.path,
                "value": plain(held.value),
                "default": plain(held.parameter.default),
                "doubtful": held.parameter.doubtful,
                "why": held.parameter.why,
                "ruling": grounds.behind(held.ruling.events)[0] if held.ruling else None,
            }
            for held in readings_in_force(point, indicator)
        ],
    }


def label(rulebook: Rulebook, indicator: Indicator, key: str) -> str:
    """Return what a price is for, in the words of the office; nothing for a single price."""
    kind = RULE_KINDS[indicator.rule]
    # Who endorses is called otherwise than who adopts, under the same codes.
    names = "leaders" if "leaders" in kind.needs else kind.keys_from
    return rulebook.vocabulary.get(names, {}).get(key) or _PARTS.get(key, key)


def _parameters(rulebook: Rulebook, indicator: Indicator) -> list[Parameter]:
    """Return the prices and the cap of ``indicator``, then what its kind of rule reads."""
    rule = RULE_KINDS[indicator.rule]
    kinds = dict.fromkeys((*indicator.points, *indicator.options.get("kind", ())))
    paths = [
        *(points_path(indicator.id, key) for key in indicator.points),
        cap_path(indicator.id),
        *rule.settings,
        *(f"{kind}.{name}" for kind in kinds for name in rule.kind_settings),
    ]
    return [rulebook.parameters[path] for path in paths if path in rulebook.parameters]
