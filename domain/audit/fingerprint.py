"""A key's fingerprint in words and in hexadecimal, for two people comparing it by telephone.

Both say the same 20 bytes, the first of the SHA-256 over the key's name, kind and bytes: nobody
can make another key with the same fingerprint, nor two keys that share one. The first eight
digits are the key's id, which its signatures carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.audit.keys import VerifierKey
from domain.audit.words import WORDS

FINGERPRINT_LENGTH: Final = 20
_ROW_LENGTH: Final = 4


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """One line to read out: its number from 1, two groups of four digits, the same as words."""

    number: int
    hexadecimal: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        """Return the line as it is printed."""
        return f"{self.number}  {self.hexadecimal}  {' '.join(self.words)}"


def fingerprint(key: VerifierKey) -> tuple[FingerprintRow, ...]:
    """Return the rows of the fingerprint of ``key``; all of them must agree, in order."""
    starts = range(0, FINGERPRINT_LENGTH, _ROW_LENGTH)
    parts = (key.digest[start : start + _ROW_LENGTH] for start in starts)
    return tuple(
        FingerprintRow(number, part.hex(" ", 2), tuple(WORDS[byte] for byte in part))
        for number, part in enumerate(parts, 1)
    )
