"""A sheet of a workbook as it is in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from domain import errors
from domain.errors import Where
from infra.files.plain_cells import Cell
from infra.files.sheet_xml import Troubles, cell_name

Cells = Sequence[Cell]


class Span(NamedTuple):
    """Cells merged into one: first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Return the span as Excel names it, such as ``A2:A5``."""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass(slots=True)
class Sheet:
    """A sheet as it is in the file: its cells, those in trouble, and those merged."""

    file: str
    digest: str
    name: str
    cells: Sequence[Cells]
    troubles: Troubles = field(default_factory=dict)
    merged: Sequence[Span] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    columns: Mapping[str, errors.Column] = field(default_factory=dict)

    def where(self, row: int) -> Where:
        """Return the place of a row."""
        return Where(file=self.file, sheet=self.name, row=row, columns=self.columns)

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell holds something; beyond the last row or column none does."""
        cells = self.cells[row - 1] if row <= len(self.cells) else ()
        return column <= len(cells) and filled(cells[column - 1])

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Return the rows that are not empty, with their numbers."""
        troubled = {row for row, _ in self.troubles}
        for number, cells in enumerate(self.cells, 1):
            if any(map(filled, cells)) or number in troubled:
                yield number, cells


def filled(cell: Cell) -> bool:
    """Tell whether a cell holds something; white space is nothing."""
    return not isinstance(cell, str) or bool(cell and not cell.isspace())
