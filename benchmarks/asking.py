"""Questions to the scores: against a replay of the log, and with ten times the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from benchmarks.replay import replay
from benchmarks.results import Goal, Result, compared
from benchmarks.scratch import Scratch
from benchmarks.timing import Take, in_turn, timed
from cli.office import Office
from projections.asking import Asked, Point
from projections.totals import totals

_ASKED: Final = Asked(as_of=date(2022, 12, 31))
_REPLAY: Final = "replaying the log for the answer"
_TOTALS: Final = Goal(
    name="totals",
    what="totals of all 41 units at (D, now), log of 20k events",
    reference=_REPLAY,
    rate=True,
    at_least=30,
    wanted=50,
)
_SHEET: Final = Goal(
    name="sheet",
    what="one unit's full sheet, the same",
    reference=_REPLAY,
    rate=True,
    at_least=100,
    wanted=300,
)
_GROWTH: Final = Goal(
    name="growth",
    what="time per unit of the totals query, 200k events of ten times the units",
    reference="20k events",
    rate=False,
    at_least=1.3,
    wanted=1.1,
)
_ROUNDS: Final = 7
_IN_A_ROW: Final = 10  # one alone is half gone before the processor has met the database again
_TIMES: Final = 15


def totals_of_all(scratch: Scratch) -> Iterator[Result]:
    """Ask for all totals."""
    office = scratch.log
    point = office.point(_ASKED)
    assert office.sheets.league(point)[0] == replay(office, point), "both say the same"
    times = in_turn(
        _asking(lambda: office.sheets.league(office.point(_ASKED))),
        lambda: timed(lambda: replay(office, point)),
        rounds=_ROUNDS,
    )
    yield compared(_TOTALS, *times)


def sheet(scratch: Scratch) -> Iterator[Result]:
    """Ask for the sheet of one unit, with its lines, ranks and notices."""
    office = scratch.log
    point = office.point(_ASKED)
    unit = next(iter(point.setting.units.values()))
    times = in_turn(
        _asking(lambda: office.sheets.at(office.point(_ASKED), [unit])),
        lambda: timed(lambda: replay(office, point)),
        rounds=_ROUNDS,
    )
    yield compared(_SHEET, *times)


def _asking(ask: Callable[[], object]) -> Take:
    """Return what asks several times in a row and says how long one took."""
    return lambda: timed(lambda: [ask() for _ in range(_IN_A_ROW)]) / _IN_A_ROW


def growth(scratch: Scratch) -> Iterator[Result]:
    """Ask a log and one ten times as long, of ten times the units, for their totals."""
    small, large = scratch.log, scratch.large
    sides = [(office, office.point(_ASKED)) for office in (large, small)]
    units = [len(point.setting.units) for _, point in sides]
    assert units[0] == 10 * units[1]
    times = in_turn(
        lambda: _sums(*sides[0]) / units[0], lambda: _sums(*sides[1]) / units[1], rounds=_TIMES
    )
    yield compared(_GROWTH, *times, unit=" a unit")


def _sums(office: Office, point: Point) -> float:
    with office.reading() as connection:
        totals(connection, point)
        return timed(lambda: totals(connection, point))
