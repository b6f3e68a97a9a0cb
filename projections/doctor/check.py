"""What a check is: what it looks for, what that means, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from projections.known import Known


class Examined(NamedTuple):
    """What checks look at: what stood on a day, when it was recorded, and how far is too far.

    ``recorded_at`` has the moment of recording of each position, in order; ``far`` is a number of
    days, ``now`` the moment by the clock of who asks.
    """

    known: Known
    recorded_at: dict[int, str]
    far: int
    now: datetime


class Found(NamedTuple):
    """One thing found: what it is in words, the events it rests on, and the units concerned."""

    text: str
    events: tuple[int, ...]
    units: tuple[str, ...] = ()


class Check(NamedTuple):
    """A check: its title, what a finding means, what to do then, and the function that looks."""

    title: str
    meaning: str
    advice: str
    find: Callable[[Examined], Iterator[Found]]
