"""Which events between two points changed how the rulebook is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events.codec import decode
from domain.events.setting import CYCLES, RULINGS, CycleOpened, RulingMade
from domain.standing import Standing
from projections.facts import rows_of

if TYPE_CHECKING:
    from domain.log import Log
    from projections.asking import Point
    from projections.facts import Reading

RULEBOOK = "rulebook"
"""Stands in the place of a parameter when another rulebook was chosen."""


def rulings_between(log: Log, reading: Reading, before: Point, after: Point) -> dict[str, set[int]]:
    """Return the positions between the points that changed a parameter, or the rulebook, by name.

    A correction or retraction of a ruling changes its parameter as the ruling itself did.
    """
    first, last = sorted((before.position, after.position))
    with reading() as connection:
        held = sorted({at for _, at in rows_of(connection, (CYCLES, RULINGS)) if at <= last})
    standing = Standing()
    for row in log.rows_at(held):
        standing.record(row.position, decode(row.type, row.data))
    found: dict[str, set[int]] = {}
    for at in held:
        if at > first:
            for name in _parameters(standing, at, before, after):
                found.setdefault(name, set()).add(at)
    return found


def _parameters(standing: Standing, at: int, before: Point, after: Point) -> set[str]:
    root = standing.entry(standing.root(at))
    contents = () if root is None else (root.recorded, root.content())
    found = set()
    for event in contents:
        if isinstance(event, RulingMade) and event.cycle in {None, after.cycle.name}:
            found.add(event.parameter)
        elif isinstance(event, CycleOpened) and event.cycle == after.cycle.name:
            found |= {RULEBOOK} if before.rulebook.id != after.rulebook.id else set()
    return found
