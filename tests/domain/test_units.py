"""A unit over time: its names, its category, and the unit that it was merged into."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.domain.telling import START, Told, decided, said

if TYPE_CHECKING:
    from domain.setting import Unit


def unit(*lines: Told) -> Unit:
    """Return 应县, a county enrolled on 1 January 2022, as it stands after the lines."""
    register, batch = decided((*START, *lines))
    assert batch.faults == []
    return register.setting().units["应县"]


def changed(on: str, **fields: object) -> Told:
    """A change of it."""
    return said("UnitChanged", on, unit="应县", **fields)


@pytest.mark.parametrize(
    ("day", "category"),
    [
        ("2021-12-31", "county"),
        ("2022-04-30", "county"),
        ("2022-05-01", "zone"),
        ("2022-06-30", "zone"),
        ("2022-07-01", "department"),
    ],
)
def test_a_category_holds_from_its_day_on(day: str, category: str) -> None:
    """Until the next one, in the order of days and not of the log."""
    told = unit(
        changed("2022-07-01", category="department"),
        changed("2022-05-01T18:00:00", category="zone"),
    )
    assert told.category_on(date.fromisoformat(day)) == category


def test_a_change_of_a_day_before_the_enrolment() -> None:
    """The category is that of the change from its day on, also after the day of enrolment."""
    told = unit(changed("2021-12-01", category="zone"))
    assert told.category_on(date(2021, 12, 1)) == "zone"
    assert told.category_on(date(2022, 5, 1)) == "zone"


def test_of_one_day_the_last_recorded_holds() -> None:
    """Two changes of one day: the later in the log."""
    told = unit(
        changed("2022-05-01", category="zone"), changed("2022-05-01", category="department")
    )
    assert told.category_on(date(2022, 5, 1)) == "department"


def test_a_name_holds_from_its_day_on_and_every_one_finds_the_unit() -> None:
    """The new name is shown from its day on; old and new names and aliases are all its own."""
    told = unit(changed("2022-05-01", name="应州市", aliases=["应州"]))
    assert told.name_on(date(2022, 4, 30)) == "应县"
    assert told.name_on(date(2022, 5, 1)) == "应州市"
    assert set(told.spellings) == {"应县", "应县政府", "应州市", "应州"}


def test_nothing_begins_after_the_day_of_a_merger() -> None:
    """On the day itself something still may."""
    told = unit(changed("2022-05-01", into="市财政局"))
    assert told.begins_on(date(2022, 5, 1))
    assert not told.begins_on(date(2022, 5, 2))
    assert unit().begins_on(date(2030, 1, 1))
