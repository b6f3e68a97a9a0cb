"""Whether a line says what is recorded already.

With a ref, the ref is the key. Without one, the content is: a line equal to a standing event of
an earlier file is skipped. So is one equal to a retracted event, when its retraction comes later
in the same file, or when the event came from this very row of this very file: the clerk hands
in the register again, not the event. A line that came from no file was written on purpose: it is
passed over only where what is recorded still says the same, neither corrected nor overridden.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.decisions.batch import RegisterLine
from domain.decisions.checking import Desk, Wrong
from domain.decisions.values import position_named
from domain.events.base import Event
from domain.events.corrections import Amendment, EventCorrected, EventRetracted
from domain.events.fields import Source
from domain.events.setting import QuotaSet, RulingMade
from domain.register import Register
from domain.standing import Entry


class Recorded(NamedTuple):
    """Where a line is recorded already, or what is wrong with its ref, or what it is like."""

    at: int | None = None
    wrongs: Sequence[Wrong] = ()
    retracted: tuple[int, int] | None = None
    """The latest event like it that was retracted before the batch began, and its retraction."""


class Repeats:
    """Finds lines that were recorded before the batch began, at ``head`` or earlier."""

    def __init__(self, desk: Desk, *, head: int, lines: Sequence[RegisterLine]) -> None:
        self._desk = desk
        self._register = desk.register
        self._head = head
        self._retracted = _retracted_by(lines, desk.register)

    def recorded(self, event: Event, index: int) -> Recorded:
        """Return where ``event`` is recorded, if it is, or where its like was retracted.

        ``index`` is the place of its line among the lines.
        """
        if event.ref is not None:
            return self._by_ref(event, event.ref)
        retracted = None
        for at in self._register.positions(self._topic_of(event)):
            entry = self._register.entry(at) if at <= self._head else None
            if entry and _same(entry, event):
                if self._counts(at, entry, event, index):
                    return Recorded(at)
                if entry.retracted_by is not None and entry.retracted_by <= self._head:
                    retracted = at, entry.retracted_by
        return Recorded(retracted=retracted)

    def _by_ref(self, event: Event, ref: str) -> Recorded:
        for at in self._register.named(ref):
            entry = self._register.entry(at)
            if entry and _same(entry, event):
                return Recorded(at)
            what = f"自编标识（ref）“{ref}”已用于内容不同的{self._desk.at(at)}"
            return Recorded(wrongs=[Wrong("ref", what, "请换一个自编标识")])
        return Recorded()

    def _counts(self, position: int, entry: Entry, event: Event, index: int) -> bool:
        if entry.retracted_by is None:
            return event.source is not None or self._in_force(position, entry, event)
        again = self._retracted.get(position, -1) > index
        return again or _same_row(entry.recorded.source, event.source)

    def _in_force(self, position: int, entry: Entry, event: Event) -> bool:
        """Tell whether what is recorded says the same still, and nothing later on the same."""
        about = _about(event)
        later = (at for at in self._register.positions(self._topic_of(event)) if at > position)
        others = (self._register.entry(at) for at in later) if about else ()
        return entry.content() == event and not any(
            other and other.retracted_by is None and _about(other.content()) == about
            for other in others
        )

    def _topic_of(self, event: Event) -> str:
        if not isinstance(event, Amendment):
            return event.topics[0]
        topics = self._register.topics_of(event.target)
        return min(topics, key=lambda topic: topic.startswith("quota/"), default="")


def _about(event: Event) -> tuple[object, ...]:
    """Return what an event settles until another of its kind does; most settle nothing."""
    if isinstance(event, EventCorrected):
        return (EventCorrected, event.target)
    if isinstance(event, QuotaSet):
        return (QuotaSet, event.kind)
    if isinstance(event, RulingMade):
        return (RulingMade, event.parameter)
    return ()


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
