"""Signed notes: a text, and below it one line for each signature (C2SP signed-note).

Nothing in a note may be believed before a signature of a key that was given from outside has been
checked; parsing alone shows only that it has the right form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

from domain.audit.keys import (
    ID_LENGTH,
    SIGNATURE_LENGTH,
    Kind,
    Sign,
    VerifierKey,
    Verify,
    check_name,
)
from domain.audit.notation import Malformed, read_base64, read_text, write_base64, write_lines

LONGEST_NOTE: Final = 256 * 1024
"""The most bytes of a note; room for many more signatures than anybody collects."""
MOST_SIGNATURES: Final = 64
_MARK: Final = "— "


class NotSigned(ValueError):
    """The note does not bear a valid signature of a key; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature line: the key's name and id, and what the key made."""

    name: str
    id: bytes
    data: bytes

    def __str__(self) -> str:
        """Return the line, without its line feed."""
        return f"{_MARK}{self.name} {write_base64(self.id + self.data)}"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Return the signature on ``line``. Raises ``Malformed``."""
        name, gap, code = line.removeprefix(_MARK).partition(" ")
        if not line.startswith(_MARK) or not gap:
            raise Malformed(f"“{line[:60]}”不是签名行（“— 名称 Base64”）")
        check_name(name)
        data = read_base64(code)
        if len(data) <= ID_LENGTH:
            raise Malformed(f"{name} 的签名行太短")
        return cls(name, data[:ID_LENGTH], data[ID_LENGTH:])

    def is_by(self, key: VerifierKey) -> bool:
        """Return whether the line says that it is by ``key``."""
        return (self.name, self.id) == (key.name, key.id)


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line feed, and the signatures on it, in the order of the lines."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def encode(self) -> bytes:
        """Return the bytes of the note; reading them gives the same note."""
        return f"{self.text}\n{write_lines(map(str, self.signatures))}".encode()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the note in ``data``. Raises ``Malformed``.

        The last empty line parts the text from the signatures.
        """
        head, blank, tail = read_text(data, longest=LONGEST_NOTE).rpartition("\n\n")
        if not blank or not tail.endswith("\n"):
            raise Malformed("应为文字、一个空行、签名行，每行以换行结束")
        lines = tail.removesuffix("\n").split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise Malformed(f"有 {len(lines)} 行签名，最多 {MOST_SIGNATURES} 行")
        return cls(f"{head}\n", tuple(map(Signature.parse, lines)))

    def with_signature(self, signature: Signature) -> Self:
        """Return the note with ``signature`` below the others, in place of one by the same key."""
        others = (s for s in self.signatures if (s.name, s.id) != (signature.name, signature.id))
        return replace(self, signatures=(*others, signature))

    def signature_by(self, key: VerifierKey) -> Signature:
        """Return the one signature that says it is by ``key``; lines of other keys are ignored.

        Raises ``NotSigned`` when there is none, or more than one.
        """
        found = [signature for signature in self.signatures if signature.is_by(key)]
        if len(found) != 1:
            problem = "没有" if not found else f"有 {len(found)} 个"
            raise NotSigned(f"{problem} {key.name}（{key.id.hex()}）的签名")
        return found[0]


def sign(text: str, key: VerifierKey, signer: Sign) -> Signature:
    """Return the signature of a log's ``key`` on ``text``; ``signer`` holds the private half.

    C2SP signed-note, *Ed25519 signatures*. Raises ``Malformed`` for a key of another kind.
    """
    _check_kind(key)
    return Signature(key.name, key.id, signer(text.encode()))


def check_signature(note: Note, key: VerifierKey, verify: Verify) -> None:
    """Check that a log's ``key`` signed the note.

    Raises ``NotSigned`` when its line is missing, there twice, or not valid, and ``Malformed``
    for a key of another kind.
    """
    _check_kind(key)
    signature = note.signature_by(key)
    right_length = len(signature.data) == SIGNATURE_LENGTH
    if not right_length or not verify(key.public, signature.data, note.text.encode()):
        raise NotSigned(f"{key.name}（{key.id.hex()}）的签名与内容不符")


def _check_kind(key: VerifierKey) -> None:
    if key.kind is not Kind.LOG:
        raise Malformed(f"{key.name} 不是日志的密钥")
