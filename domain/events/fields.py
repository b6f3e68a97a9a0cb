"""The forms that a field of an event can take.

A form names how a field is written and which vocabulary of the rulebook it draws on. ``check``
tidies and checks what a person wrote, once, before it is recorded; ``read`` turns the stored
text into a value and runs at every replay, so it is kept to the moments, which need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from domain.days import read_day, read_moment, stored_day, stored_moment
from domain.names import tidy

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Form:
    """How a field is written: its form, the vocabulary it draws on, and how it is read."""

    name: str
    vocabulary: str = ""
    check: Callable[[object], object] | None = None
    read: Callable[[object], object] | None = None

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic read a stored value with this form's own function."""
        if self.read is None:
            return handler(source)
        from pydantic_core import core_schema  # noqa: PLC0415  replays must not import pydantic

        return core_schema.no_info_plain_validator_function(self.read)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        message = "应为文字"
        raise ValueError(message)  # noqa: TRY004  pydantic reports ValueError only
    clean = tidy(raw)
    if not clean:
        message = "不能为空"
        raise ValueError(message)
    return clean


def check_name(raw: object) -> str:
    """Return a name or number on one line, tidied. Raises ``ValueError`` when it cannot be one."""
    return _name(raw) if isinstance(raw, str) else _name(_text(raw))


@lru_cache(maxsize=8192)
def _name(raw: str) -> str:
    """Return a name, tidied; a register names the same few hundred over and over."""
    clean = _text(raw)
    if len(clean) > _LONGEST_NAME:
        message = f"不能超过 {_LONGEST_NAME} 个字"
        raise ValueError(message)
    if "\n" in clean or "\t" in clean:
        message = "不能含有换行或制表符"
        raise ValueError(message)
    return clean


def _count(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < 2**53:
        message = "应为不小于 0 的整数"
        raise ValueError(message)
    return raw


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        message = "应为 true 或 false（工作簿中写“是”或“否”）"
        raise ValueError(message)  # noqa: TRY004  pydantic reports ValueError only
    return raw


def check_digest(raw: object) -> str:
    """Return a SHA-256 in lower case. Raises ``ValueError`` when it is none."""
    digest = raw.lower() if isinstance(raw, str) else ""
    if not _SHA256.fullmatch(digest):
        message = "应为 64 位十六进制的 SHA-256 摘要"
        raise ValueError(message)
    return digest


Text = Annotated[str, Form("text", check=_text)]
Name = Annotated[str, Form("name", check=check_name)]
Count = Annotated[int, Form("count", check=_count)]
Flag = Annotated[bool, Form("flag", check=_flag)]
Day = Annotated[date, Form("day", check=read_day, read=stored_day)]
When = Annotated[date | datetime, Form("when", check=read_moment, read=stored_moment)]
Digest = Annotated[str, Form("digest", check=check_digest)]
Unit = Annotated[str, Form("unit", check=check_name)]
Value = Annotated[Any, Form("value")]
Target = Annotated[int, Form("target")]
Lines = Annotated[list[dict[str, Any]], Form("lines")]

Category = Annotated[str, Form("code", "categories", check_name)]
Kind = Annotated[str, Form("code", "kinds", check_name)]
Level = Annotated[str, Form("code", "levels", check_name)]
Nature = Annotated[str, Form("code", "contents", check_name)]
Topic = Annotated[str, Form("code", "topics", check_name)]
Role = Annotated[str, Form("code", "roles", check_name)]
Host = Annotated[str, Form("code", "hosts", check_name)]
Body = Annotated[str, Form("code", "bodies", check_name)]
DocumentKind = Annotated[str, Form("code", "documents", check_name)]
FindingKind = Annotated[str, Form("code", "findings", check_name)]
Outcome = Annotated[str, Form("code", "outcomes", check_name)]
Remedy = Annotated[str, Form("code", "remedies", check_name)]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A file that proves an event: its name and the SHA-256 of its bytes."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by pydantic, never changed

    name: Name
    sha256: Digest


@dataclass(frozen=True, kw_only=True)
class Source:
    """The row of a file that an event was imported from."""

    file: Name
    sha256: Digest
    row: Count
    sheet: Name | None = None
