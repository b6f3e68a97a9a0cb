"""What is known later changes nothing that was known before, nor, in itself, an earlier day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from domain.days import day_of, read_moment
from tests.oracle.registers import LATEST_CYCLE_START
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk, question, split

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

REACHES_BACK = {
    "EventCorrected",
    "EventRetracted",
    "RulingMade",
    "QuotaSet",
    "CommissionExtended",
    "CommissionWithdrawn",
}
"""What is said of days gone by; ``test_reaching_back`` shows each of them doing so."""


@tried_on(few=25, many=250)
def test_nothing_known_then_changes_when_more_is_recorded(lines: Lines, chance: Random) -> None:
    """The whole answer at a position is the same before and after more events are recorded."""
    opened = next(at for at, line in enumerate(lines, 1) if line["type"] == "CycleOpened")
    known = chance.randint(opened, len(lines))
    asked = [(question(lines, chance)[0], chance.randint(opened, known)) for _ in range(3)]
    with desk(*split(lines[:known], chance)) as office:
        before = [office.document(*point) for point in asked]
        office.record(lines[known:])
        assert [office.document(*point) for point in asked] == before


@tried_on(few=25, many=250)
def test_an_event_changes_no_score_before_its_day(lines: Lines, chance: Random) -> None:
    """Scores of the days before an event are the same when the event is known as before it was.

    Save for what is said of days gone by.
    """
    plain = [
        position
        for position, line in enumerate(lines, 1)
        if position > 1 and line["type"] not in REACHES_BACK and _day(line) > LATEST_CYCLE_START
    ]
    with desk(lines) as office:
        for position in chance.sample(plain, min(len(plain), 8)):
            days_before = timedelta(chance.choice([1, 1, 2, 10, 40, 200]))
            as_of = max(_day(lines[position - 1]) - days_before, LATEST_CYCLE_START)
            before = _scores(office.sheets(as_of, position - 1))
            after = _scores(office.sheets(as_of, position))
            assert {unit: after[unit] for unit in before} == before, position


def _scores(sheets: Mapping[str, Any]) -> dict[str, Any]:
    """Each unit's total and what every indicator and group makes of it."""
    return {
        unit: (
            *(sheet[key] for key in ("total", "base", "bonus")),
            *((group["deducted"], group["absorbed"], group["score"]) for group in sheet["groups"]),
            *(
                (indicator["raw"], indicator["effective"])
                for group in sheet["groups"]
                for indicator in group["indicators"]
            ),
        )
        for unit, sheet in sheets.items()
    }


def _day(line: Mapping[str, Any]) -> date:
    return day_of(read_moment(line["on"]))
