"""Codes of the rulebook and the Chinese labels that a workbook shows for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.events.office_codes import OFFICE_CODES
from domain.names import fold
from domain.wording import Vocabularies, joined


class Codes:
    """The lists of codes, looked up both ways.

    With the lists of several rulebooks a label of any of them is understood, and the first that
    has the code says how it is written.
    """

    def __init__(self, *vocabularies: Vocabularies) -> None:
        every = [OFFICE_CODES, *vocabularies]
        self._labels = joined(every)
        self._codes = {
            name: _by_label(lists[name] for lists in every if name in lists)
            for name in self._labels
        }

    def code_of(self, lists: tuple[str, ...], written: Any) -> Any:  # noqa: ANN401  a cell's value
        """Return the code for a label or code of ``lists``.

        What is neither, or could be two codes, is returned as written: the check reports it.
        """
        if not isinstance(written, str):
            return written
        word = fold(written)
        if any(word in self._labels.get(name, {}) for name in lists):
            return word
        known = (self._codes.get(name, {}) for name in lists)
        found = {code for codes in known for code in codes.get(word, ())}
        return found.pop() if len(found) == 1 else written

    def label_of(self, lists: tuple[str, ...], code: str) -> str:
        """Return the label that stands for ``code``, or the code when no label surely does."""
        for name in lists:
            label = self._labels.get(name, {}).get(code)
            if label and self.code_of(lists, label) == code:
                return label
        return code

    def labels(self, lists: tuple[str, ...]) -> list[str]:
        """Return what may be chosen from the first of ``lists`` that there is."""
        name = next((name for name in lists if self._labels.get(name)), "")
        return [self.label_of(lists, code) for code in self._labels.get(name, {})]


def _by_label(lists: Iterable[Mapping[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for labels in lists:
        for code, label in labels.items():
            found.setdefault(fold(label), set()).add(code)
    return found
