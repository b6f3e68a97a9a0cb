"""What the stored lines were made by: the version of the rules, and the rulebooks of the cycles.

Lines that were made by anything else are made anew, never misread. Rulebooks that no cycle
names do not matter: installing one changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from domain.rulebook.model import Rulebook

RULES_VERSION = 4
"""Raised when a rule or a table changes what is stored."""


class Marks:
    """The marks of lines made by this version with some of the rulebooks that are installed.

    Each is found out once: they are asked for at every event.
    """

    def __init__(self, installed: Mapping[str, Rulebook]) -> None:
        self._installed = installed
        self._made: dict[frozenset[str], str] = {}
        self._prints: dict[str, str] = {}
        self._holding: dict[str, bool] = {}

    def of(self, rulebooks: Iterable[Rulebook]) -> str:
        """Return the mark of lines made with ``rulebooks``."""
        books = {book.id: book for book in rulebooks}
        names = frozenset(books)
        if names not in self._made:
            prints = {name: self._print(book) for name, book in books.items()}
            mark = {"rules": RULES_VERSION, "rulebooks": prints}
            self._made[names] = json.dumps(mark, sort_keys=True)
        return self._made[names]

    def hold(self, mark: str) -> bool:
        """Tell whether lines with this mark are what this version would make of the same events."""
        if mark not in self._holding:
            self._holding[mark] = self._holds(mark)
        return self._holding[mark]

    def _holds(self, mark: str) -> bool:
        try:
            named = json.loads(mark)["rulebooks"]
        except (ValueError, KeyError, TypeError):
            return False
        if not all(name in self._installed for name in named):
            return False
        return mark == self.of(self._installed[name] for name in named)

    def _print(self, book: Rulebook) -> str:
        if book.id not in self._prints:
            # The labels are in the texts of lines, though they cannot change a score.
            labels = json.dumps({name: dict(codes) for name, codes in book.vocabulary.items()})
            mark = sha256(f"{book.fingerprint}{labels}".encode()).hexdigest()[:16]
            self._prints[book.id] = mark
        return self._prints[book.id]
