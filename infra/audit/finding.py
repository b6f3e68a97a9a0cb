"""Findings: what is wrong with a log, where, and under which name."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong: its code (``docs/reference/audit-formats.md``), where, in words.

    ``first`` to ``last`` are positions; both are the same where one row is meant, and none where
    it is not about positions.
    """

    code: str
    text: str
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        """Return the finding as it is printed."""
        return f"[{self.code}] {self.text}"
