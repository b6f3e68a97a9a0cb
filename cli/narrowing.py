"""What a list is narrowed to: a day, a moment of knowledge, a year; each may be left open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.days import day_of

if TYPE_CHECKING:
    from cli.office import Office
    from domain.setting import Cycle
    from projections.asking import Asked


class Narrowed(NamedTuple):
    """How far the log is known, up to which day, and in which year; ``None`` is no limit."""

    upto: int
    as_of: date | None
    year: Cycle | None

    def by_then(self, on: date) -> bool:
        """Tell whether a day or moment is not after the day asked for."""
        return self.as_of is None or day_of(on) <= self.as_of

    def in_year(self, on: date) -> bool:
        """Tell whether a day or moment lies in the year asked for."""
        return self.year is None or self.year.covers(day_of(on))


def narrowed_to(opened: Office, asked: Asked) -> Narrowed:
    """Return what ``asked`` narrows a list to.

    Raises ``NotKnown`` when there is no such position, or the year was not known there.
    """
    upto = opened.points.position_of(asked.known_at)
    year = opened.points.find(asked).cycle if asked.cycle else None
    return Narrowed(upto, asked.as_of, year)
