"""What is known later changes nothing that was known before, nor, in itself, an earlier day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import assume
from hypothesis import strategies as st

from domain.days import day_of, read_moment
from tests.oracle.registers import LATEST_CYCLE_START, questions, registers
from tests.properties.effort import tried_on
from tests.properties.offices import desk

if TYPE_CHECKING:
    from collections.abc import Mapping

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
def test_nothing_known_then_changes_when_more_is_recorded(data: st.DataObject) -> None:
    """The whole answer at a position is the same before and after more events are recorded."""
    lines = data.draw(registers())
    known = data.draw(st.integers(1, len(lines)))
    with desk(lines[:known]) as office:
        as_of = data.draw(questions(lines))[0]
        assume(_asked_in_a_cycle(lines[:known], as_of))
        early, before = data.draw(st.integers(1, known)), office.document(as_of, known)
        earlier = office.document(as_of, early)
        office.record(lines[known:])
        assert office.document(as_of, known) == before
        assert office.document(as_of, early) == earlier


@tried_on(few=25, many=250)
def test_an_event_changes_no_score_before_its_day(data: st.DataObject) -> None:
    """Scores of the days before an event are the same when the event is known as before it was.

    Save for what is said of days gone by.
    """
    lines = data.draw(registers())
    plain = [
        position
        for position, line in enumerate(lines, 1)
        if position > 1
        and line["type"] not in REACHES_BACK
        and _day(line) > LATEST_CYCLE_START
    ]
    assume(plain)
    with desk(lines) as office:
        for position in data.draw(st.lists(st.sampled_from(plain), max_size=8, unique=True)):
            days_before = data.draw(st.sampled_from([1, 1, 2, 10, 40, 200]))
            as_of = max(_day(lines[position - 1]) - timedelta(days_before), LATEST_CYCLE_START)
            before = _scores(office.sheets(as_of, position - 1))
            after = _scores(office.sheets(as_of, position))
            known = before.keys() & after.keys()
            assert {unit: after[unit] for unit in known} == {u: before[u] for u in known}


def _scores(sheets: Mapping[str, Any]) -> dict[str, Any]:
    """Each unit's total and what every indicator and group makes of it; ranks where nobody came."""
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


def _asked_in_a_cycle(lines: list[dict[str, Any]], as_of: date) -> bool:
    opened = [line for line in lines if line["type"] == "CycleOpened"]
    return bool(opened) and as_of >= LATEST_CYCLE_START
