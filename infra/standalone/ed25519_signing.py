"""Signing with Ed25519 (RFC 8032) in plain Python.

Running time depends on the secret, which matters only to somebody who can already run programs on
the machine that holds the key.
"""

from __future__ import annotations

import hashlib

from infra.standalone.ed25519 import (
    GROUP_ORDER,
    Point,
    encoded_point,
    hash_number,
    sum_of_products,
)


def ed25519_public(seed: bytes) -> bytes:
    """Return the public key of the 32 secret bytes ``seed`` (RFC 8032 §5.1.5)."""
    return encoded_point(_times_base(_secret(seed)[0]))


def ed25519_sign(seed: bytes, message: bytes) -> bytes:
    """Return the signature of ``message`` by the key with the secret ``seed`` (§5.1.6)."""
    scalar, prefix = _secret(seed)
    public = encoded_point(_times_base(scalar))
    nonce = hash_number(prefix, message)
    start = encoded_point(_times_base(nonce))
    answer = (nonce + hash_number(start, public, message) * scalar) % GROUP_ORDER
    return start + answer.to_bytes(32, "little")


def _secret(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return (scalar & (2**254 - 8)) | 2**254, digest[32:]


def _times_base(number: int) -> Point:
    return sum_of_products(number, 0, [])
