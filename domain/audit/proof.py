"""A proof in one file: an entry is in a log that witnesses have seen (C2SP tlog-proof).

The file holds the entry's index, the way to the root, and the checkpoint with its signatures;
beside it a verifier needs the entry and the keys, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.notation import (
    Malformed,
    read_base64,
    read_count,
    read_hash,
    read_text,
    write_base64,
    write_lines,
)
from domain.audit.note import LONGEST_NOTE
from domain.audit.tree_checks import check_inclusion

_HEADER: Final = "c2sp.org/tlog-proof@v1"
LONGEST_PROOF: Final = 2 * LONGEST_NOTE
MOST_HASHES: Final = 63
"""The levels of the largest tree that a checkpoint can state."""


@dataclass(frozen=True, slots=True)
class EntryProof:
    """That the entry ``index``, from 0, is in the tree of ``signed``.

    ``extra`` is for the application and is not covered by any signature; ours is empty.
    """

    index: int
    hashes: tuple[bytes, ...]
    signed: SignedCheckpoint
    extra: bytes = b""

    def encode(self) -> bytes:
        """Return the proof as a file (tlog-proof, *Format*)."""
        extra = (f"extra {write_base64(self.extra)}",) if self.extra else ()
        hashes = map(write_base64, self.hashes)
        head = write_lines((_HEADER, *extra, f"index {self.index}", *hashes, ""))
        return head.encode() + self.signed.encode()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the proof in ``data``; nothing is checked but its form. Raises ``Malformed``."""
        head, gap, note = read_text(data, longest=LONGEST_PROOF).partition("\n\n")
        first, *lines = head.split("\n")
        if first != _HEADER or not gap:
            raise Malformed(f"不是证明文件：第一行应为 {_HEADER}，检查点之前应有一个空行")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = read_base64(lines.pop(0).removeprefix("extra "))
            if not extra:
                raise Malformed("extra 行是空的")
        if not lines or not lines[0].startswith("index "):
            raise Malformed("缺少 index 行")
        index, *hashes = lines
        if len(hashes) > MOST_HASHES:
            raise Malformed(f"证明有 {len(hashes)} 行，最多 {MOST_HASHES} 行")
        signed = SignedCheckpoint.parse(note.encode())
        number = read_count(index.removeprefix("index "))
        return cls(number, tuple(map(read_hash, hashes)), signed, extra)

    def check(self, leaf: bytes) -> None:
        """Check that the leaf hash ``leaf`` is where the proof says, in the tree of its checkpoint.

        Compute ``leaf`` from the entry. This shows nothing before the checkpoint's signatures are
        checked too (tlog-proof, *Verifying a tlog proof*). Raises ``ProofRefused``.
        """
        checkpoint = self.signed.checkpoint
        check_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)
