"""Score sheets of a scheme that only adds: no base, and nothing that limits deductions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.cli.score_books import (
    LINES,
    SUMMARY,
    assert_same_everywhere,
    poisoned,
    rows,
    stored,
    text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.examples.published import Example
    from tests.libreoffice import LibreOffice


def exported(example: Example, folder: Path, *units: str) -> Path:
    """Export the score sheets of the day of the table."""
    path = folder / "评分表.xlsx"
    example("export", "sheet", *units, "--to", path, "--as-of", example.table.as_of)
    return path


def hidden(sheet: Worksheet) -> set[int]:
    """Return the columns that are not shown."""
    spans = [held for held in sheet.column_dimensions.values() if held.hidden]
    return {at for span in spans for at in range(span.min or 0, (span.max or 0) + 1)}


def test_there_is_no_base(example: Example, tmp_path: Path) -> None:
    """The totals are those published, and no column is shown that only a base needs."""
    path = exported(example, tmp_path)
    book = load_workbook(path, data_only=True)
    units = {
        unit["unit"]: unit for unit in example.json("rank", "--as-of", example.table.as_of)["units"]
    }
    for row in rows(book[SUMMARY]):
        unit = units[row["单位"].value]
        assert text(row["总分"]) == example.published[row["单位"].value]
        assert [row["名次"].value, row["分类名次"].value] == [
            unit["rank"],
            unit["rank_in_category"],
        ]
        assert "基础项" not in row
    for sheet in book.worksheets[1:-2]:
        said = [str(cell.value) for cells in sheet.iter_rows() for cell in cells]
        assert not [text for text in said if "基础项" in text]
        assert hidden(sheet) == {3, 6, 13, 14}
    assert hidden(book[LINES]) == {10}
    assert len(book.worksheets) == len(example.published) + 3


@pytest.mark.slow
def test_they_are_computed_alike(
    example: Example, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """From wrong values, LibreOffice computes our own, also where only one unit has a sheet."""
    first = next(iter(example.table.rows))
    for units in ((), (first,)):
        folder = tmp_path / str(len(units))
        folder.mkdir()
        source = exported(example, folder, *units)
        assert len(stored(source)) > 10
        assert_same_everywhere(source, *libreoffice.recalculated([poisoned(source)]))
