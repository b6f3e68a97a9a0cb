"""Headers of a tar archive (POSIX ustar, pax, GNU long names), read strictly.

Python's own reader leaves some broken headers to be met later, or loops on them in older
versions; a bag comes from people who may want to mislead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from infra.standalone.wording import Malformed

BLOCK_BYTES = 512
LONGEST_EXTENSION = 1 << 20
REGULAR = (b"0", b"\0")
DIRECTORY = b"5"
PAX_NEXT = b"x"
PAX_GLOBAL = b"g"
GNU_NAME = b"L"
_OCTAL = re.compile(rb"[ \0]*([0-7]+)[ \0]*")
_RECORD = re.compile(rb"([1-9][0-9]{0,6}) ([^=]+)=")
_PAX_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class TarHeader(NamedTuple):
    """The name of a member, its kind as one byte, and the size of its content."""

    name: str
    kind: bytes
    size: int

    @property
    def padded(self) -> int:
        """The size with what fills the last block."""
        return self.size + -self.size % BLOCK_BYTES


def damaged() -> Malformed:
    """Return what is said of an archive that is cut short or broken."""
    return Malformed(
        "压缩包已损坏或不完整，请重新取得", "the archive is damaged or cut short; obtain it again"
    )


def tar_header(block: bytes) -> TarHeader | None:
    """Return the header in a block of 512 bytes, none at the end. Raises ``Malformed``."""
    if not block.strip(b"\0"):
        return None
    total = sum(block[:148]) + sum(block[156:]) + 8 * ord(" ")
    if _number(block[148:156]) != total:
        raise damaged()
    name = _field_text(block[:100])
    if block[257:263] == b"ustar\0" and block[345]:
        name = f"{_field_text(block[345:500])}/{name}"
    return TarHeader(name, block[156:157], _number(block[124:136]))


def pax_records(data: bytes) -> dict[str, str]:
    """Return the path and size that a pax header gives to the next member."""
    found: dict[str, str] = {}
    at = 0
    while at < len(data):
        record = _RECORD.match(data, at)
        end = at + int(record.group(1)) if record else 0
        if not record or not record.end() < end <= len(data) or data[end - 1 : end] != b"\n":
            raise damaged()
        key, value = record.group(2), data[record.end() : end - 1]
        if key.startswith(b"GNU.sparse"):
            raise Malformed("压缩包中有稀疏文件", "the archive holds a sparse file")
        if key in (b"path", b"size"):
            found[key.decode("ascii")] = value.decode("utf-8", "surrogateescape")
        at = end
    if not _PAX_SIZE.fullmatch(found.get("size", "0")):
        raise damaged()
    return found


def _field_text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _number(field: bytes) -> int:
    if field[0] == 0x80:  # GNU: the rest is a binary number
        return int.from_bytes(field[1:], "big")
    found = _OCTAL.fullmatch(field)
    if not found:
        raise damaged()
    return int(found.group(1), 8)
