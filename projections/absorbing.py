"""What caps leave of each line: the last ones are swallowed first.

An indicator's cap, and then the weight of its group, are used up by the lines in their order; what
comes after counts for nothing. It is the same absorption as in the totals, told line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.lines import Line
from projections.totals import ZERO, GroupTotal, Total


class Counted(NamedTuple):
    """A line in force, and what its indicator's cap and its group's weight swallow of it."""

    line: Line
    absorbed_by_cap: Decimal
    absorbed_by_weight: Decimal

    @property
    def points(self) -> Decimal:
        """What the line adds to the score, or takes off it, in the end."""
        absorbed = self.absorbed_by_cap + self.absorbed_by_weight
        return self.line.points + absorbed if self.line.points < 0 else self.line.points - absorbed


def counted(total: Total, lines: Mapping[str, Iterable[Line]]) -> dict[str, list[Counted]]:
    """Return the lines in force of every indicator, in order, with what is left of each.

    ``lines`` are those that ``total`` was taken from, by indicator. What is left of all lines
    adds up to what the score has more or less than its base.
    """
    found: dict[str, list[Counted]] = {}
    for group in total.groups:
        found |= _in_group(group, lines)
    return found


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return ``lines`` in the order in which they are shown and in which a cap takes them."""
    return sorted(lines, key=lambda held: held.order)


def _in_group(group: GroupTotal, lines: Mapping[str, Iterable[Line]]) -> dict[str, list[Counted]]:
    caps = {total.indicator.id: _Limit(total.cap) for total in group.indicators}
    weight = _Limit(group.group.weight)
    found: dict[str, list[Counted]] = {name: [] for name in caps}
    for held in in_order(held for name in caps for held in lines.get(name, ())):
        size = abs(held.points)
        by_cap = caps[held.indicator].absorb(size)
        by_weight = weight.absorb(size - by_cap)
        found[held.indicator].append(Counted(held, by_cap, by_weight))
    return found


class _Limit:
    """How many points may still come; ``None`` is any number."""

    def __init__(self, left: Decimal | None) -> None:
        self._left = left

    def absorb(self, size: Decimal) -> Decimal:
        """Use up what is left for ``size`` points, and return how many of them find no room."""
        if self._left is None:
            return ZERO
        kept = min(size, self._left)
        self._left -= kept
        return size - kept
