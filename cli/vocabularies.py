"""The words of all installed rulebooks: for reading files and for telling what happened."""

from __future__ import annotations

from collections.abc import Iterable

from domain.rulebook.model import Rulebook


def merged(rulebooks: Iterable[Rulebook]) -> dict[str, dict[str, str]]:
    """Return every list of codes with the label of each code, of all ``rulebooks`` together."""
    found: dict[str, dict[str, str]] = {}
    for book in rulebooks:
        for name, codes in book.vocabulary.items():
            for code, label in codes.items():
                found.setdefault(name, {}).setdefault(code, label)
    return found
