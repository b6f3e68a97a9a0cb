"""The workbook of score sheets computed anew by LibreOffice, from wrong values to our own."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.cli.capped import CAPPED
from tests.cli.registers import YEAR_END
from tests.cli.score_books import (
    LINES,
    POISON,
    SUMMARY,
    as_told,
    assert_same_everywhere,
    exported,
    poisoned,
    rows,
    stored,
    told,
)
from tests.properties.effort import made, seeds
from tests.properties.offices import question
from tests.running import Kaohe

if TYPE_CHECKING:
    from tests.libreoffice import LibreOffice


@pytest.fixture
def caps(kaohe: Kaohe) -> Kaohe:
    """A register in which both caps bite."""
    kaohe.imports(CAPPED)
    return kaohe


def units_of(kaohe: Kaohe, *asked: object) -> list[dict[str, Any]]:
    """Return the sheets of ``kaohe score --json``."""
    found: list[dict[str, Any]] = kaohe.json("score", *asked)["units"]
    return found


def changed(path: Path, name: str) -> Path:
    """Return a copy in which a line of 开发区 gives 5.25, and what is pending for 应县 counts."""
    book = load_workbook(path)
    first = True
    for row in rows(book[LINES]):
        if row["单位"].value == "开发区" and row["状态"].value == "计入" and first:
            row["分值"].value, first = 5.25, False
        if row["单位"].value == "应县" and row["状态"].value == "待计":
            row["状态"].value = "计入"
    copy = path.with_name(f"{name}.xlsx")
    book.save(copy)
    return copy


def test_both_caps_ties_and_empty_units(caps: Kaohe, libreoffice: LibreOffice) -> None:
    """From wrong values, LibreOffice computes our scores, absorptions and ranks to the letter.

    With a line changed by hand, what depends on it follows, and the summary says that it differs.
    """
    source = exported(caps, "--as-of", YEAR_END)
    units = units_of(caps, "--as-of", YEAR_END)
    poison = poisoned(source)
    seen = told(load_workbook(poison, data_only=True))["应县"]
    assert {*seen["head"].values(), seen["total"], seen["groups"]["信息报送"]["score"]} == {
        str(POISON)
    }
    ours, altered = libreoffice.recalculated([poison, changed(source, "试算")])
    assert_same_everywhere(source, ours)
    book = load_workbook(ours, data_only=True)
    assert told(book) == as_told(units)

    book = load_workbook(altered, data_only=True)
    checks = {row["单位"].value: row["核对"].value for row in rows(book[SUMMARY])}
    assert {unit for unit, said in checks.items() if said == "不一致"} == {"开发区", "应县"}
    after = told(book)
    assert after["开发区"]["total"] == "85.45"
    assert (after["开发区"]["summary"]["rank"], after["市财政局"]["summary"]["rank"]) == ("1", "5")
    pending = sum(len(unit["pending"]) for unit in units if unit["unit"] == "应县")
    assert pending == 7
    assert after["应县"]["groups"]["组织领导"]["deducted"] == "8"
    assert after["应县"]["groups"]["组织领导"]["score"] == "8"


@pytest.mark.slow
def test_the_year_of_the_demonstration(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """All 41 units, from wrong values to our own, at the year's end and on a day before it."""
    Kaohe(tmp_path)("demo", "--to", tmp_path / "演示")
    kaohe = Kaohe(tmp_path, str(tmp_path / "演示" / "kaohe.db"))
    days = ("2022-10-01", "2023-01-20")
    sources = [exported(kaohe, "--as-of", day, name=day) for day in days]
    poisons = [poisoned(source, f"{day} 下毒") for source, day in zip(sources, days, strict=True)]
    computed = libreoffice.recalculated(poisons)
    for day, source, poison, ours in zip(days, sources, poisons, computed, strict=True):
        assert {*map(str, stored(poison).values())} <= {str(POISON), f"{POISON}.0"}
        assert_same_everywhere(source, ours)
        units = units_of(kaohe, "--as-of", day)
        assert len(units) == 41
        assert told(load_workbook(ours, data_only=True)) == as_told(units)


@pytest.mark.slow
def test_random_registers(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """Random registers, with rulings on prices, each asked at random points."""
    workbooks: list[tuple[Path, list[dict[str, Any]]]] = []

    for seed in seeds(25):
        lines = made(seed)
        kaohe = Kaohe(Path(mkdtemp(dir=tmp_path)))
        kaohe.imports(lines)
        as_of, known_at = question(lines, Random(seed))
        known = [] if known_at is None else ["--known-at", f"#{known_at}"]
        asked = ["--as-of", as_of, *known]
        units = units_of(kaohe, *asked)
        if units:  # without any there is no workbook
            workbooks.append((exported(kaohe, *asked), units))
    assert len(workbooks) > 15
    copies = [poisoned(path, f"下毒{at}") for at, (path, _) in enumerate(workbooks)]
    found = libreoffice.recalculated(copies)
    for (source, units), computed in zip(workbooks, found, strict=True):
        assert_same_everywhere(source, computed)
        assert told(load_workbook(computed, data_only=True)) == as_told(units)
