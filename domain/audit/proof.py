"""A proof in one file: an entry is in a log that witnesses have seen (C2SP tlog-proof).

The file holds the entry's index, the way to the root, and the checkpoint with its signatures;
beside it a verifier needs the entry and the keys, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.notation import write_base64, write_lines
from domain.audit.tree_checks import check_inclusion

_HEADER: Final = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class EntryProof:
    """That the entry ``index``, from 0, is in the tree of ``signed``.

    The format has room for data of the application that no signature covers; we write none.
    """

    index: int
    hashes: tuple[bytes, ...]
    signed: SignedCheckpoint

    def encode(self) -> bytes:
        """Return the proof as a file (tlog-proof, *Format*)."""
        hashes = map(write_base64, self.hashes)
        head = write_lines((_HEADER, f"index {self.index}", *hashes, ""))
        return head.encode() + self.signed.encode()

    def check(self, leaf: bytes) -> None:
        """Check that the leaf hash ``leaf`` is where the proof says, in the tree of its checkpoint.

        Compute ``leaf`` from the entry. This shows nothing before the checkpoint's signatures are
        checked too (tlog-proof, *Verifying a tlog proof*). Raises ``ProofRefused``.
        """
        checkpoint = self.signed.checkpoint
        check_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)
