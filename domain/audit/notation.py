"""How numbers, bytes and lines are written in the texts that are signed: in one way only.

The C2SP formats use standard Base 64 (RFC 4648 §4) and decimals without leading zeros; what has
two spellings could be changed without the change being noticed.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Final

from domain.audit.tree import HASH_LENGTH

LARGEST_COUNT: Final = 2**63 - 1
_COUNT = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class Malformed(ValueError):
    """A text is not of the form that it should have; the message says why, in Chinese."""


def read_text(data: bytes, *, longest: int) -> str:
    """Return signed text from its bytes: UTF-8, no control character but the line feed.

    Raises ``Malformed``, also for more than ``longest`` bytes.
    """
    if len(data) > longest:
        raise Malformed(f"太长：{len(data)} 字节，最多 {longest} 字节")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"第 {error.start + 1} 个字节处不是 UTF-8 文字") from None
    if "\r" in text:
        raise Malformed("有回车符：换行被改成了 CRLF，请取原来的文件，不要用编辑器另存")
    if found := _CONTROL.search(text):
        raise Malformed(f"有控制字符 U+{ord(found.group()):04X}")
    return text


def read_count(text: str) -> int:
    """Return the number that ``text`` writes in decimal, at most 2⁶³ − 1.

    Raises ``Malformed`` for leading zeros, signs, other digits than 0 to 9.
    """
    if not _COUNT.fullmatch(text) or int(text) > LARGEST_COUNT:
        raise Malformed(f"“{text[:40]}”不是没有前导零的十进制数")
    return int(text)


def write_base64(data: bytes) -> str:
    """Return ``data`` in standard Base 64 with padding."""
    return b64encode(data).decode()


def read_base64(text: str) -> bytes:
    """Return the bytes that ``text`` writes in standard Base 64.

    Raises ``Malformed`` for any spelling that ``write_base64`` would not choose: other letters,
    missing padding, stray bits at the end.
    """
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if write_base64(data) != text:
        raise Malformed(f"“{text[:40]}”不是规范的 Base64")
    return data


def read_hash(text: str) -> bytes:
    """Return the SHA-256 hash on a line. Raises ``Malformed`` when it is not one."""
    data = read_base64(text)
    if len(data) != HASH_LENGTH:
        raise Malformed(f"“{text[:60]}”不是 {HASH_LENGTH} 字节的散列值")
    return data


def write_lines(lines: Iterable[str]) -> str:
    """Return ``lines``, each ended by a line feed."""
    return "".join(f"{line}\n" for line in lines)
