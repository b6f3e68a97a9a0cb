"""What single events did to scores: the points of the lines in force that rest on each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from domain.told import Effect
from projections.asking import Point
from projections.facts import Reading
from projections.tables import line
from projections.writing import points_of

if TYPE_CHECKING:
    from sqlalchemy import Select

_WINDOW: Final = 20_000
_ROWS_AT_ONCE: Final = 2_000


class Effects:
    """The effects of events at a point, to be asked for in the order of the log.

    An effect is, for each unit, the sum of the points of the lines of the point's cycle that
    are known at its position, are in force on its day and name the event; before any cap. A line
    that rests on several events counts with each of them. The lines are read once for each
    ``window`` of positions, whose effects are then in memory.
    """

    def __init__(self, reading: Reading, point: Point, *, window: int = _WINDOW) -> None:
        self._reading = reading
        self._point = point
        self._window = window
        self._upto = 0
        self._held: dict[int, dict[str, int]] = {}
        units = point.setting.units.values()
        self._names = {unit.id: unit.name_on(point.as_of) for unit in units}

    def of(self, position: int) -> Effect:
        """Return what the event at ``position`` gives and takes, in the order of enrolment."""
        if position > self._upto:
            self._load(position)
        points = self._held.get(position, {})
        return {
            name: points_of(points[unit]) for unit, name in self._names.items() if unit in points
        }

    def _load(self, first: int) -> None:
        self._upto = first + self._window - 1
        self._held = {}
        with self._reading() as connection:
            streaming = connection.execution_options(yield_per=_ROWS_AT_ONCE)
            for unit, points, events in streaming.execute(self._lines()):
                for at in json.loads(events):
                    if first <= at <= self._upto:
                        held = self._held.setdefault(at, {})
                        held[unit] = held.get(unit, 0) + points

    def _lines(self) -> Select[str, int, str]:
        point, day = self._point, self._point.as_of.isoformat()
        return select(line.c.unit, line.c.points, line.c.events).where(
            line.c.cycle == point.cycle.name,
            line.c.known_from <= point.position,
            line.c.known_to > point.position,
            line.c.effective_from <= day,
            line.c.effective_to > day,
        )
