"""跟班学习 in the made-up year."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.events.secondments import SecondmentEnded, SecondmentStarted
from infra.demo.tempers import SURNAMES, Temper
from infra.demo.workdays import END
from infra.demo.year import Year

_COUNT: Final = 11
_EARLY: Final = 3
_STILL_THERE: Final = 2
_LAST_START: Final = date(2022, 9, 20)


def secondments(year: Year) -> None:
    """Send people to the city's or the province's office: most stay three months, three do not."""
    days = sorted(year.day(date(2022, 2, 14), _LAST_START) for _ in range(_COUNT))
    for place, (on, temper) in enumerate(zip(days, _keen(year), strict=True)):
        number = year.number("跟班")
        host = "province" if year.chance(0.25) else "city"
        started = SecondmentStarted(
            on=on,
            secondment=number,
            unit=temper.name,
            person=f"{year.pick(SURNAMES)}某某",
            host=host,
        )
        entry = year.write(started)
        if place < _COUNT - _STILL_THERE:
            stay = (30, 80) if place < _EARLY else (95, 190)
            ended = SecondmentEnded(on=year.later(entry.day, *stay, last=END), secondment=number)
            year.write(ended, entry)


def _keen(year: Year) -> list[Temper]:
    """Return the units that send somebody, in no order: the diligent more often than others."""
    keen = [(temper.diligence + year.dice.random(), temper) for temper in year.tempers]
    chosen = [temper for _, temper in sorted(keen, reverse=True)[:_COUNT]]
    return year.some(chosen, _COUNT)
