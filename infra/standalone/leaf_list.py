"""The list of leaf hashes in a bag: what each entry's hash was said to be when it was exported."""

from __future__ import annotations

import re
from typing import BinaryIO, Sequence

from infra.standalone.findings import EVENTS_FILE, Findings
from infra.standalone.wording import Said

LEAVES_FILE = "data/leaf-hashes"
_WIDTH = 65
_LINE = re.compile(rb"[0-9a-f]{64}\n")


class LeafList:
    """``data/leaf-hashes``, read beside the entries; every line has the same length."""

    def __init__(self, stream: BinaryIO, length: int, findings: Findings) -> None:
        self._stream = stream
        self._findings = findings
        self._at = 0
        self.count = length // _WIDTH
        if length % _WIDTH:
            self._form(self.count + 1)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def compare(self, position: int, leaves: Sequence[bytes]) -> None:
        """Compare the leaf hashes of the entries from ``position`` on with those listed."""
        offset = (position - 1) * _WIDTH
        if offset != self._at:
            self._stream.seek(offset)
        listed = self._stream.read(_WIDTH * len(leaves))
        self._at = offset + len(listed)
        computed = "".join([leaf.hex() + "\n" for leaf in leaves]).encode("ascii")
        if listed == computed:
            return
        for place in range(len(listed) // _WIDTH):
            line = listed[place * _WIDTH : (place + 1) * _WIDTH]
            if not _LINE.fullmatch(line):
                self._form(position + place)
            elif line != computed[place * _WIDTH : (place + 1) * _WIDTH]:
                self._altered(position + place)

    def _altered(self, position: int) -> None:
        said = Said(
            f"第 {position} 条记录的散列值与 {LEAVES_FILE} 所列的不同：记录（或所列的值）被改动",
            f"entry {position} has another hash than {LEAVES_FILE} lists: one of them was altered",
        )
        self._findings.add("ALTERED", EVENTS_FILE, said, position)

    def _form(self, position: int) -> None:
        said = Said(
            f"第 {position} 行不是 64 位小写十六进制加换行",
            f"line {position} is not 64 lower-case hexadecimal digits and a line feed",
        )
        self._findings.add("FORM", LEAVES_FILE, said, position)
