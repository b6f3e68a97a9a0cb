"""One sheet of a register workbook: the event type it is named for, its headings, its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from domain.decisions.batch import RegisterLine
from domain.errors import Fault, Where
from domain.events.catalogue import EventType, fields_of
from domain.events.fields import Source
from domain.names import fold, nearest
from domain.wording import FOR_INFORMATION, SEQ, field_headed, heading_of
from infra.files.cells import cell_reader
from infra.files.codes import Codes
from infra.files.notations import CellWrong
from infra.files.ordering import Row
from infra.files.plain_cells import Cell, read_count
from infra.files.sheet_xml import Troubles, cell_name

Cells = Sequence[Cell]
_SEQ = "seq"
_SEQ_HEADINGS = {_SEQ, fold(SEQ)}
_PASSED_OVER = set(map(fold, FOR_INFORMATION))


class Span(NamedTuple):
    """Cells merged into one: first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Return the span as Excel names it, such as ``A2:A5``."""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


class Column(NamedTuple):
    """A column with a heading: the field it holds and how its cells are read."""

    at: int
    field: str
    read: Callable[[Cell], Any]


@dataclass(slots=True)
class Sheet:
    """A sheet as it is in the file: its cells, those in trouble, and those merged."""

    file: str
    digest: str
    name: str
    cells: Sequence[Cells]
    troubles: Troubles = field(default_factory=dict)
    merged: Sequence[Span] = ()

    def where(self, row: int) -> Where:
        """Return the place of a row."""
        return Where(file=self.file, sheet=self.name, row=row)

    def holds(self, row: int, column: int) -> bool:
        """Tell whether a cell holds something; beyond the last row or column none does."""
        cells = self.cells[row - 1] if row <= len(self.cells) else ()
        return column <= len(cells) and _filled(cells[column - 1])

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Return the rows that are not empty, with their numbers."""
        troubled = {row for row, _ in self.troubles}
        for number, cells in enumerate(self.cells, 1):
            if any(map(_filled, cells)) or number in troubled:
                yield number, cells


def read_sheet(sheet: Sheet, event_type: EventType, codes: Codes) -> tuple[list[Row], list[Fault]]:
    """Return the rows of a sheet of ``event_type``, and what is wrong with others.

    The first row that is not empty holds the headings. While one of them is wrong, no row of the
    sheet is read: half of a row would only be taken for a wrong one.
    """
    numbered = sheet.rows()
    top, headings = next(numbered, (0, ()))
    columns, faults = _columns(sheet, top, headings, event_type, codes)
    below = list(numbered)
    faults += _unheaded(sheet, top, headings, below)
    faults += [
        Fault(f"单元格 {span} 是合并单元格", "请取消合并，每行都写全", sheet.where(span.top))
        for span in sheet.merged
        if span.bottom > top and sheet.holds(span.top, span.left)
    ]
    if faults:
        return [], faults
    rows = []
    for number, cells in below:
        row, found = _row(sheet, number, cells, columns, event_type)
        faults += found
        if row and not found:
            rows.append(row)
    return rows, faults


def _columns(
    sheet: Sheet, top: int, headings: Cells, event_type: EventType, codes: Codes
) -> tuple[list[Column], list[Fault]]:
    by_name = {entry.name: entry for entry in fields_of(event_type.event)}
    columns: dict[str, Column] = {}
    faults = []
    for at, heading in enumerate(headings):
        text = str(heading).removesuffix(".0")
        if not _filled(heading) or fold(text) in _PASSED_OVER:
            continue
        seq = fold(text).casefold() in _SEQ_HEADINGS
        name = _SEQ if seq else field_headed(event_type.event, text)
        if name is None:
            fault = Fault(f"单元格 {cell_name(top, at + 1)} 的表头“{text}”不是字段")
            faults.append(replace(fault, fix=_advice(event_type, text), where=sheet.where(top)))
        elif name in columns:
            first, second = cell_name(top, columns[name].at + 1), cell_name(top, at + 1)
            what = f"单元格 {first} 和 {second} 的表头是同一个字段"
            faults.append(Fault(what, "请只留一列", sheet.where(top)))
        else:
            read = read_count if seq else cell_reader(event_type.event, by_name[name], codes)
            columns[name] = Column(at, name, read)
    return list(columns.values()), faults


def _advice(event_type: EventType, heading: str) -> str:
    names = [entry.name for entry in fields_of(event_type.event)]
    headings = [heading_of(event_type.event, name) for name in names]
    close = nearest(heading, [*headings, *names])
    said = "最接近的有" if close else f"“{event_type.label}”的字段有"
    return f"{said}：{'、'.join(close or headings)}"


def _unheaded(
    sheet: Sheet, top: int, headings: Cells, below: list[tuple[int, Cells]]
) -> Iterator[Fault]:
    """Find the columns that hold something but have no heading, each by its first cell."""
    bare = {at for at, heading in enumerate(headings) if not _filled(heading)}
    for number, cells in below:
        for at in sorted(bare):
            if _filled(cells[at]) or (number, at + 1) in sheet.troubles:
                bare.discard(at)
                what = f"单元格 {cell_name(number, at + 1)} 有内容，但这一列没有表头"
                fix = f"请在 {cell_name(top, at + 1)} 补上表头，或清空这一列"
                yield Fault(what, fix, sheet.where(number))


def _row(
    sheet: Sheet, number: int, cells: Cells, columns: list[Column], event_type: EventType
) -> tuple[Row | None, list[Fault]]:
    """Return a row, nothing when no field in it is filled, and what is wrong with its cells."""
    raw: dict[str, Any] = {}
    faults = []
    for at, name, read in columns:
        cell = cells[at]
        place = (number, at + 1)
        if place in sheet.troubles:
            wrong = CellWrong(sheet.troubles[place], "请改正公式，或直接填写内容")
            faults.append(_fault(sheet, place, name, wrong))
        elif _filled(cell):
            try:
                raw[name] = read(cell)
            except CellWrong as wrong:
                faults.append(_fault(sheet, place, name, wrong))
    raw = {name: value for name, value in raw.items() if value is not None}
    seq = raw.pop(_SEQ, None)
    if not raw:
        return None, faults
    source = Source(file=sheet.file, sha256=sheet.digest, row=number, sheet=sheet.name)
    line = RegisterLine({"type": event_type.name, **raw}, sheet.where(number), source)
    return Row(line, seq), faults


def _fault(sheet: Sheet, place: tuple[int, int], name: str, wrong: CellWrong) -> Fault:
    where = replace(sheet.where(place[0]), field=name)
    return Fault(f"单元格 {cell_name(*place)} {wrong.what}", wrong.fix, where)


def _filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell and not cell.isspace())
