"""Ed25519 (RFC 8032) by the cryptography package: signing, verifying, private keys as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

if TYPE_CHECKING:
    from domain.audit.keys import Sign


class KeyUnreadable(ValueError):
    """These bytes are no Ed25519 private key, or the passphrase is not its own."""


class PassphraseNeeded(ValueError):
    """The key is locked with a passphrase."""


def new_key(passphrase: str | None) -> tuple[bytes, bytes]:
    """Make a key, and return it as PEM (PKCS #8), locked with ``passphrase``, and its public half.

    The public half has 32 bytes.
    """
    key = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    return pem, key.public_key().public_bytes_raw()


def signer(pem: bytes, passphrase: str | None) -> tuple[Sign, bytes]:
    """Return what signs with the key in ``pem``, and its public half.

    Raises ``PassphraseNeeded`` when it is locked and ``passphrase`` is none, ``KeyUnreadable`` when
    it cannot be opened.
    """
    try:
        key = load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except TypeError as error:
        if passphrase:  # the key is not locked; it need not be opened
            return signer(pem, None)
        raise PassphraseNeeded from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnreadable("口令不对，或者密钥文件已损坏") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnreadable("这不是 Ed25519 密钥")
    return key.sign, key.public_key().public_bytes_raw()


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether ``signature`` is that of ``message`` by the key whose public half is given."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
