"""What a witness is asked: to see that the log grew, and to sign (C2SP tlog-witness).

It is the body of that protocol's *add-checkpoint*, carried as a file: the size that the witness
signed last, the proof that the log only grew since, and the checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.notation import (
    Malformed,
    read_count,
    read_hash,
    read_text,
    write_base64,
    write_lines,
)
from domain.audit.proof import LONGEST_PROOF, MOST_HASHES

_OLD: Final = "old "


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """The size that the witness is believed to have signed last, the proof, the checkpoint."""

    old_size: int
    hashes: tuple[bytes, ...]
    signed: SignedCheckpoint

    def encode(self) -> bytes:
        """Return the request as a file (tlog-witness, *add-checkpoint*)."""
        hashes = map(write_base64, self.hashes)
        return write_lines((f"{_OLD}{self.old_size}", *hashes, "")).encode() + self.signed.encode()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the request in ``data``; nothing is checked but its form. Raises ``Malformed``."""
        head, gap, note = read_text(data, longest=LONGEST_PROOF).partition("\n\n")
        old, *hashes = head.split("\n")
        if not old.startswith(_OLD) or not gap:
            raise Malformed("不是见证请求：第一行应为“old 条数”，检查点之前应有一个空行")
        if len(hashes) > MOST_HASHES:
            raise Malformed(f"证明有 {len(hashes)} 行，最多 {MOST_HASHES} 行")
        signed = SignedCheckpoint.parse(note.encode())
        size = read_count(old.removeprefix(_OLD))
        if size > signed.checkpoint.size:
            raise Malformed(f"上次见证的条数 {size} 比检查点的 {signed.checkpoint.size} 还大")
        return cls(size, tuple(map(read_hash, hashes)), signed)
