"""The drafts of one step beside those of the next, and the lines that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.lines import Draft, Line
from domain.setting import Setting, Unit

Place = tuple[str, str]
"""A cycle and an indicator."""

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

    def change_to(self, drafts: Placed, scored: Unit | None) -> Iterator[tuple[Line, bool]]:
        """Take over the drafts of this step; return lines that went (False) and came (True).

        ``scored`` is the unit as it is now; what begins after it was merged is no line.
        """
        went, came = self._drafts, drafts
        if scored is self._scored and not self._known:
            went, came = differing(went, came)
        before = {*self._known, *self._lines(went, self._scored)}
        now = set(self._lines(came, scored))
        self._known, self._drafts, self._scored = set(), drafts, scored
        if before or now:
            yield from ((line, False) for line in before - now)
            yield from ((line, True) for line in now - before)

    def _lines(self, drafts: Placed, scored: Unit | None) -> Iterator[Line]:
        if scored is None:
            return
        for (cycle, indicator), held in drafts.items():
            for draft in held:
                begins = draft.effective_from
                if begins < draft.effective_to and scored.begins_on(begins):
                    yield Line(
                        self._unit,
                        cycle,
                        indicator,
                        draft.points,
                        draft.code,
                        draft.text,
                        tuple(sorted(set(draft.events))),
                        begins,
                        draft.effective_to,
                    )


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
    first = 0
    while first < shorter and before[first] == now[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == now[-1 - last]:
        last += 1
    return before[first : len(before) - last], now[first : len(now) - last]
