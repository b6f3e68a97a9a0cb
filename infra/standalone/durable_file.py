"""Files that are either there as a whole or not at all, also when the power fails."""

from __future__ import annotations

import os
import tempfile


def write_durably(path: str, data: bytes) -> None:
    """Put ``data`` at ``path`` in place of what is there, on disk when this returns.

    On POSIX the file can be read by its owner only. Raises ``OSError``.
    """
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120  paths are text here
    number, beside = tempfile.mkstemp(prefix=".writing-", dir=folder)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)  # noqa: PTH105  the same
    except BaseException:
        if os.path.exists(beside):  # noqa: PTH110  the same
            os.remove(beside)  # noqa: PTH107  the same
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    """Make the new name durable; Windows does this by itself and knows no such call."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
