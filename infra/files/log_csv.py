"""The log as CSV for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from domain.told import Basis, ToldEvent
from infra.files.csv_rows import write_rows
from infra.files.log_columns import columns


def write_csv(file: BinaryIO, rows: Iterable[ToldEvent], basis: Basis) -> None:
    """Write one line for each of ``rows`` below a heading, as ``write_rows`` does."""
    told_by = columns(basis)
    cells = ([column.cell(told) for column in told_by] for told in rows)
    write_rows(file, [column.heading for column in told_by], cells)
