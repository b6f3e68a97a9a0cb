"""Why each part of a difference is there: the events, rulings and deadlines that caused it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.rulebook.model import cap_path
from projections.deadlines import deadline_of, is_deadline
from projections.grounds import Grounds
from projections.rulings import RULEBOOK, rulings_between

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from domain.log import Log
    from projections.differing import Changed, Difference
    from projections.facts import Reading
    from projections.limits import CapChange, WeightChange

Cause = dict[str, Any]
"""For a JSON document: an event, told as in ``kaohe explain``, or a day that passed."""


class Causes:
    """The causes of every part of one difference. No part is without one.

    A line has the events by which it began or ceased to be known, and the day on which it came
    into force or went out of it, with what was ``due`` by when if that was a deadline. What a cap
    or a weight absorbs is changed by the rulings that moved a cap, and by the causes of the lines
    that come and go beneath it.
    """

    def __init__(self, found: Difference, log: Log, reading: Reading) -> None:
        self._changed = [*found.went, *found.came]
        self._moved = {cap.indicator.id for cap in found.caps if cap.moved}
        before, after = found.before.point, found.after.point
        self._rulings = rulings_between(log, reading, before, after)
        positions = {at for one in self._changed for at in one.positions}
        positions = positions.union(*self._rulings.values(), *map(_setting_due, self._changed))
        self._grounds = Grounds(log, after.rulebook.vocabulary, positions)

    def of_line(self, one: Changed) -> list[Cause]:
        """Return why a line came or went."""
        causes = self._events(one.positions)
        if one.day is not None:
            begins = one.day == one.line.effective_from
            due = None
            if begins and is_deadline(one.line):
                what, by = deadline_of(one.line, self._grounds.contents(one.line.events))
                due = {"what": what, "by": by.isoformat()}
            day = one.day.isoformat()
            causes.append({"kind": "day", "day": day, "begins": begins, "due": due})
        return causes

    def of_cap(self, one: CapChange) -> list[Cause]:
        """Return why a cap absorbs something else."""
        return self._of_limit({one.indicator.id})

    def of_weight(self, one: WeightChange) -> list[Cause]:
        """Return why the weight of a group absorbs something else."""
        return self._of_limit({indicator.id for indicator in one.group.indicators})

    def _of_limit(self, indicators: Collection[str]) -> list[Cause]:
        paths = [RULEBOOK, *(cap_path(name) for name in self._moved.intersection(indicators))]
        found = self._events(sorted({at for path in paths for at in self._rulings.get(path, ())}))
        for cause in self._beneath(indicators):
            if cause not in found:
                found.append(cause)
        return found

    def _beneath(self, indicators: Collection[str]) -> Iterator[Cause]:
        for one in self._changed:
            if one.line.indicator in indicators:
                yield from self.of_line(one)

    def _events(self, positions: Iterable[int]) -> list[Cause]:
        return [{"kind": "event", **self._grounds.event(at)} for at in positions]


def _setting_due(one: Changed) -> Collection[int]:
    """Return the events that say what was due, where a deadline is a cause."""
    passed = one.day == one.line.effective_from and is_deadline(one.line)
    return one.line.events if passed else ()
