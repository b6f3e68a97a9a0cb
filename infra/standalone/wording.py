"""What is said to people, in both languages, with nothing in it that could disturb a terminal."""

from __future__ import annotations

from typing import NamedTuple

LONGEST_SHOWN = 60


class Said(NamedTuple):
    """One statement in Chinese and in English."""

    zh: str
    en: str


class Malformed(ValueError):
    """Bytes are not of the form that they should have; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)


class Unusable(Exception):
    """Something that the reader named cannot be opened or used, so there is nothing to judge."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)


def shown(text: str | bytes) -> str:
    """Return text of others as it may be printed: no control or direction marks, and not long."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "backslashreplace")
    cut = text[:LONGEST_SHOWN] + ("…" if len(text) > LONGEST_SHOWN else "")
    return "".join(c if c.isprintable() else _escaped(c) for c in cut)


def why(error: OSError) -> str:
    """Return the system's reason without the path, so that reports are alike on all machines."""
    return shown(error.strerror or type(error).__name__)


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
