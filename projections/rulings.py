"""Which events between two points changed how the rulebook is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.codec import decode
from domain.events.corrections import Amendment
from domain.events.setting import CYCLES, RULINGS, CycleOpened, RulingMade
from domain.standing import Standing
from projections.facts import rows_of

if TYPE_CHECKING:
    from domain.events.base import Event
    from domain.log import Log
    from projections.asking import Point
    from projections.facts import Reading

RULEBOOK = "rulebook"
"""Stands in the place of a parameter when another rulebook was chosen."""


def rulings_between(log: Log, reading: Reading, before: Point, after: Point) -> dict[str, set[int]]:
    """Return the positions between the points that changed a parameter, or the rulebook, by name.

    A correction or retraction of a ruling changes the parameter that the ruling was about until
    then, and the one that it is about from then on.
    """
    first, last = sorted((before.position, after.position))
    with reading() as connection:
        held = sorted({at for _, at in rows_of(connection, (CYCLES, RULINGS)) if at <= last})
    standing = Standing()
    found: dict[str, set[int]] = {}
    for row in log.rows_at(held):
        event = decode(row.type, row.data)
        contents = [_content(standing, event.target)] if isinstance(event, Amendment) else []
        standing.record(row.position, event)
        contents.append(_content(standing, row.position))
        if row.position > first:
            for name in _parameters(contents, before, after):
                found.setdefault(name, set()).add(row.position)
    return found


def _content(standing: Standing, at: int) -> Event | None:
    """Return the ruling or cycle that the event at ``at`` is in the end about, as it is now."""
    root = standing.entry(standing.root(at))
    return root.content() if root else None


def _parameters(contents: list[Event | None], before: Point, after: Point) -> set[str]:
    found = set()
    for event in contents:
        if isinstance(event, RulingMade) and event.cycle in {None, after.cycle.name}:
            found.add(event.parameter)
        elif isinstance(event, CycleOpened) and event.cycle == after.cycle.name:
            found |= {RULEBOOK} if before.rulebook.id != after.rulebook.id else set()
    return found
