"""One sheet of a register workbook: the event type it is named for, its headings, its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.decisions.batch import RegisterLine
from domain.errors import Fault
from domain.events.catalogue import EventType
from domain.events.fields import Source
from infra.files.codes import Codes
from infra.files.notations import CellWrong
from infra.files.ordering import SEQ_FIELD, Row
from infra.files.sheet import Sheet, Span, filled
from infra.files.sheet_headings import Column, columns_of, titled, told_columns, unheaded


def read_sheet(sheet: Sheet, event_type: EventType, codes: Codes) -> tuple[list[Row], list[Fault]]:
    """Return the rows of a sheet of ``event_type``, and what is wrong with it.

    The first row that is not empty holds the headings. While one of them is wrong, no row of the
    sheet is read: half of a row would only be taken for a wrong one. A row with a cell that cannot
    be read is returned too, marked, so that all that is wrong with it is told at once.
    """
    numbered = sheet.rows()
    top, headings = next(numbered, (0, ()))
    below = list(numbered)
    faults = titled(sheet, top, headings, below, event_type)
    if faults:
        return [], faults
    columns, faults = columns_of(sheet, top, headings, event_type, codes)
    faults += unheaded(sheet, top, headings, below)
    if faults:
        return [], faults
    sheet.columns = told_columns(headings, columns, event_type)
    spans = [s for s in sheet.merged if s.bottom > top and sheet.holds(s.top, s.left)]
    faults = [
        Fault(f"单元格 {span} 是合并单元格", "请取消合并，每行都写全", sheet.where(span.top))
        for span in spans
    ]
    covered = _covered(spans, len(sheet.cells), len(headings))
    rows = []
    for number, _ in below:
        row, found = _row(sheet, number, columns, event_type, covered)
        faults += found
        if row:
            rows.append(row)
    return rows, faults


def _covered(spans: list[Span], rows: int, columns: int) -> set[tuple[int, int]]:
    """Return the cells that merging left empty, those of a span but for its first."""
    return {
        (row, column)
        for span in spans
        for row in range(span.top, min(span.bottom, rows) + 1)
        for column in range(span.left, min(span.right, columns) + 1)
        if (row, column) != (span.top, span.left)
    }


def _row(
    sheet: Sheet,
    number: int,
    columns: list[Column],
    event_type: EventType,
    covered: set[tuple[int, int]],
) -> tuple[Row | None, list[Fault]]:
    """Return a row, nothing when no field in it is filled, and what is wrong with its cells."""
    raw: dict[str, Any] = {}
    faults = []
    told = {name for at, name, _ in columns if (number, at + 1) in covered} if covered else set()
    for column in columns:
        try:
            value = _value(sheet, number, column)
        except CellWrong as wrong:
            where = replace(sheet.where(number), field=column.field)
            faults.append(Fault(wrong.what, wrong.fix, where))
            told.add(column.field)
        else:
            if value is not None:
                raw[column.field] = value
    seq = raw.pop(SEQ_FIELD, None)
    if not raw:
        return None, faults
    source = Source(file=sheet.file, sha256=sheet.digest, row=number, sheet=sheet.name)
    given = {"type": event_type.name, **raw}
    return Row(RegisterLine(given, sheet.where(number), source, frozenset(told)), seq), faults


def _value(sheet: Sheet, number: int, column: Column) -> Any:  # noqa: ANN401  any JSON value
    """Return what a cell says, nothing when it is empty. Raises ``CellWrong``."""
    trouble = sheet.troubles.get((number, column.at + 1))
    if trouble is not None:
        raise CellWrong(trouble, "请改正公式，或直接填写内容")
    cell = sheet.cells[number - 1][column.at]
    return column.read(cell) if filled(cell) else None
