"""Findings: what the office found wrong, from its day."""

from __future__ import annotations

import pytest

from domain.lines import show
from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said

PRICES = {
    "misaddressed": ("format", "-1"),
    "plagiarism": ("quality", "-1"),
    "outline_only": ("quality", "-1"),
    "non_cooperation": ("feedback", "-1"),
    "named_criticism": ("accuracy", "-5"),
}


def found(kind: str, on: str = "2022-05-01", number: str = "1", unit: str = "应县") -> Told:
    """A finding."""
    return said("FindingMade", on, finding=number, unit=unit, kind=kind)


@pytest.mark.parametrize("kind", PRICES)
def test_each_kind_has_its_indicator_and_price(kind: str) -> None:
    """The code is the kind, the line is open, and no other indicator has one."""
    seen = {name: rows(found(kind), on=name) for name, _ in PRICES.values()}
    name, points = PRICES[kind]
    assert seen.pop(name) == [Row(points, "2022-05-01", None, kind)]
    assert not any(seen.values())


def test_every_finding_is_a_line() -> None:
    """Two of one kind on one day are two; the cap is the sheet's business."""
    told = (found("plagiarism"), found("plagiarism", number="2"), found("outline_only", number="3"))
    assert [row.code for row in rows(*told, on="quality")] == [
        "plagiarism",
        "plagiarism",
        "outline_only",
    ]


def test_it_is_the_units_own() -> None:
    """Another unit's sheet shows nothing."""
    assert rows(found("plagiarism"), on="quality", of="市财政局") == []


@pytest.mark.parametrize(("day", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_its_day_decides_the_year(day: str, year: str) -> None:
    """31 December is still the old year's."""
    for asked in ("2022", "2023"):
        seen = rows(found("plagiarism", day), on="quality", cycle=asked, after=(*START, NEXT_YEAR))
        assert bool(seen) == (asked == year)


def test_an_instant_counts_on_its_day_in_shanghai() -> None:
    """31 December 23:30 in UTC is 1 January here."""
    assert rows(found("plagiarism", "2022-12-31T23:30:00Z"), on="quality") == []
    seen = rows(found("plagiarism", "2022-12-31T15:30:00Z"), on="quality")
    assert seen == [Row("-1", "2022-12-31", None, "plagiarism")]


def test_a_corrected_kind_moves_to_its_indicator() -> None:
    """The line is where the corrected kind belongs, and names the correction."""
    changes = {"kind": "named_criticism", "on": "2022-05-03"}
    fixed = said("EventCorrected", "2022-06-01", target=5, changes=changes, reason="核实")
    assert rows(found("plagiarism"), fixed, on="quality") == []
    (line,) = lines_on(found("plagiarism"), fixed, on="accuracy")
    assert (show(line.points), line.effective_from.isoformat(), line.events) == (
        "-5",
        "2022-05-03",
        (5, 6),
    )


def test_a_corrected_correction_moves_it_to_another_unit() -> None:
    """The unit is named nowhere but within the changes to the changes; it is the unit all the same.

    With the correction of the correction taken back, the finding is the first unit's again.
    """
    told = (
        found("plagiarism"),
        said("EventCorrected", "2022-06-01", target=5, changes={"note": "核实"}, reason="补"),
        said("EventCorrected", "2022-06-02", target=6, changes={"changes": {"unit": "开发区"}},
             reason="错"),
        said("EventRetracted", "2022-06-03", target=7, reason="错"),
    )  # fmt: skip
    line = [Row("-1", "2022-05-01", None, "plagiarism")]
    for known, own, other in ((6, line, []), (7, [], line), (8, line, [])):
        assert rows(*told, on="quality", known_at=known) == own
        assert rows(*told, on="quality", of="开发区", known_at=known) == other


def test_nothing_begins_after_a_unit_was_merged() -> None:
    """On the day of the merger it still counts; from the next day nothing more begins."""
    into = said("UnitChanged", "2022-05-01", unit="应县", into="市财政局")
    told = (into, found("plagiarism", "2022-05-01"), found("plagiarism", "2022-05-02", "2"))
    assert rows(*told, on="quality") == [Row("-1", "2022-05-01", None, "plagiarism")]
