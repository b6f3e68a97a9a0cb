"""Ed25519 of a library that the product does not use, and keys that are not secret."""

from __future__ import annotations

from Crypto.Signature import eddsa

from domain.audit.cosignature import signed_message
from domain.audit.keys import Kind, Sign, VerifierKey
from domain.audit.note import Signature

LOG = "log.example/kaohe"
WITNESS = "witness.example/archive"


def key(name: str, kind: Kind, seed: int) -> tuple[VerifierKey, Sign]:
    """Return a key made from one repeated byte, and what signs with it."""
    private = eddsa.import_private_key(bytes([seed]) * 32)
    public = private.public_key().export_key(format="raw")
    return VerifierKey(name, kind, public), eddsa.new(private, "rfc8032").sign


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether ``signature`` is that of ``message`` (RFC 8032)."""
    checker = eddsa.new(eddsa.import_public_key(public), "rfc8032")
    try:
        checker.verify(message, signature)
    except ValueError:
        return False
    return True


def cosign(text: str, time: int, key: VerifierKey, signer: Sign) -> Signature:
    """Return a witness's signature on the text of a checkpoint, at ``time`` in seconds since 1970.

    The program for witnesses signs by itself and shares nothing with this.
    """
    return Signature(key.name, key.id, time.to_bytes(8) + signer(signed_message(text, time)))


LOG_KEY, log_sign = key(LOG, Kind.LOG, 1)
WITNESS_KEY, witness_sign = key(WITNESS, Kind.WITNESS, 2)
