"""What caps leave of each line: the last ones are swallowed first.

An indicator's cap, and then the weight of its group, are used up by the lines in their order; what
comes after counts for nothing. The parts are those of the totals, told line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
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
        """What the line adds to the score or takes off it in the end."""
        absorbed = self.absorbed_by_cap + self.absorbed_by_weight
        return self.line.points + absorbed if self.line.points < 0 else self.line.points - absorbed


def counted(total: Total, lines: Mapping[str, Iterable[Line]]) -> dict[str, list[Counted]]:
    """Return every line in force, by indicator and in order, with what is left of it.

    ``lines`` are those that ``total`` was taken from, by indicator. The points of an indicator's
    lines and what its cap absorbs of them add up to ``raw``; those of all lines to the score
    (note 1.1; note 1.4, order under a cap).
    """
    return {
        indicator: held for group in total.groups for indicator, held in _in_group(group, lines)
    }


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return ``lines`` in the order in which they are shown and in which a cap takes them.

    Lines of one day that rest on the same events, such as the parts of a duty roster, are told
    apart by their code and text, so that the same sheet is printed on any machine.
    """
    return sorted(lines, key=lambda held: (held.order, held.code, held.text, held.points))


def _in_group(
    group: GroupTotal, lines: Mapping[str, Iterable[Line]]
) -> Iterator[tuple[str, list[Counted]]]:
    after_cap = {
        total.indicator.id: list(_capped(in_order(lines.get(total.indicator.id, ())), total.cap))
        for total in group.indicators
    }
    together = sorted(chain.from_iterable(after_cap.values()), key=lambda part: part.line.order)
    parts = _weighed(together, group.group.weight)
    return ((name, [next(parts[part.line]) for part in held]) for name, held in after_cap.items())


def _capped(lines: Iterable[Line], cap: Decimal | None) -> Iterator[Counted]:
    left = cap
    for held in lines:
        size = abs(held.points)
        absorbed = ZERO if left is None else max(ZERO, size - left)
        left = None if left is None else left - size + absorbed
        yield Counted(held, absorbed, ZERO)
