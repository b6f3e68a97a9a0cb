"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE: Final = 0o600
"""Only the owner reads and writes; Windows keeps a user's files apart in another way."""


def write_durably(file: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write ``data`` to ``file``: when this returns, the disk has it; before, the old file stays.

    Raises ``OSError``.
    """
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    try:
        with os.fdopen(opened, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would change line feeds


def sync_folder(folder: Path) -> None:
    """Make the new name last; Windows has no such call and needs none."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
