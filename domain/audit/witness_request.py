"""What a witness is asked: to see that the log grew, and to sign (C2SP tlog-witness).

It is the body of that protocol's *add-checkpoint*, carried as a file: the size that the witness
signed last, the proof that the log only grew since, and the checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.notation import write_base64, write_lines


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """The size that the witness is believed to have signed last, the proof, the checkpoint."""

    old_size: int
    hashes: tuple[bytes, ...]
    signed: SignedCheckpoint

    def encode(self) -> bytes:
        """Return the request as a file (tlog-witness, *add-checkpoint*)."""
        hashes = map(write_base64, self.hashes)
        return write_lines((f"old {self.old_size}", *hashes, "")).encode() + self.signed.encode()
