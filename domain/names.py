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
_BLANKS = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Signs that show nothing, first and last of each range: Default_Ignorable_Code_Point of Unicode's
DerivedCoreProperties.txt (UAX #44), and the Braille pattern that has no dot."""


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
    # Before as well: a sign that shows nothing may keep two others from being folded into one.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _seen(name)).casefold())
    return _seen(folded)


def _seen(name: str) -> str:
    white = {"Cc", "Zs", "Zl", "Zp"}
    return "".join(
        sign
        for sign in name
        if unicodedata.category(sign) not in white and not _shows_nothing(sign)
    )


def _shows_nothing(sign: str) -> bool:
    if unicodedata.category(sign) == "Cf":
        return True
    return any(first <= ord(sign) <= last for first, last in _BLANKS)


def check_shows(name: str) -> str:
    """Return ``name``, every sign of which can be seen, white space aside.

    Raises ``ValueError`` when one cannot, or turns the direction of what follows: a list would
    show the name as another's.
    """
    for sign in name:
        if _shows_nothing(sign):
            message = f"含有看不见的字符 U+{ord(sign):04X}"
            raise ValueError(message)
    return name


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
