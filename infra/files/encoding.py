"""Text files as offices save them: UTF-8 with or without BOM, or GB18030."""

from __future__ import annotations

import codecs

from domain.errors import Refused

_FIX = "请另存为 UTF-8 编码（或 GB18030 编码）的文本文件。"
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_FIRST_OF_THREE_BYTES = "\u0800"
_UNREADABLE = "\ufffd"


def decode_text(data: bytes, name: str) -> str:
    """Return the text of the file ``name``.

    GB18030 gives some meaning to almost any bytes, so a UTF-8 file with a few broken ones is told
    apart by the whole characters around them, and refused rather than read as gibberish.

    Raises:
        Refused: the bytes are neither UTF-8 nor GB18030.
    """
    if data.startswith(_OTHER_MARKS):
        raise Refused(f"{name}：是 UTF-16 或 UTF-32 编码，不能读取", fix=_FIX)
    if b"\0" in data:
        raise Refused(f"{name}：不是文本文件，或是 UTF-16 编码，不能读取", fix=_FIX)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = error.start
    if _mostly_utf8(data):
        line = data.count(b"\n", 0, broken) + 1
        fix = "文件可能在传送中损坏，请换一份完好的，或重新另存为 UTF-8 编码。"
        raise Refused(f"{name}：第 {line} 行有损坏的 UTF-8 字节", fix=fix)
    try:
        return data.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused(f"{name}：既不是 UTF-8 编码，也不是 GB18030 编码", fix=_FIX) from None


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_UNREADABLE)
    whole = sum(sign >= _FIRST_OF_THREE_BYTES for sign in text) - broken
    return whole > broken
