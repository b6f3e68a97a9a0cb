"""What a benchmark says: a time beside its reference, and how that meets what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One row of the design note on speed.

    With ``rate`` the ratio says how many times as fast as the reference something is and has to
    reach ``at_least`` (better: ``wanted``); without, how many times as long it takes, and the two
    are limits.
    """

    name: str
    what: str
    reference: str
    rate: bool
    at_least: float
    wanted: float

    def verdict(self, ratio: float) -> str:
        """Return ``wanted``, ``at least`` or ``missed``."""
        for verdict, bound in (("wanted", self.wanted), ("at least", self.at_least)):
            if ratio >= bound if self.rate else ratio <= bound:
                return verdict
        return MISSED

    def bound(self, value: float) -> str:
        """Return a bound as the table shows it, such as ``≥ 0.6``."""
        return f"{'≥' if self.rate else '≤'} {value:g}"


@dataclass(frozen=True, slots=True)
class Result:
    """One goal measured: both sides as they are shown, their ratio, and how often it was taken."""

    goal: Goal
    measured: str
    reference: str
    ratio: float
    rounds: int

    @property
    def verdict(self) -> str:
        """How the ratio meets the goal."""
        return self.goal.verdict(self.ratio)

    @property
    def cells(self) -> Sequence[str]:
        """The row of the table."""
        goal = self.goal
        return (
            goal.what,
            self.measured,
            f"{goal.reference}: {self.reference}",
            f"{self.ratio:.3g}",
            goal.bound(goal.at_least),
            goal.bound(goal.wanted),
            self.verdict,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the result as a JSON object."""
        shown = {"measured": self.measured, "reference_measured": self.reference}
        known = {"ratio": self.ratio, "rounds": self.rounds, "verdict": self.verdict}
        return asdict(self.goal) | shown | known


def compared(
    goal: Goal,
    measured: Sequence[float],
    reference: Sequence[float],
    *,
    of: int = 1,
    unit: str = "",
) -> Result:
    """Return what the times of both sides say of ``goal``; each is the time of ``of`` things.

    The ratio is the median over the rounds, each of which has both sides next to one another.
    """
    pairs = list(zip(measured, reference, strict=True))
    ratios = [other / own if goal.rate else own / other for own, other in pairs]
    sides = [f"{duration(median(side) / of)}{unit}" for side in (measured, reference)]
    return Result(goal, sides[0], sides[1], median(ratios), len(pairs))


def duration(seconds: float) -> str:
    """Return a time with a fitting unit and three digits."""
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"
