"""An entry of the log: the exact bytes that are hashed, so that every field is covered.

An entry is canonical JSON (RFC 8785) of seven fields. The event's stored bytes are canonical
already and stand in it as they are, so that an entry is put together without decoding anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from domain.audit.jcs import NotJson, quoted
from domain.audit.strict_json import parse_canonical

_FIELDS: Final = {
    "event": dict,
    "log": str,
    "position": int,
    "recorded_at": str,
    "stream": str,
    "type": str,
    "version": int,
}
# One length for all, so that the order of texts is the order of times.
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_START: Final = b'{"event":'

EntryWriter: TypeAlias = Callable[[int, str, int, str, bytes], bytes]
"""Writes an entry: position, stream, version, type and stored event in, the hashed bytes out."""


class NotAnEntry(ValueError):
    """These bytes are not an entry of a log; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded event as the log states it; ``log`` is the origin, ``data`` the event's JSON.

    ``position`` counts the log and ``version`` the stream, both from 1; ``recorded_at`` is UTC.
    """

    log: str
    position: int
    stream: str
    version: int
    type: str
    recorded_at: str
    data: bytes

    def encode(self) -> bytes:
        """Return the bytes that are hashed."""
        write = entry_writer(self.log, self.recorded_at)
        return write(self.position, self.stream, self.version, self.type, self.data)


@lru_cache(maxsize=8)
def entry_writer(log: str, recorded_at: str) -> EntryWriter:
    """Return what writes entries of ``log`` that were recorded at one moment (RFC 8785 §3.2).

    It takes position, stream, version, type and the stored event, canonical JSON; that is trusted
    here and checked by ``read_entry``. What all of a batch share is written out once.
    """
    of_log, at = (quoted(text).replace("%", "%%") for text in (log, recorded_at))
    placed = f',"log":{of_log},"position":%d,"recorded_at":{at}'
    pattern = _START + b"%b" + placed.encode() + b',"stream":%b,"type":%b,"version":%d}'

    def write(position: int, stream: str, version: int, type_: str, data: bytes) -> bytes:
        return pattern % (data, position, quoted(stream).encode(), _type(type_), version)

    return write


@lru_cache(maxsize=64)
def _type(name: str) -> bytes:
    """Return the name of a type as it is written; there are few of them in a log."""
    return quoted(name).encode()


def read_entry(line: bytes) -> Entry:
    """Return the entry that ``line`` holds, when it is written exactly as entries are.

    Raises ``NotAnEntry`` when it is not canonical JSON in Unicode NFC, when a field is missing,
    too many or of another kind, a number is below 1, or the time is written otherwise.
    """
    try:
        fields = parse_canonical(line)
    except NotJson as error:
        raise NotAnEntry(str(error)) from None
    if not unicodedata.is_normalized("NFC", line.decode()):
        raise NotAnEntry("文字不是 Unicode NFC 形式")
    _check(fields)
    del fields["event"]
    # The line is canonical, so what is not the other six fields is the event.
    others = len(Entry(**fields, data=b"").encode()) - len(_START)
    return Entry(**fields, data=line[len(_START) : -others])


def _check(fields: Any) -> None:  # noqa: ANN401  any JSON value
    if not isinstance(fields, dict) or fields.keys() != _FIELDS.keys():
        raise NotAnEntry(f"一条记录应当正好有这些字段：{'、'.join(_FIELDS)}")
    for name, kind in _FIELDS.items():
        if type(fields[name]) is not kind:
            raise NotAnEntry(f"字段 {name} 的值不对")
    if fields["position"] < 1 or fields["version"] < 1:
        raise NotAnEntry("position 和 version 从 1 开始")
    if not _MOMENT.fullmatch(fields["recorded_at"]):
        raise NotAnEntry("recorded_at 应为 UTC 时间，写到微秒，以 Z 结尾")
