"""Keys that verify signatures on notes, and the short id by which a signature names its key.

C2SP signed-note, *Verifier keys* and *Signature types*. A key is what others are given, by a way
that this log does not control; its text form is ``name+id+key``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final, Self, TypeAlias

from domain.audit.notation import Malformed, read_base64, write_base64

PUBLIC_LENGTH: Final = 32
SIGNATURE_LENGTH: Final = 64
ID_LENGTH: Final = 4
_ID = re.compile(r"[0-9a-f]{8}")

Sign: TypeAlias = Callable[[bytes], bytes]
"""Ed25519 (RFC 8032): from a message to its signature of 64 bytes, by a key held elsewhere."""
Verify: TypeAlias = Callable[[bytes, bytes, bytes], bool]
"""Ed25519 (RFC 8032): whether, for a public key, a signature is that of a message."""


class Kind(IntEnum):
    """What a signature of a key means (signature type of C2SP signed-note)."""

    LOG = 0x01
    """An Ed25519 signature over the note's text: the log states it."""
    WITNESS = 0x04
    """A timestamped cosignature of a checkpoint: a witness has seen the log grow to it."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of an Ed25519 key: whose it is, what its signatures mean, its 32 bytes.

    Raises ``Malformed`` when made with a name or key that cannot be one.
    """

    name: str
    kind: Kind
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != PUBLIC_LENGTH:
            raise Malformed(f"公钥应为 {PUBLIC_LENGTH} 字节，这里有 {len(self.public)} 字节")

    @property
    def digest(self) -> bytes:
        """SHA-256 over name, line feed, kind and key: all that makes it this key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()

    @property
    def id(self) -> bytes:
        """The first four bytes of the digest, which signatures carry: a hint, not a proof."""
        return self.digest[:ID_LENGTH]

    def __str__(self) -> str:
        """Return the key as it is handed over: name, id in hexadecimal, kind and key in Base 64."""
        return f"{self.name}+{self.id.hex()}+{write_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key that ``text`` writes. Raises ``Malformed`` with what is wrong with it."""
        name, id_, key = (*text.split("+", 2), "", "")[:3]
        if not _ID.fullmatch(id_):
            raise Malformed("验证公钥应写成“名称+8 位十六进制编号+Base64”")
        kind, public = read_base64(key)[:1], read_base64(key)[1:]
        if kind not in {bytes([known]) for known in Kind}:
            raise Malformed(f"公钥的类型 0x{kind.hex()} 不受支持")
        found = cls(name, Kind(kind[0]), public)
        if found.id.hex() != id_:
            raise Malformed(f"公钥的编号应为 {found.id.hex()}，写的是 {id_}：名称或公钥被改动")
        return found


def check_name(name: str) -> None:
    """Check that ``name`` can name a key: not empty, no white space, control or plus sign.

    Raises ``Malformed``.
    """
    if not name or any(sign == "+" or sign < " " or sign.isspace() for sign in name):
        raise Malformed(f"密钥名称“{name[:60]}”不能为空，不能含有空白或加号")
