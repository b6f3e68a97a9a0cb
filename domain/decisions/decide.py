"""Lines of a register decided into events, all or none of them.

The positions of the events are known before they are stored, because the store refuses a batch
when its head has moved on; the batch is then decided again. That, not the version of one
stream, protects the checks that look across streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from domain.decisions.amendments import (
    changeable,
    follow,
    makes_number,
    not_named,
    number_field,
    target_wrong,
)
from domain.decisions.batch import Anew, Batch, Decided, RegisterLine
from domain.decisions.changes import normal_changes
from domain.decisions.checking import Desk, Wrong
from domain.decisions.checks import wrongs
from domain.decisions.defaults import filled_in
from domain.decisions.general import field_told, general, not_in_future, short_enough
from domain.decisions.quotas import still_apart
from domain.decisions.reading import read_line
from domain.decisions.repeats import Repeats
from domain.errors import Fault, Where
from domain.events.base import Event
from domain.events.catalogue import BY_NAME
from domain.events.codec import encode
from domain.events.corrections import Amendment, EventCorrected, EventRetracted
from domain.events.setting import UnitChanged, UnitEnrolled
from domain.register import Register
from domain.rulebook.model import Rulebook
from domain.watching import Watch

_TOLD_EVERY = 200
_NAMING_FIELDS = frozenset(
    {"item", "commission", "document", "change", "finding", "secondment", "appeal"}
)
"""Fields whose value is that of a topic: the topic's family has the field's name."""


class Clerk:
    """Decides the lines of one batch, one after the other, each seeing those before it."""

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
        self._head = self._position = head
        self._actor = actor
        self._places: dict[int, Where] = {}
        self._desk = Desk(register, rulebooks, today, places=self._places)
        self._wrong: set[int] = set()
        self._unmade: set[str] = set()
        self._batch = Batch()

    def decide(self, lines: Sequence[RegisterLine], watch: Watch | None = None) -> Batch:
        """Return what may be recorded of ``lines``; a line with a fault does not hide others.

        ``watch`` is told how many of how many lines are done.
        """
        self._register.prefetch(_topics_named(lines), _refs_named(lines))
        self._desk.before = self._register.setting().cycles
        repeats = Repeats(self._desk, head=self._head, lines=lines)
        for done, line in enumerate(lines):
            if watch and done % _TOLD_EVERY == 0:
                watch(done, len(lines))
            found = self._decide(line, done, repeats)
            if found:
                self._tell(line, found)
        return self._batch

    def _decide(self, line: RegisterLine, index: int, repeats: Repeats) -> list[Wrong]:
        """Record one line, or pass over it, or return what is wrong with it."""
        event, found = read_line(line.raw, self._desk, actor=self._actor, source=line.source)
        if line.told:
            self._unmade |= _would_make(line)
            return [wrong for wrong in found if wrong.field not in line.told]
        if event is not None and not found:
            event, found = self._normal(event)
        if event is None or found:
            return found
        before = repeats.recorded(event, index)
        if before.at is not None:
            self._batch.skipped.append((line, before.at))
        if before.at is not None or before.wrongs:
            return list(before.wrongs)
        self._position += 1
        if before.retracted is not None:
            self._batch.anew.append(Anew(line, self._position, *before.retracted))
        self._places[self._position] = line.where
        found = self._record(event, self._position)
        if found:
            self._wrong.add(self._position)
        return found

    def _tell(self, line: RegisterLine, found: list[Wrong]) -> None:
        """Note what is wrong with a line, but for what follows from a fault of another line."""
        self._unmade |= _would_make(line)
        told = (wrong for wrong in found if wrong.missing not in self._unmade)
        self._batch.faults += [_fault(line, wrong) for wrong in told]

    def _record(self, event: Event, position: int) -> list[Wrong]:
        """Check ``event`` and put it into the register, where later lines can see it."""
        data = encode(event)
        if isinstance(event, Amendment):
            return self._amend(event, position, data)
        found = [*wrongs(event, self._desk), *short_enough(data)]
        self._register.record(position, event)
        self._batch.events.append(Decided(position, event.stream, event, data))
        return found

    def _amend(self, event: Amendment, position: int, data: bytes) -> list[Wrong]:
        """Check an amendment, put it in force, and check what it changes or what rests on that."""
        found = [*general(event, self._desk), *short_enough(data)]
        found += target_wrong(self._desk, event)
        if isinstance(event, EventRetracted):
            found += not_named(self._desk, event, position - 1)
        if found:
            return found
        stream = self._stream_of(event.target)
        self._register.record(position, event)
        self._batch.events.append(Decided(position, stream, event, data))
        found = [wrong for at in follow(self._register, event) for wrong in self._again(at, event)]
        return [*found, *self._anew(event)]

    def _anew(self, amendment: Amendment) -> Iterator[Wrong]:
        """Find out what an amendment makes wrong that is no check of a single recorded event."""
        target = self._register.entry(amendment.target)
        root = self._register.entry(self._register.root(amendment.target))
        assert target is not None  # noqa: S101  target_wrong has found it
        assert root is not None  # noqa: S101  see above
        if isinstance(target.recorded, Amendment):
            for wrong in not_in_future(target.content(), self._desk):
                yield wrong._replace(field="changes")
        if isinstance(root.recorded, UnitEnrolled | UnitChanged):
            yield from still_apart(amendment, self._desk)

    def _again(self, position: int, amendment: Amendment) -> list[Wrong]:
        """Check an event again whose content, or whose ground, an amendment changed."""
        entry = self._register.entry(position)
        fact = entry.fact(position) if entry else None
        if fact is None or position in self._wrong:  # its own faults are told at its own line
            return []
        desk = replace(self._desk, position=position)
        corrects = isinstance(amendment, EventCorrected)
        field, verb = ("changes", "更正") if corrects else ("target", "撤销")
        told = partial(field_told, type(fact.event))
        return [
            Wrong(
                field,
                f"{verb}后{desk.at(position)} 的{told(wrong.field)}不再成立：{wrong.what}",
                wrong.fix,
            )
            for wrong in wrongs(fact.event, desk)
        ]

    def _stream_of(self, position: int) -> str:
        entry = self._register.entry(self._register.root(position))
        assert entry is not None  # noqa: S101  target_wrong has found it
        return entry.recorded.stream

    def _normal(self, event: Event) -> tuple[Event, list[Wrong]]:
        """Return ``event`` in the form in which it is stored: what it leaves out is filled in."""
        if not isinstance(event, EventCorrected):
            return filled_in(event, self._desk), []
        entry = self._register.entry(event.target)
        if entry is None or not changeable(type(entry.recorded)):
            return event, list(target_wrong(self._desk, event))
        return normal_changes(event, self._register, self._desk)


def _topics_named(lines: Iterable[RegisterLine]) -> set[str]:
    """Return the topics that the lines name, so that they are loaded at once."""
    found = set()
    for line in lines:
        raw = line.raw
        for name in _NAMING_FIELDS & raw.keys():
            if isinstance(raw[name], str):
                found.add(f"{name}/{raw[name].strip()}")
    return found


def _refs_named(lines: Iterable[RegisterLine]) -> set[str]:
    """Return the refs that the lines bear or name, so that they are looked up at once."""
    written = (line.raw.get(name) for line in lines for name in ("ref", "target"))
    return {ref.strip() for ref in written if isinstance(ref, str)}


def _would_make(line: RegisterLine) -> set[str]:
    """Return the number and the ref that a faulty line would have made, had it been right."""
    entry = BY_NAME.get(str(line.raw.get("type")))
    found = {f"ref/{line.raw['ref']}"} if line.raw.get("ref") else set()
    if entry is not None and makes_number(entry.event):
        name = number_field(entry.event)
        found.add(f"{name}/{line.raw.get(name)}")
    return found


def _fault(line: RegisterLine, wrong: Wrong) -> Fault:
    return Fault(wrong.what, wrong.fix, replace(line.where, field=wrong.field))
