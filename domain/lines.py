"""A line: points that a rule gives or takes, from when until when, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from domain.days import FOREVER
from domain.rulebook.model import Indicator, Rulebook
from domain.rulebook.readings import Readings
from domain.setting import Cycle, Setting, Unit
from domain.standing import Fact

CENT = Decimal("0.01")


class Draft(NamedTuple):
    """A line as a rule gives it, before the unit, cycle and indicator are written beside it."""

    points: Decimal
    code: str
    text: str
    events: tuple[int, ...]
    effective_from: date
    effective_to: date = FOREVER


class Line(NamedTuple):
    """One entry of a unit's sheet: in force while ``effective_from <= day < effective_to``.

    ``events`` are the positions of the events it rests on and is never empty; ``points`` are
    exact. Lines are the only source of scores.
    """

    unit: str
    cycle: str
    indicator: str
    points: Decimal
    code: str
    text: str
    events: tuple[int, ...]
    effective_from: date
    effective_to: date

    @property
    def order(self) -> tuple[date, tuple[int, ...], str, Decimal, str]:
        """The order in which lines are shown and in which a cap takes them.

        The day decides, then the first event; the rest only makes the order the same every time.
        """
        return (self.effective_from, self.events, self.code, self.points, self.text)


class Case(NamedTuple):
    """What a rule looks at: one unit, one subject, one cycle, and the facts.

    ``memo`` is for what rules find out of the same facts alone, whatever the unit, the cycle and
    the setting. ``growing`` is kept from one step to the next while nothing but the facts changes:
    they are the same list while facts are only added at its end, and another when one of them was
    amended.
    """

    unit: Unit
    number: str
    cycle: Cycle
    rulebook: Rulebook
    readings: Readings
    setting: Setting
    facts: Sequence[Fact]
    memo: dict[Any, Any]
    growing: dict[Any, Any]

    def price(self, indicator: Indicator, key: str = "") -> Decimal:
        """Return the points in force for ``indicator`` and ``key``."""
        return self.readings.points(indicator.id, key)


def rounded(points: Decimal) -> Decimal:
    """Return ``points`` to 0.01, halves away from zero."""
    return points.quantize(CENT, rounding=ROUND_HALF_UP)


def show(points: Decimal) -> str:
    """Return ``points`` as a decimal string without trailing zeros, such as ``-2`` or ``0.5``."""
    if points == points.to_integral_value():
        return str(int(points))
    return format(points.normalize(), "f")


def signed(points: str) -> str:
    """Return ``points``, as ``show`` gives them, with a plus before what is added."""
    return points if points == "0" or points.startswith("-") else f"+{points}"


def numbers(positions: Iterable[int], between: str = " ") -> str:
    """Return the numbers of events as the office writes them, ``#3 #12``; a sentence has ``、``."""
    return between.join(f"#{position}" for position in positions)
