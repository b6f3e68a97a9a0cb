"""What is about to be sent: an item before it has a number."""

from __future__ import annotations

from dataclasses import dataclass

from domain.days import Moment
from infra.demo.tempers import Temper
from infra.demo.year import Entry


@dataclass(slots=True)
class Draft:
    """An item that units are about to send, and the rows it comes after."""

    on: Moment
    authors: tuple[Temper, ...]
    kind: str
    title: str
    content: str = "ordinary"
    commission: str | None = None
    after: tuple[Entry, ...] = ()
