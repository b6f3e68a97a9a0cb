"""Numbers, bytes and lines of texts that are signed: each has one spelling, others are refused."""

from __future__ import annotations

import base64
import binascii
import re

from infra.standalone.wording import Malformed, shown

HASH_BYTES = 32
LARGEST_SIZE = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


def text_of(data: bytes, longest: int) -> str:
    """Return signed text: UTF-8 without control characters but the line feed, not too long."""
    if len(data) > longest:
        raise Malformed(f"文件太长，最多 {longest} 字节", f"longer than {longest} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + 1
        raise Malformed(f"第 {at} 字节处不是 UTF-8", f"byte {at} is not UTF-8") from None
    if "\r" in text:
        raise Malformed(
            "有回车符，换行被改成了 CRLF；请使用未经编辑器或传输工具改动的原文件",
            "carriage returns: line ends were converted to CRLF; use the original file",
        )
    found = _CONTROL.search(text)
    if found:
        mark = f"U+{ord(found.group()):04X}"
        raise Malformed(f"有控制字符 {mark}", f"control character {mark}")
    return text


def number_of(text: str) -> int:
    """Return a decimal without sign or leading zeros, at most 2⁶³ − 1."""
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise Malformed(
            f"“{shown(text)}”不是十进制数，或有前导零",
            f'"{shown(text)}" is not a decimal number without leading zeros',
        )
    return int(text)


def bytes_of(text: str) -> bytes:
    """Return the bytes of standard Base64 with padding and no stray bits (RFC 4648 §4)."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if base64_of(data) != text:
        raise Malformed(
            f"“{shown(text)}”不是规范的 Base64", f'"{shown(text)}" is not strict Base64'
        )
    return data


def base64_of(data: bytes) -> str:
    """Return bytes in standard Base64."""
    return base64.b64encode(data).decode("ascii")


def hash_of(text: str) -> bytes:
    """Return a SHA-256 hash written in Base64."""
    data = bytes_of(text)
    if len(data) != HASH_BYTES:
        raise Malformed(f"“{shown(text)}”不是 32 字节的散列值", f'"{shown(text)}" is not 32 bytes')
    return data
