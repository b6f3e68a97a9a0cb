"""Lines of a register decided into events, all or none of them.

The positions of the events are known before they are stored, because the store refuses a batch
when its head has moved on; the batch is then decided again. That, not the version of one
stream, protects the checks that look across streams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.decisions.amendments import follow, makes_number, not_named, number_field, target_wrong
from domain.decisions.batch import Batch, Decided, Line
from domain.decisions.changes import normal_changes
from domain.decisions.checking import Desk, Wrong
from domain.decisions.checks import wrongs
from domain.decisions.general import not_in_future, short_enough
from domain.decisions.reading import read_line
from domain.decisions.repeats import Repeats
from domain.errors import Fault
from domain.events.base import Event
from domain.events.catalogue import BY_NAME
from domain.events.codec import encode
from domain.events.corrections import Amendment, EventCorrected, EventRetracted
from domain.register import Register
from domain.rulebook.model import Rulebook

_TOLD_EVERY = 200
_NAMING_FIELDS = (
    ("item", "item"),
    ("commission", "commission"),
    ("document", "document"),
    ("change", "change"),
    ("finding", "finding"),
    ("secondment", "secondment"),
    ("ref", "ref"),
)


class Clerk:
    """Decides lines one after the other, each seeing those before it."""

    def __init__(
        self,
        register: Register,
        *,
        head: int,
        rulebooks: Mapping[str, Rulebook],
        today: date,
        actor: str,
    ) -> None:
        self._register = register
        self._head = head
        self._actor = actor
        self._places: dict[int, str] = {}
        self._desk = Desk(register, rulebooks, today, places=self._places)
        self._wrong: set[int] = set()
        self._unmade: set[str] = set()

    def decide(
        self, lines: Sequence[Line], watch: Callable[[int, int], None] | None = None
    ) -> Batch:
        """Return what may be recorded of ``lines``; a line with a fault does not hide others.

        ``watch`` is told how many of how many lines are done.
        """
        batch = Batch()
        self._register.prefetch(_topics_named(lines))
        repeats = Repeats(self._desk, head=self._head, lines=lines)
        position = self._head
        for done, line in enumerate(lines):
            if watch and done % _TOLD_EVERY == 0:
                watch(done, len(lines))
            reading = read_line(line.raw, self._desk, actor=self._actor, source=line.source)
            event, found = reading.event, reading.wrongs
            if event is not None and not found:
                event, found = self._normal(event)
            if event is not None and not found:
                already, found = repeats.recorded_at(event, done)
                if already is not None:
                    batch.skipped.append((line, already))
                    continue
            if event is not None and not found:
                position += 1
                self._places[position] = f"本次的{line.where}"
                found = self._record(event, position, batch)
                if found:
                    self._wrong.add(position)
            if found:
                self._unmade |= _would_make(line)
            told = (wrong for wrong in found if wrong.missing not in self._unmade)
            batch.faults += [_fault(line, wrong) for wrong in told]
        return batch

    def _record(self, event: Event, position: int, batch: Batch) -> list[Wrong]:
        """Check ``event`` and put it into the register, where later lines can see it."""
        data = encode(event)
        if not isinstance(event, Amendment):
            found = [*wrongs(event, self._desk), *short_enough(data)]
            self._register.record(position, event)
            batch.events.append(Decided(position, event.stream, event, data))
            return found
        found = [*not_in_future(event, self._desk), *short_enough(data)]
        found += target_wrong(self._desk, event)
        if isinstance(event, EventRetracted):
            found += not_named(self._desk, event, position - 1)
        if found:
            return found
        stream = self._stream_of(event.target)
        self._register.record(position, event)
        batch.events.append(Decided(position, stream, event, data))
        return [wrong for at in follow(self._register, event) for wrong in self._again(at, event)]

    def _again(self, position: int, amendment: Amendment) -> list[Wrong]:
        """Check an event again whose content, or whose ground, an amendment changed."""
        entry = self._register.entry(position)
        fact = entry.fact(position) if entry else None
        if fact is None or position in self._wrong:  # its own faults are told at its own line
            return []
        desk = replace(self._desk, position=position)
        corrects = isinstance(amendment, EventCorrected)
        field, verb = ("changes", "更正") if corrects else ("target", "撤销")
        return [
            Wrong(
                field,
                f"{verb}后{desk.at(position)} 的 {wrong.field} 不再成立：{wrong.what}",
                wrong.fix,
            )
            for wrong in wrongs(fact.event, desk)
        ]

    def _stream_of(self, position: int) -> str:
        entry = self._register.entry(self._register.root(position))
        assert entry is not None  # noqa: S101  target_wrong has found it
        return entry.recorded.stream

    def _normal(self, event: Event) -> tuple[Event, list[Wrong]]:
        """Return a correction with its changes in the form in which they are stored."""
        if not isinstance(event, EventCorrected):
            return event, []
        entry = self._register.entry(event.target)
        if entry is None or isinstance(entry.recorded, EventRetracted):
            return event, list(target_wrong(self._desk, event))
        return normal_changes(event, self._register, self._desk)


def _topics_named(lines: Iterable[Line]) -> set[str]:
    """Return the topics that the lines name, so that they are loaded at once."""
    found = set()
    for line in lines:
        for name, family in _NAMING_FIELDS:
            value = line.raw.get(name)
            if isinstance(value, str):
                found.add(f"{family}/{value.strip()}")
        if isinstance(line.raw.get("target"), str):
            found.add(f"ref/{line.raw['target'].strip()}")
    return found


def _would_make(line: Line) -> set[str]:
    """Return the number and the ref that a faulty line would have made, had it been right."""
    entry = BY_NAME.get(str(line.raw.get("type")))
    found = {f"ref/{line.raw['ref']}"} if line.raw.get("ref") else set()
    if entry is not None and makes_number(entry.event):
        name = number_field(entry.event)
        found.add(f"{name}/{line.raw.get(name)}")
    return found


def _fault(line: Line, wrong: Wrong) -> Fault:
    return Fault(wrong.what, wrong.fix, replace(line.where, field=wrong.field))
