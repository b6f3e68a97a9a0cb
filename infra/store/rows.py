"""Rows of the log as plain tuples, and the moments they carry as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

from domain.errors import IntegrityBroken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T", int, str)
R = TypeVar("R", bound="Sequence[Any]")

BROKEN_FIX: Final = "请停止登记，运行 kaohe verify db 查明，并保留数据库原件。"

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", re.ASCII)

# Older SQLite takes 999 parameters in one statement.
_LISTED: Final = 500

Row: TypeAlias = tuple[int, str, int, str, str, bytes, bytes]
"""A row to be written: the fields of `StoredRow` and the leaf hash.

Drivers take a plain tuple without copying it.
"""


class StoredRow(NamedTuple):
    """One recorded event as the database holds it; the fields are the columns, in their order.

    ``position`` counts the log from 1 without gaps, ``version`` the events of one ``stream``;
    ``recorded_at`` is UTC to the microsecond, always 27 characters, so that text order is time
    order.
    """

    position: int
    stream: str
    version: int
    type: str
    recorded_at: str
    data: bytes


class Head(NamedTuple):
    """How far the log reaches: the last position given, 0 for none, and when."""

    position: int
    recorded_at: str | None

    @classmethod
    def of(cls, row: Sequence[Any] | None) -> Head:
        """Take the head from its row. Raises ``IntegrityBroken`` as ``head_row`` does."""
        return cls._make(head_row(row))


def head_row(row: R | None) -> R:
    """Return the head row as it was read; the position and the moment come first.

    Raises:
        IntegrityBroken: the row is gone, so nobody knows which numbers were given, or one of the
        two is not of a form that was ever written.
    """
    if row is None:
        raise IntegrityBroken(
            "数据库里记着编号用到哪里的那一行（head）不见了", fix="请停止登记，用备份核对数据库。"
        )
    # SQLite keeps whatever is put into a column.
    if type(row[0]) is not int or not (row[1] is None or _is_moment(row[1])):
        what = "记着编号用到哪里的那一行（head）不是本程序写的样子"
        raise IntegrityBroken(what, fix=BROKEN_FIX)
    return row


def _is_moment(value: object) -> bool:
    """Tell whether ``value`` is a moment as ``moment_text`` writes it."""
    if type(value) is not str or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def parts(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Return the values, each once and in order, in lists that fit into one statement."""
    listed = sorted(set(values))
    return (listed[start : start + _LISTED] for start in range(0, len(listed), _LISTED))


def moment_text(moment: datetime) -> str:
    """Write a moment as the log does, such as ``2026-11-22T07:01:02.123456Z``.

    Raises:
        ValueError: the moment has no time zone, so it could be any of two dozen.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment.isoformat()}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
