"""Where the rows of lists and reports come from: each event, by whom, when, and from which row."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from projections.grounds import Grounds

if TYPE_CHECKING:
    from domain.log import Log
    from projections.asking import Point

_LEFT_OUT = frozenset({"fields", "label"})


def origins(point: Point, log: Log, positions: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the events at ``positions`` as they were recorded, for JSON documents.

    Raises ``IntegrityBroken`` when the log does not hold one of them.
    """
    grounds = Grounds(log, point.rulebook.vocabulary, positions)
    return {at: _origin(grounds.event(at)) for at in positions}


def _origin(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in _LEFT_OUT}
