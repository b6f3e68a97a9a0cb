"""The publications that the entries record: of what the scores were, and the sheets' digest.

The entries are signed for; so what they say of a publication holds for its claim as well.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Sequence

from infra.standalone.canonical_json import PLAIN_JSON, utf8_text
from infra.standalone.wording import Malformed

_MADE = b'"type":"scores-published.'
_TAKEN_BACK = b'"type":"event-retracted.'


class Published(NamedTuple):
    """One publication: where it is recorded, the point it shows, and the digest of all sheets.

    ``anew`` tells that it came from a register file: its digest covers moments of another log.
    """

    event: int
    as_of: str
    cycle: str
    position: int
    sheets: str
    anew: bool

    @property
    def point(self) -> tuple[object, ...]:
        """The point in both times: claims of it are claims of this publication."""
        return self.as_of, self.cycle, self.position


class Publications:
    """The publications found so far, by number and by point, and what took which of them back."""

    def __init__(self) -> None:
        self.by_number: dict[str, list[Published]] = {}
        self.by_point: dict[tuple[object, ...], list[Published]] = {}
        self.taken_back: dict[int, int] = {}
        self._known: set[int] = set()

    def read(self, block: bytes, lines: Sequence[bytes], positions: Sequence[int]) -> None:
        """Take what ``lines``, those of ``block``, say of publications."""
        if _MADE not in block and (_TAKEN_BACK not in block or not self._known):
            return
        for line, position in zip(lines, positions):
            if _MADE in line or (_TAKEN_BACK in line and self._known):
                self._take(line, position)

    def standing(self) -> list[tuple[str, Published]]:
        """Return the publications that were not taken back, with their numbers, in order."""
        found = [(name, made) for name, all_ in self.by_number.items() for made in all_]
        kept = [each for each in found if each[1].event not in self.taken_back]
        return sorted(kept, key=lambda each: each[1].event)

    def _take(self, line: bytes, position: int) -> None:
        """Take one entry; one that is not in form was noted where entries are checked."""
        try:
            entry = PLAIN_JSON.decode(utf8_text(line))
            kind, event = entry["type"], entry["event"]
            if kind.startswith("scores-published."):
                self._publication(event, position)
            elif kind.startswith("event-retracted.") and event["target"] in self._known:
                self.taken_back[event["target"]] = position
        except (Malformed, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return

    def _publication(self, event: dict[str, Any], position: int) -> None:
        texts = [event[name] for name in ("as_of", "cycle", "sheets")]
        numbers = [event[name] for name in ("position", "publication")]
        if any(type(text) is not str for text in texts) or any(
            type(number) is not int for number in numbers
        ):
            return
        as_of, cycle, sheets = texts
        made = Published(position, as_of, cycle, numbers[0], sheets, "source" in event)
        self.by_number.setdefault(str(numbers[1]), []).append(made)
        self.by_point.setdefault(made.point, []).append(made)
        self._known.add(position)
