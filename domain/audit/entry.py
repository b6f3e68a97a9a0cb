"""An entry of the log: the exact bytes that are hashed, so that every field is covered.

An entry is canonical JSON (RFC 8785) of seven fields. The event's stored bytes are canonical
already and stand in it as they are, so that an entry is put together without decoding anything.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

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
_START: Final = b'{"event":'
# A log has one origin and few types of event.
_known = lru_cache(maxsize=1024)(quoted)


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
        return entry_bytes(
            self.log, self.position, self.stream, self.version,
            self.type, self.recorded_at, self.data,
        )  # fmt: skip


def entry_bytes(  # noqa: PLR0913, PLR0917  an entry has seven fields, and this runs for each event
    log: str, position: int, stream: str, version: int, type_: str, recorded_at: str, data: bytes
) -> bytes:
    """Return the bytes of the entry for one row of the log (note 6, RFC 8785 §3.2).

    ``data`` is the stored event, canonical JSON; that is trusted here and checked by
    ``read_entry``.
    """
    rest = (
        f',"log":{_known(log)},"position":{position},"recorded_at":{quoted(recorded_at)}'
        f',"stream":{quoted(stream)},"type":{_known(type_)},"version":{version}}}'
    )
    return _START + data + rest.encode()


def read_entry(line: bytes) -> Entry:
    """Return the entry that ``line`` holds, when it is written exactly as entries are.

    Raises ``NotAnEntry`` when it is not canonical JSON in Unicode NFC, when a field is missing,
    too many or of another kind, or when a number of the log is below 1.
    """
    try:
        fields = parse_canonical(line)
    except NotJson as error:
        raise NotAnEntry(str(error)) from None
    if not unicodedata.is_normalized("NFC", line.decode()):
        raise NotAnEntry("文字不是 Unicode NFC 形式")
    _check(fields)
    del fields["event"]
    entry = Entry(**fields, data=b"")
    # The line is canonical, so what is not the other six fields is the event.
    others = len(entry.encode()) - len(_START)
    return replace(entry, data=line[len(_START) : -others])


def _check(fields: Any) -> None:  # noqa: ANN401  any JSON value
    if not isinstance(fields, dict) or fields.keys() != _FIELDS.keys():
        raise NotAnEntry(f"一条记录应当正好有这些字段：{'、'.join(_FIELDS)}")
    for name, kind in _FIELDS.items():
        if type(fields[name]) is not kind:
            raise NotAnEntry(f"字段 {name} 的值不对")
    if fields["position"] < 1 or fields["version"] < 1:
        raise NotAnEntry("position 和 version 从 1 开始")
