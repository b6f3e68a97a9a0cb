"""A file of lines read in pieces, so that memory stays small."""

from __future__ import annotations

from typing import BinaryIO, Iterator

from infra.standalone.entry_form import LONGEST_LINE

_FIRST_BLOCK = 1 << 16  # small, so that what is learned from it serves early
_LARGEST_BLOCK = 1 << 18


def line_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield pieces that end with a line feed, but for the last; a line too long ends it."""
    rest, size = b"", _FIRST_BLOCK
    while len(rest) <= LONGEST_LINE:
        data = stream.read(size)
        if not data:
            break
        size = min(2 * size, _LARGEST_BLOCK)
        cut = data.rfind(b"\n") + 1
        if cut:
            yield rest + data[:cut]
            rest = data[cut:]
        else:
            rest += data
    if rest:
        yield rest
