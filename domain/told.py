"""An event told to those who only want to read the log: what it says and what it did to scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from domain.days import Moment
from domain.events.fields import Source
from domain.lines import show, signed

Effect = Mapping[str, Decimal]
"""For each unit, the points of the lines in force that rest on an event.

Caps come after the lines, and a line that rests on several events stands with each of them, so
that effects do not add up to a score.
"""


class ToldEvent(NamedTuple):
    """One row of the log as people read it.

    ``on`` is a day or an instant, ``recorded_at`` an instant. ``units`` are those that the event
    names, or whose item, staff change, finding or secondment it is about; none where it concerns
    all. What became of it and its ``effect`` are as known at one moment.
    """

    position: int
    units: tuple[str, ...]
    summary: str
    type: str
    label: str
    on: Moment
    recorded_at: datetime
    actor: str | None
    ref: str | None
    source: Source | None
    corrected_by: tuple[int, ...]
    retracted_by: int | None
    effect: Effect


class Basis(NamedTuple):
    """What the effects in an export rest on: cycle, day, position known; no cycle, no effects."""

    cycle: str | None
    as_of: str
    position: int


def show_effect(effect: Effect) -> str:
    """Return an effect as an office writes it, such as ``应县 +2；怀仁市 -1``."""
    return "；".join(f"{unit} {signed(show(points))}" for unit, points in effect.items())
