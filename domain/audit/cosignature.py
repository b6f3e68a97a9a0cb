"""Cosignatures: a witness states when it saw a log grow to a checkpoint (C2SP tlog-cosignature).

Ed25519, version 1. The time is part of what is signed.
"""

from __future__ import annotations

from typing import Final

from domain.audit.keys import SIGNATURE_LENGTH, Kind, VerifierKey, Verify
from domain.audit.notation import LARGEST_COUNT, Malformed
from domain.audit.note import Note, NotSigned

_HEADER: Final = "cosignature/v1"
_TIME_LENGTH: Final = 8
_LENGTH: Final = _TIME_LENGTH + SIGNATURE_LENGTH


def signed_message(text: str, time: int) -> bytes:
    """Return what a witness signs: a header, the time, the checkpoint's text.

    ``time`` is in seconds since 1970 (tlog-cosignature, *Ed25519 signed message*).
    """
    return f"{_HEADER}\ntime {time}\n{text}".encode()


def check_cosignature(note: Note, key: VerifierKey, verify: Verify) -> int:
    """Check that the witness with ``key`` signed the note, and return when, in seconds since 1970.

    Raises ``NotSigned`` when its line is missing, there twice, or not valid, and ``Malformed``
    for a key of another kind.
    """
    _check_kind(key)
    signature = note.signature_by(key)
    if len(signature.data) != _LENGTH:
        raise NotSigned(f"见证人 {key.name} 的签名长度不对")
    time = int.from_bytes(signature.data[:_TIME_LENGTH])
    if not 0 < time <= LARGEST_COUNT:
        raise NotSigned(f"见证人 {key.name} 的签名没有时间")
    message = signed_message(note.text, time)
    if not verify(key.public, signature.data[_TIME_LENGTH:], message):
        raise NotSigned(f"见证人 {key.name}（{key.id.hex()}）的签名与内容不符")
    return time


def _check_kind(key: VerifierKey) -> None:
    if key.kind is not Kind.WITNESS:
        raise Malformed(f"{key.name} 不是见证人的密钥")
