"""What caps and weights absorb at one point and at another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from domain.rulebook.model import Group, Indicator
from projections.totals import ZERO, GroupTotal, IndicatorTotal, Total


class CapChange(NamedTuple):
    """An indicator whose cap absorbs something else than before; ``change`` is what that does."""

    indicator: Indicator
    before: IndicatorTotal
    after: IndicatorTotal
    change: Decimal

    @property
    def moved(self) -> bool:
        """Whether the cap itself is another, not only what it absorbs."""
        return self.before.cap != self.after.cap


class WeightChange(NamedTuple):
    """A group whose weight absorbs something else than before; ``change`` is what that does."""

    group: Group
    absorbed_before: Decimal
    absorbed_after: Decimal
    change: Decimal


def cap_changes(before: Total, after: Total) -> Iterator[CapChange]:
    """Return the indicators whose cap is another, or does something else to the score."""
    old, new = _by_indicator(before), _by_indicator(after)
    for name in dict.fromkeys([*new, *old]):
        was = old.get(name) or _nothing_of(new[name])
        now = new.get(name) or _nothing_of(was)
        change = (now.effective - now.raw) - (was.effective - was.raw)
        if change or was.cap != now.cap:
            yield CapChange(now.indicator, was, now, change)


def weight_changes(before: Total, after: Total) -> Iterator[WeightChange]:
    """Return the groups whose weight does something else to the score."""
    old, new = ({held.group.id: held for held in total.groups} for total in (before, after))
    for name in dict.fromkeys([*new, *old]):
        was, now = old.get(name), new.get(name)
        change = _kept(now) - _kept(was)
        if change:
            group = (new.get(name) or old[name]).group
            yield WeightChange(group, _absorbed(was), _absorbed(now), change)


def _by_indicator(total: Total) -> dict[str, IndicatorTotal]:
    return {held.indicator.id: held for group in total.groups for held in group.indicators}


def _nothing_of(like: IndicatorTotal) -> IndicatorTotal:
    """Return the total of an indicator at a point whose rulebook does not have it."""
    return IndicatorTotal(like.indicator, None, ZERO, ZERO)


def _absorbed(total: GroupTotal | None) -> Decimal:
    return total.absorbed if total else ZERO


def _kept(total: GroupTotal | None) -> Decimal:
    """Return what a group adds to the sum of its indicators: its weight, and what that absorbs."""
    return (total.group.weight or ZERO) + total.absorbed if total else ZERO
