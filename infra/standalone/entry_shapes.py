"""Recognising entries quickly by the shape of others that were read carefully.

Most entries of a type differ in nothing but the texts and numbers in them. From an entry found to
be canonical a pattern is made that leaves each text (without escapes) and each number open and
nothing else; whatever matches it has the same fields in the same order and is canonical too.
UTF-8, NFC and control characters are checked for many lines at once, which is much faster.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Callable, Match, Optional, Sequence

from infra.standalone.entry_form import LONGEST_EVENT, Entry

Recognised = Optional[Match[bytes]]

_MOST_PATTERNS = 300
_MOST_FOR_ONE_KEY = 8
_SEEN_BEFORE = 3
_LONGEST_SAMPLE = 4096
_TOKEN = re.compile(rb'"[^"]*":?|[0-9-]+|[^"0-9-]+')
_ANY_TEXT = rb'"[^"]*"'
_ANY_NUMBER = rb"(?:0|-?[1-9][0-9]{0,14})"
_COUNT = rb"([1-9][0-9]{0,14})"
# The day is checked by the caller; there are few of them.
_MOMENT_TEXT = (
    rb"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z)"
)
_TYPE = b'"type":"'
_CONTROLS = bytes(sign for sign in range(32) if sign != 10)


class Shapes:
    """The patterns found so far, by a key that is quickly made: quotes counted, type begun."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[int, bytes], list[Callable[[bytes], Recognised]]] = {}
        self._seen: dict[tuple[int, bytes], int] = {}
        self._made = 0

    def recognised(self, block: bytes, lines: Sequence[bytes]) -> list[Recognised]:
        """Return for each line a match of position, time, stream and version, or none.

        ``lines`` are those of ``block``. A line without a match may be right all the same.
        """
        found: list[Recognised] = [None] * len(lines)
        if not _is_plain(block):
            return found
        patterns = self._patterns.get
        for place, line in enumerate(lines):
            start = line.rfind(_TYPE) + 8
            for match in patterns((line.count(b'"'), line[start : start + 12]), ()):
                matched = match(line)
                if matched and b"\\" not in line and len(line) <= LONGEST_EVENT:
                    found[place] = matched
                    break
        return found

    def learn(self, line: bytes, entry: Entry) -> None:
        """Remember the shape of a line that was read carefully, if others will be like it."""
        if b"\\" in line or len(line) > _LONGEST_SAMPLE or self._made >= _MOST_PATTERNS:
            return
        start = line.rfind(_TYPE) + 8
        key = (line.count(b'"'), line[start : start + 12])
        seen = self._seen.get(key, 0) + 1
        if seen == 1 and len(self._seen) >= 16 * _MOST_PATTERNS:
            return
        self._seen[key] = seen
        patterns = self._patterns.setdefault(key, [])
        if seen < _SEEN_BEFORE or len(patterns) >= _MOST_FOR_ONE_KEY:
            return
        self._made += 1
        patterns.insert(0, re.compile(_pattern(line, entry)).fullmatch)


def _is_plain(block: bytes) -> bool:
    """Return whether a block is UTF-8 in NFC and holds no control character but line feeds."""
    if len(block.translate(None, _CONTROLS)) != len(block):
        return False
    try:
        return unicodedata.is_normalized("NFC", block.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _pattern(line: bytes, entry: Entry) -> bytes:
    """Return the pattern of a canonical line without escapes."""
    literal = re.escape
    before, type_and_version = line.rsplit(b',"type":', 1)
    name = type_and_version.rsplit(b',"version":', 1)[0]
    middle = b',"log":"%b","position":%d,"recorded_at":"%b","stream":"%b"'
    rest = middle % (entry.log, entry.position, entry.recorded_at, entry.stream)
    event = before[: -len(rest)]
    opened = b"".join(map(_left_open, _TOKEN.findall(event)))
    return b"".join(
        (
            opened, literal(b',"log":"%b","position":' % entry.log), _COUNT,
            b',"recorded_at":"', _MOMENT_TEXT, rb'","stream":"([^"]*)","type":',
            literal(name), b',"version":', _COUNT, literal(b"}"),
        )
    )  # fmt: skip


def _left_open(token: bytes) -> bytes:
    if token.endswith(b":"):
        return re.escape(token)
    if token.startswith(b'"'):
        return _ANY_TEXT
    return _ANY_NUMBER if token[:1] in b"0123456789-" else re.escape(token)
