"""Text that stays text in Markdown: no heading, list, link, table cell or HTML comes of it."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>|~&{@$]")
"""Signs that mean something within a line; before a backslash they are themselves."""
_ADDRESS: Final = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
"""Beginnings of what GitHub makes a link of by itself."""
_AT_START: Final = re.compile(
    r"^(\d+(?=[.)](?:\s|$)))|^([-+](?=[\s-]|$)|=(?==*$)|#(?=#{0,5}(?:\s|$)))"
)
"""What begins a list, a heading or a rule."""
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def as_text(value: object) -> object:
    """Return what is printed for ``value``: the same words on one line, and no markup.

    What is marked as safe, and numbers, are printed as they are.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    line = " ".join(value.split())
    line = _SIGNS.sub(lambda sign: _ENTITIES.get(sign[0], f"\\{sign[0]}"), line)
    line = _ADDRESS.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", line)
    return _AT_START.sub(_plain, line)


def _plain(found: re.Match[str]) -> str:
    """Return the beginning of a line so that it begins no list and no heading."""
    return f"{found[1]}\\" if found[1] else f"\\{found[2]}"
