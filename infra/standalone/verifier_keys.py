"""Public keys as they are handed over: ``name+id+base64`` (C2SP signed-note, *Verifier keys*)."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from infra.standalone.notation import HASH_BYTES, base64_of, bytes_of
from infra.standalone.wording import Malformed, shown

LOG_KIND = 1
WITNESS_KIND = 4
_FINGERPRINT_BYTES = 20
_WRITTEN = re.compile(r"([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")


class PublicKey(NamedTuple):
    """Whose key it is, whether of a log or of a witness, and its 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def digest(self) -> bytes:
        """The SHA-256 of all that makes it this key."""
        named = self.name.encode("utf-8") + b"\n" + bytes([self.kind])
        return sha256(named + self.public).digest()

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the digest; signatures carry them."""
        return self.digest[:4]

    @property
    def is_log(self) -> bool:
        """Whether it is the key of a log."""
        return self.kind == LOG_KIND

    def written(self) -> str:
        """Return the key as it is handed over."""
        code = base64_of(bytes([self.kind]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{code}"

    def fingerprint(self) -> list[str]:
        """Return the lines that two people compare by telephone: 20 bytes in hexadecimal."""
        parts = [self.digest[at : at + 4] for at in range(0, _FINGERPRINT_BYTES, 4)]
        return [f"{n}  {part.hex()[:4]} {part.hex()[4:]}" for n, part in enumerate(parts, 1)]


def looks_like_key(text: str) -> bool:
    """Return whether ``text`` is written like a key, so that it is not the name of a file."""
    return _WRITTEN.fullmatch(text) is not None


def key_of(text: str) -> PublicKey:
    """Return the key that ``text`` writes. Raises ``Malformed``."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise Malformed(
            f"“{shown(text)}”不是公钥，应写成“名称+8 位十六进制编号+Base64”",
            f'"{shown(text)}" is not a key: expected name+8 hexadecimal digits+Base64',
        )
    name, key_id, code = found.groups()
    check_key_name(name)
    data = bytes_of(code)
    if len(data) != 1 + HASH_BYTES or data[0] not in (LOG_KIND, WITNESS_KIND):
        raise Malformed(
            f"公钥 {shown(name)} 不是 Ed25519 的日志公钥（类型 1）或见证公钥（类型 4）",
            f"key {shown(name)} is not an Ed25519 key of a log (type 1) or witness (type 4)",
        )
    key = PublicKey(name, data[0], data[1:])
    if key.key_id.hex() != key_id:
        raise Malformed(
            f"公钥 {shown(name)} 的编号应为 {key.key_id.hex()}，写的是 {key_id}：抄写有误或被改动",
            f"key {shown(name)} has id {key.key_id.hex()}, not {key_id}: miscopied or altered",
        )
    return key


def check_key_name(name: str) -> None:
    """Check that ``name`` can name a key: not empty, no white space, control sign or plus."""
    if not name or any(c == "+" or c < " " or c.isspace() for c in name):
        raise Malformed(
            f"名称“{shown(name)}”不能为空，不能含空白或加号",
            f'the name "{shown(name)}" must not be empty nor hold white space or "+"',
        )
