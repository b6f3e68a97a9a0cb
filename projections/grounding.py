"""What the stored lines were made by: the version of the rules, and the rulebooks of the cycles.

Lines that were made by anything else are made anew, never misread. Rulebooks that no cycle
names do not matter: installing one changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from domain.rulebook.model import Rulebook

RULES_VERSION = 1
"""Raised when a rule or a table changes what is stored."""


def ground_of(rulebooks: Iterable[Rulebook]) -> str:
    """Return the mark of lines made by this version with ``rulebooks``."""
    prints = {book.id: _print(book) for book in rulebooks}
    return json.dumps({"rules": RULES_VERSION, "rulebooks": prints}, sort_keys=True)


def holds(mark: str, installed: Mapping[str, Rulebook]) -> bool:
    """Tell whether lines with this mark are what this version would make of the same events."""
    try:
        named = json.loads(mark)["rulebooks"]
    except (ValueError, KeyError, TypeError):
        return False
    if not all(name in installed for name in named):
        return False
    return mark == ground_of(installed[name] for name in named)


def _print(book: Rulebook) -> str:
    """Return the mark of one rulebook; it is asked for whenever a score is."""
    held = _PRINTS.get(id(book))
    if held is None:
        # The labels are in the texts of lines, though they cannot change a score.
        labels = json.dumps({name: dict(codes) for name, codes in book.vocabulary.items()})
        mark = sha256(f"{book.fingerprint}{labels}".encode()).hexdigest()[:16]
        held = _PRINTS[id(book)] = (book, mark)
    return held[1]


# The rulebook is kept beside its mark: an id is only good while its object lives.
_PRINTS: dict[int, tuple[Rulebook, str]] = {}
