"""Checkpoints: what a log states about itself at one moment (C2SP tlog-checkpoint).

Origin, size and root of the tree, and the log's signature, as a signed note. Whoever keeps one
can tell later whether the log only grew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from domain.audit.keys import Kind, Sign, VerifierKey, Verify
from domain.audit.notation import (
    LARGEST_COUNT,
    Malformed,
    read_count,
    read_hash,
    write_base64,
    write_lines,
)
from domain.audit.note import Note, NotSigned, Signature, check_signature, sign
from domain.audit.tree import EMPTY_ROOT, HASH_LENGTH
from domain.audit.tree_checks import ProofRefused, check_consistency

_FEWEST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree of the log ``origin`` when it had ``size`` entries.

    ``extensions`` are further lines that a log may add; ours adds none. Raises ``Malformed`` when
    made of what no checkpoint can state.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(line and "\n" not in line for line in (self.origin, *self.extensions)):
            raise Malformed("检查点中有空行")
        if not 0 <= self.size <= LARGEST_COUNT or len(self.root) != HASH_LENGTH:
            raise Malformed("检查点的条数或树根不对")
        if not self.size and self.root != EMPTY_ROOT:
            raise Malformed("检查点说日志是空的，树根却不是空树的根")

    @property
    def text(self) -> str:
        """The lines that are signed (tlog-checkpoint, *Note text*)."""
        lines = (self.origin, str(self.size), write_base64(self.root), *self.extensions)
        return write_lines(lines)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint that the text of a note states. Raises ``Malformed``."""
        lines = text.split("\n")
        if lines.pop() or len(lines) < _FEWEST_LINES:
            raise Malformed("检查点至少有三行：日志名称、条数、树根")
        origin, size, root, *extensions = lines
        return cls(origin, read_count(size), read_hash(root), tuple(extensions))


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and the note that carries it, with the signatures of log and witnesses."""

    checkpoint: Checkpoint
    note: Note

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the checkpoint in ``data``; no signature is checked yet. Raises ``Malformed``."""
        note = Note.parse(data)
        return cls(Checkpoint.parse(note.text), note)

    @classmethod
    def make(cls, checkpoint: Checkpoint, key: VerifierKey, signer: Sign) -> Self:
        """Return ``checkpoint`` signed by the log's ``key``; ``signer`` holds the private half."""
        return cls(checkpoint, Note(checkpoint.text, (sign(checkpoint.text, key, signer),)))

    def encode(self) -> bytes:
        """Return the bytes of the note."""
        return self.note.encode()

    def with_signature(self, signature: Signature) -> Self:
        """Return the checkpoint with one more signature; an earlier one by that key goes."""
        return replace(self, note=self.note.with_signature(signature))

    def check(self, key: VerifierKey, verify: Verify) -> None:
        """Check that the log whose ``key`` was given from outside signed this checkpoint.

        Raises ``NotSigned``, also when the key is that of another log or of a witness.
        """
        if key.kind is not Kind.LOG or key.name != self.checkpoint.origin:
            raise NotSigned(f"检查点属于日志 {self.checkpoint.origin}，公钥却是 {key.name} 的")
        check_signature(self.note, key, verify)


def check_extends(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> None:
    """Check that ``new`` is the log of ``old``, grown or as it was.

    C2SP tlog-witness, *add-checkpoint*: from size 0 the proof is empty, and so it is between
    equal sizes, whose roots must be the same. Raises ``ProofRefused``.
    """
    if old.origin != new.origin:
        raise ProofRefused(f"不是同一个日志：{old.origin} 和 {new.origin}")
    if old.size == 0:
        if proof:
            raise ProofRefused("从空日志开始不应有证明")
        return
    check_consistency(old.size, new.size, proof, old.root, new.root)
