"""Signatures on checkpoints, judged by keys given from outside (signed-note, tlog-cosignature)."""

from __future__ import annotations

from infra.standalone.ed25519 import ed25519_verify
from infra.standalone.notation import LARGEST_SIZE
from infra.standalone.notes import Checkpoint
from infra.standalone.verifier_keys import PublicKey

ABSENT = "absent"
VALID = "valid"
INVALID = "invalid"


def judged(checkpoint: Checkpoint, key: PublicKey) -> tuple[str, int]:
    """Return whether ``key`` signed the checkpoint, and when, in seconds since 1970.

    The time is 0 for a log, whose signature carries none. Two lines by one key are invalid.
    """
    lines = checkpoint.lines_of(key)
    if not lines:
        return ABSENT, 0
    if len(lines) > 1:
        return INVALID, 0
    data = lines[0].data
    if key.is_log:
        valid = ed25519_verify(key.public, data, checkpoint.text.encode("utf-8"))
        return (VALID if valid else INVALID), 0
    time = int.from_bytes(data[:8], "big")
    message = cosigned_message(checkpoint.text, time)
    fits = len(data) == 72 and 0 < time <= LARGEST_SIZE
    valid = fits and ed25519_verify(key.public, data[8:], message)
    return (VALID, time) if valid else (INVALID, 0)


def cosigned_message(text: str, time: int) -> bytes:
    """Return what a witness signs: a header, the time, and the checkpoint's text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()
