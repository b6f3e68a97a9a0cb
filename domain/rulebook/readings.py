"""A rulebook with the rulings in force laid over it: what the rules ask for their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

from domain.rulebook.model import Rulebook, cap_path, points_path
from domain.rulebook.values import Grades, ParameterValue


class Readings:
    """Every price, cap and reading as it stands under some rulings.

    Made once for each set of rulings and then asked very often, so everything is a look-up.
    ``rulings`` maps parameter paths to values that ``Parameter.accept`` returned.

    Raises:
        ValueError: a ruling is about a parameter that this rulebook does not have.
    """

    __slots__ = ("_caps", "_points", "_values", "rulebook")

    def __init__(self, rulebook: Rulebook, rulings: Mapping[str, ParameterValue]) -> None:
        unknown = sorted(set(rulings) - set(rulebook.parameters))
        if unknown:
            raise ValueError(f"规则 {rulebook.id} 没有参数 {'、'.join(unknown)}")
        self.rulebook = rulebook
        self._values: dict[str, ParameterValue] = {
            path: rulings.get(path, parameter.default)
            for path, parameter in rulebook.parameters.items()
        }
        self._points: dict[str, dict[str, Decimal]] = {}
        self._caps: dict[str, Decimal | None] = {}
        for indicator in rulebook.indicators.values():
            self._points[indicator.id] = {
                key: cast("Decimal", self._values[points_path(indicator.id, key)])
                for key in indicator.points
            }
            self._caps[indicator.id] = cast("Decimal | None", self._values[cap_path(indicator.id)])

    def points(self, indicator: str, key: str = "") -> Decimal:
        """Return the price under ``key``; raise ``KeyError`` where nothing is priced."""
        return self._points[indicator][key]

    def cap(self, indicator: str) -> Decimal | None:
        """Return the most points the indicator may come to, ``None`` when nothing limits it."""
        return self._caps[indicator]

    def value(self, path: str) -> ParameterValue:
        """Return the value in force of any parameter; raise ``KeyError`` where there is none."""
        return self._values[path]

    def choice(self, path: str) -> str:
        """Return the reading chosen, such as ``once`` for ``adoption.repeat``."""
        return cast("str", self._values[path])

    def count(self, path: str) -> int:
        """Return a number of days, months or characters."""
        return cast("int", self._values[path])

    def day(self, path: str) -> date:
        """Return the day from which something counts."""
        return cast("date", self._values[path])

    def grades(self) -> Grades:
        """Return the names of grades with their lowest totals, best first; ``()`` when unset."""
        return cast("Grades", self._values["grades"])


def priced(book: Rulebook, readings: Readings) -> Rulebook:
    """Return ``book`` with the prices and caps in force in place of those of the scheme."""
    groups = (
        replace(
            group,
            indicators=tuple(
                replace(
                    each,
                    points={key: readings.points(each.id, key) for key in each.points},
                    cap=readings.cap(each.id),
                )
                for each in group.indicators
            ),
        )
        for group in book.groups
    )
    return replace(book, groups=tuple(groups))
