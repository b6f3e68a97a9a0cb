"""主要领导批示: documents without the head's written instruction."""

from __future__ import annotations

import pytest

from domain.lines import show
from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said

MISSING = "instruction_missing"


def document(on: str = "2022-03-01", kind: str = "notice", **more: object) -> Told:
    """A document that every unit has to instruct on."""
    return said("DocumentIssued", on, document="甲", title="通知", kind=kind, **more)


def instructed(on: str, unit: str = "应县") -> Told:
    """An instruction on it."""
    return said("LeaderInstructed", on, document="甲", unit=unit)


def ruled(value: str) -> Told:
    """A ruling on what late evidence does."""
    return said("RulingMade", "2022-12-01", parameter="evidence.cure", value=value, reason="会议")


@pytest.mark.parametrize(
    ("kind", "points"), [("notice", "-2"), ("scheme", "-2"), ("circular", "-1")]
)
def test_each_kind_has_its_price(kind: str, points: str) -> None:
    """A notice or a scheme costs 2, a circular 1, from the day after the evidence is due."""
    seen = rows(document(kind=kind), on="instruction")
    assert seen == [Row(points, "2023-01-16", None, MISSING)]


def test_an_instruction_by_the_due_leaves_no_line() -> None:
    """The due's own day is in time, for the unit that wrote it and no other."""
    told = (document(), instructed("2023-01-15"))
    assert rows(*told, on="instruction") == []
    assert len(rows(*told, on="instruction", of="市财政局")) == 1


def test_a_late_instruction_ends_the_line() -> None:
    """From its day on the points are back; the line names the instruction that ended it."""
    told = (document(), instructed("2023-02-01"))
    assert rows(*told, on="instruction") == [Row("-2", "2023-01-16", "2023-02-01", MISSING)]
    assert lines_on(*told, on="instruction")[0].events == (5, 6)


def test_an_instruction_on_the_next_day_leaves_no_line() -> None:
    """A line that would end on the day it begins does not exist."""
    assert rows(document(), instructed("2023-01-16"), on="instruction") == []


def test_never_cured() -> None:
    """With ``evidence.cure`` never, a late instruction changes nothing, not even the events."""
    told = (document(), instructed("2023-02-01"), ruled("never"))
    assert rows(*told, on="instruction") == [Row("-2", "2023-01-16", None, MISSING)]
    assert lines_on(*told, on="instruction")[0].events == (5,)


@pytest.mark.parametrize(
    ("due", "seen", "begins"),
    [
        ("2022-04-01", "2022-04-01", None),
        ("2022-04-01", "2022-04-01T23:59:59+08:00", None),
        ("2022-04-01", "2022-04-01T16:00:00Z", "2022-04-02"),
        ("2022-04-01T17:00:00+08:00", "2022-04-01", None),
        ("2022-04-01T17:00:00+08:00", "2022-04-01T17:00:00+08:00", None),
        ("2022-04-01T17:00:00+08:00", "2022-04-01T17:00:01+08:00", "2022-04-01"),
    ],
)
def test_a_due_of_its_own(due: str, seen: str, begins: str | None) -> None:
    """A day's due ends with the day; an hour counts where both were written with one.

    What begins is shown with the reading that no late evidence ends it.
    """
    told = (document(instruction_due=due), instructed(seen), ruled("never"))
    expected = [Row("-2", begins, None, MISSING)] if begins else []
    assert rows(*told, on="instruction") == expected


def test_the_earliest_instruction_decides() -> None:
    """One recorded later may be the earlier; a second one takes nothing back."""
    told = (document(), instructed("2023-03-01"), instructed("2023-02-01"))
    assert rows(*told, on="instruction") == [Row("-2", "2023-01-16", "2023-02-01", MISSING)]


@pytest.mark.parametrize(("day", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_the_day_of_the_document_decides_the_year(day: str, year: str) -> None:
    """31 December belongs to the old year, 1 January to the new, each with its own due."""
    begins = {"2022": "2023-01-16", "2023": "2024-01-16"}
    for asked in ("2022", "2023"):
        seen = rows(document(day), on="instruction", cycle=asked, after=(*START, NEXT_YEAR))
        expected = [Row("-2", begins[year], None, MISSING)] if asked == year else []
        assert seen == expected


def test_a_corrected_document_names_its_correction() -> None:
    """It costs what its corrected kind costs, and the line says which correction made it so."""
    changes = {"kind": "circular"}
    corrected = said("EventCorrected", "2022-03-05", target=5, changes=changes, reason="看错")
    (line,) = lines_on(document(), corrected, on="instruction")
    assert (show(line.points), line.events) == ("-1", (5, 6))
