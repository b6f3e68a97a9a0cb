"""How many lines a text takes in a column.

Not every program fits a row to its texts when it opens a workbook, so their heights are written.
"""

from __future__ import annotations

import unicodedata


def lines_of(text: str, signs: float) -> int:
    """Return about how many lines a text takes in a column that has room for so many signs.

    Chinese signs are two wide.
    """
    if 2 * len(text) <= signs and "\n" not in text:
        return 1
    room = max(2, int(signs))
    return sum(_lines(part, room) for part in text.split("\n"))


def _lines(text: str, room: int) -> int:
    """Return the lines of one paragraph: words stay whole as long as a line has room for them."""
    lines, at = 1, 0
    for word in text.split(" "):
        size = _wide(word)
        if at and at + 1 + size > room:
            lines, at = lines + 1, 0
        at += size + (1 if at else 0)
        more = max(0, at - 1) // room
        lines, at = lines + more, at - more * room
    return lines


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
