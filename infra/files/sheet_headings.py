"""The headings of a sheet of a register workbook: which columns there are, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from domain import errors
from domain.errors import Fault
from domain.events.catalogue import CATALOGUE, EventType, fields_of
from domain.names import fold, nearest
from domain.wording import FOR_INFORMATION, SEQ, field_headed, heading_of
from infra.files.cells import cell_reader
from infra.files.codes import Codes
from infra.files.ordering import SEQ_FIELD
from infra.files.plain_cells import Cell, read_count
from infra.files.sheet import Cells, Sheet, filled
from infra.files.sheet_xml import cell_name, column_name

_SEQ_HEADINGS = {SEQ_FIELD, fold(SEQ)}
_PASSED_OVER = set(map(fold, FOR_INFORMATION))


class Column(NamedTuple):
    """A column with a heading: the field it holds and how its cells are read."""

    at: int
    field: str
    read: Callable[[Cell], Any]


def columns_of(
    sheet: Sheet, top: int, headings: Cells, event_type: EventType, codes: Codes
) -> tuple[list[Column], list[Fault]]:
    """Return the columns that have a heading, and what is wrong with headings."""
    by_name = {entry.name: entry for entry in fields_of(event_type.event)}
    columns: dict[str, Column] = {}
    faults = []
    for at, heading in enumerate(headings):
        text = str(heading).removesuffix(".0")
        if not filled(heading) or fold(text) in _PASSED_OVER:
            continue
        seq = fold(text).casefold() in _SEQ_HEADINGS
        name = SEQ_FIELD if seq else field_headed(event_type.event, text)
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


def unheaded(
    sheet: Sheet, top: int, headings: Cells, below: list[tuple[int, Cells]]
) -> Iterator[Fault]:
    """Find the columns that hold something but have no heading, each by its first cell."""
    bare = {at for at, heading in enumerate(headings) if not filled(heading)}
    for number, cells in below:
        for at in sorted(bare):
            if filled(cells[at]) or (number, at + 1) in sheet.troubles:
                bare.discard(at)
                what = f"单元格 {cell_name(number, at + 1)} 有内容，但这一列没有表头"
                fix = f"请在 {cell_name(top, at + 1)} 补上表头，或清空这一列"
                yield Fault(what, fix, sheet.where(number))


def titled(
    sheet: Sheet,
    top: int,
    headings: Cells,
    below: list[tuple[int, Cells]],
    event_type: EventType,
) -> list[Fault]:
    """Return the fault of a sheet that has a title above its headings, if it has one."""
    if _headed(headings, event_type):
        return []
    for number, cells in below:
        if 2 * _headed(cells, event_type) > sum(map(filled, cells)):
            what = f"表头在第 {number} 行，上面还有别的内容"
            fix = "请删去表头上面的各行，让表头在第 1 行"
            return [Fault(what, fix, sheet.where(top))]
    return []


def _headed(cells: Cells, event_type: EventType) -> int:
    """Return how many of ``cells`` are headings of the sheet of ``event_type``."""
    texts = [str(cell) for cell in cells if filled(cell)]
    return sum(
        fold(text).casefold() in _SEQ_HEADINGS
        or fold(text) in _PASSED_OVER
        or field_headed(event_type.event, text) is not None
        for text in texts
    )


def told_columns(
    headings: Cells, columns: list[Column], event_type: EventType
) -> dict[str, errors.Column]:
    """Return how each field is told to who fills in the sheet; some have no column in it."""
    event = event_type.event
    told = {f.name: errors.Column("", heading_of(event, f.name)) for f in fields_of(event)}
    for at, name, _ in columns:
        told[name] = errors.Column(column_name(at + 1), "".join(str(headings[at]).split()))
    if "changes" in told:
        letter, heading = told["changes"]
        for entry in CATALOGUE:
            for each in fields_of(entry.event):
                within = f"{heading}中的{heading_of(entry.event, each.name)}"
                told.setdefault(f"changes.{each.name}", errors.Column(letter, within))
    return told
