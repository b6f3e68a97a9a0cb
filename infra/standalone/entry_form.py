"""One entry of the log: a line of canonical JSON with exactly seven fields."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from infra.standalone.canonical_json import careful_value_of, utf8_text
from infra.standalone.wording import Malformed, shown

LONGEST_EVENT = 65_535
LONGEST_LINE = 2 * 65_536
ENTRY_FIELDS = ("event", "log", "position", "recorded_at", "stream", "type", "version")
_DAYS_BEFORE_1970 = 719_163
_VALUE_KINDS = (dict, str, int, str, str, str, int)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
)


class Entry(NamedTuple):
    """What the checks of order need of an entry; text as the bytes of UTF-8."""

    log: bytes
    position: int
    recorded_at: bytes
    stream: bytes
    version: int


def entry_of(line: bytes) -> Entry:
    """Return the entry on a line without its line feed. Raises ``Malformed``."""
    if line.endswith(b"\r"):
        raise Malformed(
            "行末有回车符：换行被改成了 CRLF，请使用未经改动的原文件",
            "the line ends with CR LF: line ends were converted; use the original file",
        )
    fields = careful_value_of(utf8_text(line), ascii_names=True)
    if not isinstance(fields, dict) or tuple(fields) != ENTRY_FIELDS:
        names = ", ".join(ENTRY_FIELDS)
        raise Malformed(f"记录应当正好有这些字段：{names}", f"an entry has exactly: {names}")
    for name, kind in zip(ENTRY_FIELDS, _VALUE_KINDS):
        if type(fields[name]) is not kind:
            raise Malformed(
                f"字段 {name} 的值不对", f"the field {name} has a value of another kind"
            )
    if fields["position"] < 1 or fields["version"] < 1:
        raise Malformed("position 和 version 从 1 开始", "position and version count from 1")
    seconds_of(fields["recorded_at"])
    _check_length(line, fields)
    log, stream = fields["log"].encode("utf-8"), fields["stream"].encode("utf-8")
    moment = fields["recorded_at"].encode("ascii")
    return Entry(log, fields["position"], moment, stream, fields["version"])


def seconds_of(moment: str) -> int:
    """Return the whole seconds since 1970 of a time such as ``2022-03-01T02:03:04.000005Z``."""
    day = _days_since_1970(moment[:10]) if _MOMENT.fullmatch(moment) else None
    if day is None:
        raise Malformed(
            f"recorded_at“{shown(moment)}”不是写到微秒的 UTC 时间",
            f'recorded_at "{shown(moment)}" is not a time in UTC to the microsecond',
        )
    hours, minutes, seconds = int(moment[11:13]), int(moment[14:16]), int(moment[17:19])
    return ((day * 24 + hours) * 60 + minutes) * 60 + seconds


@lru_cache(maxsize=4096)
def _days_since_1970(day: str) -> int | None:
    try:
        return date(int(day[:4]), int(day[5:7]), int(day[8:])).toordinal() - _DAYS_BEFORE_1970
    except ValueError:
        return None


def _check_length(line: bytes, fields: dict[str, Any]) -> None:
    """Check the event's own length: the line is canonical, so the rest of it is known."""
    if len(line) <= LONGEST_EVENT:
        return
    texts = sum(_written_length(fields[name]) for name in ("log", "recorded_at", "stream", "type"))
    numbers = len(str(fields["position"])) + len(str(fields["version"]))
    marks = sum(len(name) + 4 for name in ENTRY_FIELDS) + 1
    if len(line) - texts - numbers - marks > LONGEST_EVENT:
        raise Malformed(
            f"event 长于 {LONGEST_EVENT} 字节", f"the event is longer than {LONGEST_EVENT} bytes"
        )


def _written_length(text: str) -> int:
    short = sum(text.count(sign) for sign in '"\\\b\t\n\f\r')
    controls = sum(sign < " " for sign in text) - sum(text.count(sign) for sign in "\b\t\n\f\r")
    return len(text.encode("utf-8")) + 2 + short + 5 * controls
