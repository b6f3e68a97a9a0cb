"""The 2022 scheme and its readings, copied by hand from tables 1.1 and 1.2 of the note."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .facts import Fact

WEIGHTS = {"organisation": Decimal(16), "reporting": Decimal(49), "support": Decimal(15)}

GROUP = {
    "instruction": "organisation",
    "deployment": "organisation",
    "duties": "organisation",
    "liaison": "organisation",
    "format": "reporting",
    "commissioned": "reporting",
    "special": "reporting",
    "brief": "reporting",
    "quality": "support",
    "feedback": "support",
    "accuracy": "support",
    "commissioned_adoption": "adoption",
    "special_adoption": "adoption",
    "brief_adoption": "adoption",
    "surplus": "other",
    "endorsement": "other",
    "secondment": "other",
}

CAPS = {
    "liaison": 2,
    "format": 1,
    "commissioned": 20,
    "brief": 20,
    "quality": 10,
    "feedback": 10,
    "accuracy": 5,
    "secondment": 10,
}

PRICES = {
    "instruction.notice": -2,
    "instruction.scheme": -2,
    "instruction.circular": -1,
    "deployment": -1,
    "duties.missing": -1,
    "duties.late": -2,
    "liaison": -2,
    "format": -1,
    "commissioned": -2,
    "special": -2,
    "brief": -1,
    "quality.plagiarism": -1,
    "quality.outline_only": -1,
    "feedback": -1,
    "accuracy": -5,
    "commissioned_adoption.city": 2,
    "commissioned_adoption.province": 5,
    "commissioned_adoption.state": 5,
    "special_adoption.city": 5,
    "special_adoption.province": 5,
    "special_adoption.state": 0,
    "brief_adoption.city": 2,
    "brief_adoption.province": 5,
    "brief_adoption.state": 0,
    "surplus.special": 2,
    "surplus.brief": 1,
    "endorsement.city": 3,
    "endorsement.province": 5,
    "endorsement.state": 10,
    "secondment": 10,
}

READINGS: dict[str, Any] = {
    "adoption.repeat": "once",
    "endorsement.per": "item",
    "joint.share": "full",
    "secondment.credit": "on_completion",
    "secondment.months": 3,
    "liaison.notice_days": 10,
    "special.min_characters": 1500,
    "quota.counts_from": "2022-07-01",
    "submissions.unmarked": "no_quota",
    "evidence.cure": "from_day",
    "grades": None,
}

MAILBOX = {
    "commissioned": "szszwxx@126.com",
    "special": "szxxgkk@126.com",
    "brief": "szxxgkk@126.com",
}


def takes_away(indicator: str) -> bool:
    """Is the indicator one of the base, where points are taken off?"""
    return GROUP[indicator] in WEIGHTS


def _decimals(table: dict[str, int]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in table.items()}


@dataclass
class Scheme:
    """Caps, prices and readings in force for one cycle, as rulings have left them."""

    caps: dict[str, Decimal] = field(default_factory=lambda: _decimals(CAPS))
    prices: dict[str, Decimal] = field(default_factory=lambda: _decimals(PRICES))
    readings: dict[str, Any] = field(default_factory=lambda: dict(READINGS))

    def rule(self, parameter: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
        """Let one ruling change one parameter, named by its dotted path."""
        first, *rest = parameter.split(".")
        if first != "indicators":
            if parameter not in READINGS:
                raise KeyError(parameter)
            self.readings[parameter] = value
            return
        indicator, kind, *key = rest
        if kind == "cap":
            self._cap(indicator, value)
        else:
            self._price(indicator, ".".join([indicator, *key]), Decimal(str(value)))

    def _cap(self, indicator: str, value: int | str) -> None:
        if indicator not in GROUP:
            raise KeyError(indicator)
        if value == "none":
            self.caps.pop(indicator, None)
        else:
            self.caps[indicator] = Decimal(str(value))

    def _price(self, indicator: str, path: str, value: Decimal) -> None:
        paths = [known for known in PRICES if known == path or known.startswith(path + ".")]
        if not paths:
            raise KeyError(path)
        for known in paths:
            self.prices[known] = -abs(value) if takes_away(indicator) else value


def scheme_for(cycle: str, facts: Sequence[Fact]) -> Scheme:
    """The scheme of a cycle after every known ruling on it, the later position winning."""
    scheme = Scheme()
    for ruling in facts:
        if ruling.type == "RulingMade" and ruling.get("cycle") in (None, cycle):
            scheme.rule(ruling["parameter"], ruling["value"])
    return scheme
