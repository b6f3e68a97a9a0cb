"""Whether a line says what is recorded already.

With a ref, the ref is the key. Without one, the content is: a line equal to a standing event of
an earlier file is skipped. So is one equal to a retracted event, when its retraction comes later
in the same file, or when the event came from this very row of this very file: the clerk hands
in the register again, not the event.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.decisions.batch import RegisterLine
from domain.decisions.checking import Desk, Wrong
from domain.decisions.values import position_named
from domain.events.base import Event
from domain.events.corrections import Amendment, EventRetracted
from domain.events.fields import Source
from domain.register import Register
from domain.standing import Entry


class Repeats:
    """Finds lines that were recorded before the batch began, at ``head`` or earlier."""

    def __init__(self, desk: Desk, *, head: int, lines: Sequence[RegisterLine]) -> None:
        self._desk = desk
        self._register = desk.register
        self._head = head
        self._retracted = _retracted_by(lines, desk.register)

    def recorded_at(self, event: Event, index: int) -> tuple[int | None, list[Wrong]]:
        """Return the position at which ``event`` is recorded, or what is wrong with its ref.

        ``index`` is the place of its line among the lines.
        """
        if event.ref is not None:
            return self._by_ref(event, event.ref)
        for at in self._register.positions(self._topic_of(event)):
            entry = self._register.entry(at) if at <= self._head else None
            if entry and _same(entry, event) and self._counts(at, entry, event, index):
                return at, []
        return None, []

    def _by_ref(self, event: Event, ref: str) -> tuple[int | None, list[Wrong]]:
        for at in self._register.named(ref):
            entry = self._register.entry(at)
            if entry and _same(entry, event):
                return at, []
            return None, [
                Wrong("ref", f"ref“{ref}”已用于内容不同的{self._desk.at(at)}", "请换一个 ref")
            ]
        return None, []

    def _counts(self, position: int, entry: Entry, event: Event, index: int) -> bool:
        return (
            entry.retracted_by is None
            or self._retracted.get(position, -1) > index
            or _same_row(entry.recorded.source, event.source)
        )

    def _topic_of(self, event: Event) -> str:
        if not isinstance(event, Amendment):
            return event.topics[0]
        topics = self._register.topics_of(event.target)
        return min(topics, key=lambda topic: topic.startswith("quota/"), default="")


def _same(entry: Entry, event: Event) -> bool:
    """Tell whether ``event`` says what is recorded, as it was recorded or as it stands now."""
    if entry.recorded == event:
        return True
    return bool(entry.corrections) and entry.content() == event


def _same_row(one: Source | None, other: Source | None) -> bool:
    if one is None or other is None:
        return False
    return (one.sha256, one.sheet, one.row) == (other.sha256, other.sheet, other.row)


def _retracted_by(lines: Sequence[RegisterLine], register: Register) -> dict[int, int]:
    """Return the events that a retraction among ``lines`` names, with the retraction's place."""
    found: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.raw.get("type") == EventRetracted.__name__:
            target = line.raw.get("target")
            try:
                if not isinstance(target, int):
                    target = position_named(str(target), register)
                found[target] = index
            except ValueError:
                continue  # told when the line itself is read
    return found
