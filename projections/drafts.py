"""The drafts of one step beside those of the next, and the lines that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.lines import Draft, Line
from domain.setting import Setting, Unit
from projections.history import Place

Placed = Mapping[Place, Sequence[Draft]]
"""The drafts of one step by their place; a place without any is left out."""


class Drafts:
    """The drafts of one unit and subject, from step to step.

    Most steps change few of them. Lines are made only of those that changed, and a draft that a
    rule gives again is recognised as the same object before its parts are compared.
    """

    def __init__(self, unit: str, known: set[Line]) -> None:
        self._unit = unit
        self._known = known
        self._drafts: Placed = {}
        self._scored: Unit | None = None
        self._setting: Setting | None = None
        self._growing: dict[str, dict[Any, Any]] = {}

    def growing(self, setting: Setting, cycle: str) -> dict[Any, Any]:
        """Return what rules keep from step to step in ``cycle``, emptied by another setting."""
        if self._setting is not setting:
            self._setting, self._growing = setting, {}
        return self._growing.setdefault(cycle, {})

    def change_to(self, drafts: Placed, scored: Unit | None) -> Iterable[tuple[Line, bool]]:
        """Take over the drafts of this step; return lines that went (False) and came (True).

        ``scored`` is the unit as it is now; what begins after it was merged is no line.
        """
        went, came = self._drafts, drafts
        if scored is self._scored and not self._known:
            if went == came:
                return ()
            went, came = differing(went, came)
        gone = self._lines(went, self._scored)
        new = self._lines(came, scored)
        before, self._known = self._known, set()
        self._drafts, self._scored = drafts, scored
        if not before and len(gone) + len(new) == 1:  # as in most steps
            return [*((line, False) for line in gone), *((line, True) for line in new)]
        before, now = {*before, *gone}, {*new}
        return [(line, False) for line in before - now] + [(line, True) for line in now - before]

    def _lines(self, drafts: Placed, scored: Unit | None) -> list[Line]:
        found: list[Line] = []
        if scored is None:
            return found
        for (cycle, indicator), held in drafts.items():
            for points, code, text, events, begins, ends in held:
                if begins < ends and scored.begins_on(begins):
                    rests = events if len(events) == 1 else tuple(sorted(set(events)))
                    found.append(
                        Line(self._unit, cycle, indicator, points, code, text, rests, begins, ends)
                    )
        return found


def differing(before: Placed, now: Placed) -> tuple[Placed, Placed]:
    """Return the parts of both that are left when, place by place, what is alike is cut off."""
    if not before or not now:
        return before, now
    went: dict[Place, Sequence[Draft]] = {}
    came: dict[Place, Sequence[Draft]] = {}
    for place in before.keys() | now.keys():
        went[place], came[place] = difference(before.get(place, ()), now.get(place, ()))
    return went, came


def difference(
    before: Sequence[Draft], now: Sequence[Draft]
) -> tuple[Sequence[Draft], Sequence[Draft]]:
    """Return the parts of both that are left when what they begin and end with alike is cut."""
    if before == now:
        return (), ()
    shorter = min(len(before), len(now))
    if before[:shorter] == now[:shorter]:  # one more at the end, as most often
        return before[shorter:], now[shorter:]
    first = 0
    while first < shorter and (before[first] is now[first] or before[first] == now[first]):
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == now[-1 - last]:
        last += 1
    return before[first : len(before) - last], now[first : len(now) - last]
