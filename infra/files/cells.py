"""Cells of a workbook, read into the raw values that a line of a register has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.events.base import Event
from domain.events.catalogue import Field
from domain.wording import vocabularies_of
from infra.files.changes import read_changes
from infra.files.codes import Codes
from infra.files.notations import read_evidence, read_lines, read_list, read_value, unescaped
from infra.files.plain_cells import (
    Cell,
    read_count,
    read_flag,
    read_moment,
    read_number,
    read_text,
)

Reader = Callable[[Cell], Any]

_PLAIN: dict[str, Reader] = {
    "count": read_count,
    "flag": read_flag,
    "day": read_moment,
    "when": read_moment,
    "target": read_number,
}
_NOTATIONS: dict[str, Callable[[str], Any]] = {"evidence": read_evidence, "lines": read_lines}


def cell_reader(event: type[Event], field: Field, codes: Codes) -> Reader:
    """Return how to read the cells of the column of ``field`` in the sheet of ``event``.

    The reader raises ``CellWrong`` for a cell that no value can be had of; a value that does not
    fit the field is left for the check to report. A list without members is nothing: ``None``.
    """
    read = _reader(event, field, codes)
    return lambda cell: read(unescaped(cell) if isinstance(cell, str) else cell)


def _reader(event: type[Event], field: Field, codes: Codes) -> Reader:
    form = field.form.name
    lists = vocabularies_of(event, field)
    if form == "changes":
        return _textual(lambda text: read_changes(text, codes))
    if form == "value":
        return _value
    if form in _NOTATIONS:
        return _textual(_NOTATIONS[form])
    if form in _PLAIN and not field.many:
        return _PLAIN[form]
    if field.many:
        members = _textual(read_list)
        return lambda cell: [codes.code_of(lists, member) for member in members(cell)] or None
    return (lambda cell: codes.code_of(lists, read_text(cell))) if lists else read_text


def _value(cell: Cell) -> Any:  # noqa: ANN401  any JSON value
    if isinstance(cell, str):
        return read_value(cell)
    return read_moment(cell) if isinstance(cell, date) else read_number(cell)


def _textual(read: Callable[[str], Any]) -> Reader:
    """Return a reader of cells whose text means something; a number counts as its text."""
    return lambda cell: read(str(read_text(cell)))
