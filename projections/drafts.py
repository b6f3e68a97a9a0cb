"""The drafts of one step beside those of the next, and the lines that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from domain.lines import Draft, Line

Placed = tuple[str, str, Draft]
"""A draft with its cycle and its indicator."""


class Drafts:
    """The drafts of one unit and subject, from step to step.

    Most steps change few of them. Lines are made only of those that changed, and a draft that a
    rule gives again is recognised as the same object before its parts are compared.
    """

    def __init__(self, known: set[Line]) -> None:
        self._known: set[Line] | None = known
        self._drafts: list[Placed] = []
        self._ground: tuple[object, object] = (None, None)
        self._growing: dict[str, dict[str, Any]] = {}

    def growing(self, facts: object, setting: object) -> dict[str, dict[str, Any]]:
        """Return what rules keep from step to step, emptied when its ground is another."""
        if self._ground[0] is not facts or self._ground[1] is not setting:
            self._ground, self._growing = (facts, setting), {}
        return self._growing

    def change_to(self, drafts: list[Placed], unit: str) -> Iterator[tuple[Line, bool]]:
        """Take over the drafts of this step; return lines that went (False) and came (True)."""
        if self._known is not None:
            before, now = self._known, set(_lines(drafts, unit))
            self._known = None
        else:
            went, came = difference(self._drafts, drafts)
            before, now = set(_lines(went, unit)), set(_lines(came, unit))
        self._drafts = drafts
        if before != now:
            yield from ((line, False) for line in before - now)
            yield from ((line, True) for line in now - before)


def difference(
    before: Sequence[Placed], now: Sequence[Placed]
) -> tuple[Sequence[Placed], Sequence[Placed]]:
    """Return the parts of both that are left when what they begin and end with alike is cut."""
    shorter = min(len(before), len(now))
    first = 0
    while first < shorter and before[first] == now[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] == now[-1 - last]:
        last += 1
    return before[first : len(before) - last], now[first : len(now) - last]


def _lines(drafts: Iterable[Placed], unit: str) -> Iterator[Line]:
    for cycle, indicator, draft in drafts:
        yield Line(
            unit,
            cycle,
            indicator,
            draft.points,
            draft.code,
            draft.text,
            tuple(sorted(set(draft.events))),
            draft.effective_from,
            draft.effective_to,
        )
