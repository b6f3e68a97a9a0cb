"""What was found to be wrong: each finding with a code, the file, and the position in the log."""

from __future__ import annotations

from typing import NamedTuple

from infra.standalone.notation import LARGEST_SIZE
from infra.standalone.wording import Said

EVENTS_FILE = "data/events.jsonl"
MOST_KEPT = 20
_ABOUT_TREE = ("COUNT", "ROOT", "PROOF")
_ABOUT_TRUST = ("ORIGIN", "UNSIGNED", "SIGNATURE", "ROLLBACK", "FORK", "QUORUM", "TIME")
_ABOUT_CONTENT = ("FORM", "EXPORT", "CLAIM")


class Finding(NamedTuple):
    """One thing that is wrong; ``until`` ends a range of positions that begins at ``position``."""

    code: str
    file: str
    position: int | None
    until: int | None
    said: Said

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands: entries by position, then the tree, trust, other files, the bag."""
        if self.code == "EMPTY":
            return 0, 0
        if self.file == EVENTS_FILE and self.position and self.code not in _ABOUT_TREE:
            return 0, self.position
        for place, codes in enumerate((_ABOUT_TREE, _ABOUT_TRUST, _ABOUT_CONTENT), 1):
            if self.code in codes:
                return place, self.position or LARGEST_SIZE
        return 4, 0


class Findings:
    """All findings are counted; of each code the first ones are kept."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self._kept: list[Finding] = []

    def add(
        self,
        code: str,
        file: str,
        said: Said,
        position: int | None = None,
        until: int | None = None,
    ) -> None:
        """Note one finding."""
        count = self.counts.get(code, 0) + 1
        self.counts[code] = count
        if count <= MOST_KEPT:
            self._kept.append(Finding(code, file, position, until, said))

    def in_order(self) -> list[Finding]:
        """Return the findings that were kept, the most telling first."""
        return sorted(self._kept, key=lambda finding: finding.rank)

    def __len__(self) -> int:
        return sum(self.counts.values())
