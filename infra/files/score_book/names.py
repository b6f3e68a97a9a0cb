"""Names of sheets: what Excel allows of a unit's name, never the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from domain.names import fold

_LONGEST = 31
"""Characters in the name of a sheet, counted as UTF-16 does."""
_TO_FULL_WIDTH = 0xFEE0
"""How far the full-width form of a sign lies from it in Unicode."""
_FORBIDDEN = "[]:*?/\\()"
"""What Excel forbids, and brackets: XlsxWriter takes a name before one for a function."""
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What begins an escape in the files of Excel: ``_x0041_`` would be read as ``A``."""
_RESERVED = "History"
"""Excel keeps this name for itself."""
_UNNAMED = "单位"


def sheet_names(units: Iterable[str], *, taken: Iterable[str]) -> dict[str, str]:
    """Return the name of the sheet of each unit, none of them one of ``taken``.

    Signs that cannot stand there become their full-width forms; a name too long is cut, and one
    that is there already gets a number. Names that differ only in case or width are the same.
    """
    used = {_key(name) for name in (*taken, _RESERVED)}
    found = {}
    for unit in units:
        name = next(name for name in _spellings(unit) if _key(name) not in used)
        used.add(_key(name))
        found[unit] = name
    return found


def widened(text: str, signs: str) -> str:
    """Return ``text`` as a name or header can hold it, ``signs`` in it in their full-width form.

    What cannot be printed is left out.
    """
    wide = {ord(sign): chr(ord(sign) + _TO_FULL_WIDTH) for sign in f"{signs}_"}
    plain = "".join(filter(str.isprintable, text))
    return _ESCAPE.sub(wide.pop(ord("_")), plain).translate(wide)


def _spellings(unit: str) -> Iterable[str]:
    plain = widened(unit, _FORBIDDEN)
    yield _cut(plain, "")
    for number in count(2):
        yield _cut(plain, f"（{number}）")


def _cut(name: str, ending: str) -> str:
    """Return ``name`` with ``ending``, as much of it as there is room for."""
    kept, room = "", _LONGEST - _length(ending)
    for sign in name:
        room -= _length(sign)
        if room < 0:
            break
        kept += sign
    return (_bare(kept) or _UNNAMED) + ending


def _bare(name: str) -> str:
    """Return ``name`` without apostrophes and spaces at its ends, which Excel does not allow."""
    return re.sub(r"^['\s]+|['\s]+$", "", name)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _key(name: str) -> str:
    return fold(name).casefold()
