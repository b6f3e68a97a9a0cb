"""The circular as a PDF: set by typst, from the page in ``circular.typ`` and the data alone.

Nothing is fetched and nothing is read but fonts. The same document gives the same bytes where
the fonts are the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, Final

import typst

from domain.errors import Refused
from infra.documents.fonts import FACES, Typefaces

_STANDARD: Final = "a-2b"
"""PDF/A, for archives; a sign that no font has is an error in it, never an empty place."""
_NO_FONT = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_FIX = "请安装字体，或用 --fonts 文件夹（环境变量 KAOHE_FONTS）指明放字体文件的文件夹。"


def circular_pdf(document: Mapping[str, Any], typefaces: Typefaces) -> bytes:
    """Return the circular as a PDF/A-2b file, dated the day that the circular tells of.

    Raises ``Refused`` when no font has Chinese signs, or none has a sign that is to be printed.
    """
    page = (resources.files("infra.documents") / "circular.typ").read_bytes()
    texts = {
        "document": json.dumps(document, ensure_ascii=False),
        "fonts": json.dumps(typefaces.families),
    }
    return _compiled(page, texts, typefaces, date.fromisoformat(document["as_of"]))


def _compiled(page: bytes, texts: dict[str, str], typefaces: Typefaces, day: date) -> bytes:
    dated = datetime.combine(day, time(), UTC)
    try:
        return typst.compile(
            page,
            font_paths=typefaces.all,
            sys_inputs=texts,
            pdf_standards=_STANDARD,
            timestamp=dated,
        )
    except typst.TypstError as error:
        signs = _unprintable(error.diagnostic)
        if not signs:
            message = f"PDF 没有排成：{error.message}"
            raise Refused(message, fix="请改用 .docx，并把这条信息交给维护人员。") from error
        if not _has_chinese(typefaces, dated):
            names = "、".join(
                dict.fromkeys(name for face in FACES.values() for name in face.families)
            )
            message = f"这台机器上没有中文字体，PDF 会是空白，没有写出。找过的字体有：{names}"
            raise Refused(message, fix=_FIX) from None
        shown = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in signs)
        raise Refused(f"现有的字体里没有这些字：{shown}，没有写出 PDF", fix=_FIX) from None


def _unprintable(diagnostic: str) -> list[str]:
    """Return the signs that typst names as being in no font, each once."""
    texts = "".join(_NO_FONT.findall(diagnostic))
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), texts)
    return list(dict.fromkeys(read))


def _has_chinese(typefaces: Typefaces, dated: datetime) -> bool:
    try:
        typst.compile(
            "国".encode(), font_paths=typefaces.all, pdf_standards=_STANDARD, timestamp=dated
        )
    except typst.TypstError:
        return False
    return True
