"""What the checks need of a bag, whether it lies in a folder or in an archive."""

from __future__ import annotations

import hashlib
from typing import BinaryIO, Protocol

from infra.standalone.wording import Malformed, Said

PIECE_BYTES = 1 << 20


class Bag(Protocol):
    """The plain files of a bag by name, and what else is in it that should not be."""

    sizes: dict[str, int]
    oddities: list[tuple[str, Said]]

    def open(self, name: str) -> BinaryIO:
        """Open one of the plain files; raises ``OSError``."""
        ...

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a plain file in hexadecimal; raises ``OSError``."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...


def small_file(bag: Bag, name: str, longest: int) -> bytes:
    """Return a whole file. Raises ``Malformed`` when it is too long, or cannot be read."""
    try:
        with bag.open(name) as stream:
            data = stream.read(longest + 1)
    except OSError as error:
        raise Malformed(
            "文件读不出来", f"the file cannot be read ({type(error).__name__})"
        ) from None
    if len(data) > longest:
        raise Malformed(f"文件太长，最多 {longest} 字节", f"longer than {longest} bytes")
    return data


def digest_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of all that is left in ``stream``, in hexadecimal."""
    digest = hashlib.sha256()
    while True:
        piece = stream.read(PIECE_BYTES)
        if not piece:
            return digest.hexdigest()
        digest.update(piece)
