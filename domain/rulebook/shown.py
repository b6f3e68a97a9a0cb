"""How the value of a parameter is written in an answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.lines import show


def plain(value: object) -> object:
    """Return a parameter's value as it stands in a JSON document; ``None`` is a cap of nothing."""
    if isinstance(value, Decimal):
        return show(value)
    if isinstance(value, date):
        return str(value)
    if isinstance(value, tuple):
        return [[name, show(lowest)] for name, lowest in value]
    return value


def in_words(value: object) -> str:
    """Return a parameter's value as it is printed and as a ruling may give it."""
    if value is None or value == ():
        return "none"
    if isinstance(value, Decimal):
        return show(value)
    if isinstance(value, tuple):
        return " ".join(f"{name} {show(lowest)}" for name, lowest in value)
    return str(value)
