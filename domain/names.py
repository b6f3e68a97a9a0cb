"""How names and texts are compared.

A unit is found by its exact name or alias once white space and full-width forms are folded;
anything else is an error that names the nearest candidates, never a guess.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_ALLOWED_CONTROLS = "\n\t"


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return ``name`` as it is compared: full-width forms folded, white space taken out."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def same_person(one: str | None, other: str | None) -> bool:
    """Tell whether two spellings of a name are one person's.

    Width, case and white space do not make another person, nor do signs that cannot be seen.
    Somebody unnamed is the same as anybody: nobody can tell that they are two.
    """
    return one is None or other is None or _person(one) == _person(other)


def _person(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    unseen = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    return "".join(sign for sign in folded if unicodedata.category(sign) not in unseen)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three known names that look most like ``name``, best first."""
    by_fold = {fold(candidate): candidate for candidate in known}
    close = get_close_matches(fold(name), by_fold, n=3, cutoff=0.3)
    return [by_fold[match] for match in close]


def tidy(text: str) -> str:
    """Return ``text`` in Unicode NFC without white space at its ends.

    Raises ``ValueError`` when it holds control characters or a broken surrogate, which no
    printed register can show.
    """
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if clean.isprintable():
        return clean
    for sign in clean:
        if unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _ALLOWED_CONTROLS:
            message = f"含有不能打印的字符 U+{ord(sign):04X}"
            raise ValueError(message)
    return clean
