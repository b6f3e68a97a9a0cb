"""The bytes of a file, read a piece at a time: evidence may be larger than the memory."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Protocol

from domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE: Final = 1 << 20


class Writable(Protocol):
    """Anything that bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Append ``data``."""
        ...


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file. Raises ``Refused`` when it cannot be read."""
    hashed = hashlib.sha256()
    for piece in _pieces(file):
        hashed.update(piece)
    return hashed.hexdigest()


def copied(file: Path, target: Writable) -> str:
    """Write a file's bytes to ``target``, and return the SHA-256 of what was written.

    Raises ``Refused`` when the file cannot be read, ``OSError`` when the copy cannot be written.
    """
    hashed = hashlib.sha256()
    for piece in _pieces(file):
        hashed.update(piece)
        target.write(piece)
    return hashed.hexdigest()


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except OSError as error:
        message = f"不能读取 {file}：{error.strerror}"
        raise Refused(message, fix="请核对路径和读取权限。") from error
