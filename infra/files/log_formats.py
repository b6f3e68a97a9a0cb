"""The formats in which the log is handed to readers, each named as its file ends."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Final

from domain.errors import Refused
from domain.told import Basis, ToldEvent
from infra.files.new_file import new_file

FORMATS: Final = ("jsonl", "csv", "xlsx", "parquet")


def format_of(path: Path) -> str:
    """Return the format that a file's suffix names. Raises ``Refused`` when it names none."""
    found = path.suffix.lower().removeprefix(".")
    if found in FORMATS:
        return found
    known = "、".join(f".{name}" for name in FORMATS)
    message = f"从文件名 {path.name} 看不出要导出哪种格式"
    raise Refused(message, fix=f"扩展名可用 {known}；也可以用 --format 指明格式。")


def write_log(path: Path, rows: Iterable[ToldEvent], basis: Basis, *, form: str) -> None:
    """Write ``rows`` to a new file in one of ``FORMATS``, in bounded memory.

    Raises:
        Refused: there is a file already, it cannot be written, or the rows do not fit into it.
    """
    # Each format's own library is loaded when it is asked for: pyarrow takes its time.
    write = getattr(import_module(f"infra.files.log_{form}"), f"write_{form}")
    with new_file(path) as file:
        write(file, rows, basis)
