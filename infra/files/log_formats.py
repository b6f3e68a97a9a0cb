"""The formats in which the log is handed to readers, each named as its file ends."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Final

from domain.told import Basis, ToldEvent
from infra.files.new_file import new_file

FORMATS: Final = ("jsonl", "csv", "xlsx", "parquet")


def write_log(path: Path, rows: Iterable[ToldEvent], basis: Basis, *, form: str) -> None:
    """Write ``rows`` to a new file in one of ``FORMATS``, in bounded memory.

    Raises:
        Refused: there is a file already, it cannot be written, or the rows do not fit into it.
    """
    # Each format's own library is loaded when it is asked for: pyarrow takes its time.
    write = getattr(import_module(f"infra.files.log_{form}"), f"write_{form}")
    with new_file(path) as file:
        write(file, rows, basis)
