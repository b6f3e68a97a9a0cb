"""What the units are like: some are diligent and write well, some have to be asked twice."""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

from infra.demo.units import UNITS, DemoUnit

_LAZIEST, _SPREAD, _BEND = 0.1, 0.88, 0.6


class Temper(NamedTuple):
    """A unit with its diligence (is it on time, does it send enough) and its skill, from 0 to 1."""

    unit: DemoUnit
    diligence: float
    skill: float

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.unit.name


SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"


def tempers(dice: Random) -> tuple[Temper, ...]:
    """Return the units, most of them diligent and a few not, in the order of 附件1."""
    places = dice.sample(range(len(UNITS)), len(UNITS))
    return tuple(_temper(unit, place, dice) for unit, place in zip(UNITS, places, strict=True))


def _temper(unit: DemoUnit, place: int, dice: Random) -> Temper:
    diligence = _LAZIEST + _SPREAD * (place / (len(UNITS) - 1)) ** _BEND
    return Temper(unit, diligence, (diligence + dice.random()) / 2)
