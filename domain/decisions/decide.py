"""Lines of a register decided into events, all or none of them.

The positions of the events are known before they are stored, because the store refuses a batch
when its head has moved on; the batch is then decided again. That, not the version of one
stream, protects the checks that look across streams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from domain.decisions.amendments import changeable, follow, not_named, target_wrong
from domain.decisions.checking import Desk, Wrong
from domain.decisions.checks import wrongs
from domain.decisions.general import not_in_future, short_enough
from domain.decisions.reading import read_line, read_values
from domain.errors import Fault, Where
from domain.events.base import Event
from domain.events.codec import encode
from domain.events.corrections import Amendment, EventCorrected, EventRetracted
from domain.events.fields import Source
from domain.register import Register
from domain.rulebook.model import Rulebook
from domain.standing import Entry

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


class Line(NamedTuple):
    """One line as it was written, where it stands, and the file row it came from."""

    raw: Mapping[str, Any]
    where: Where = Where()
    source: Source | None = None


class Decided(NamedTuple):
    """An event that may be recorded at ``position`` in ``stream``, with its canonical bytes."""

    position: int
    stream: str
    event: Event
    data: bytes


@dataclass(slots=True)
class Batch:
    """What became of the lines: events to record, lines skipped, and faults."""

    events: list[Decided] = field(default_factory=list)
    skipped: list[tuple[Line, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


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
        self._desk = Desk(register, rulebooks, today)
        self._wrong: set[int] = set()

    def decide(
        self, lines: Sequence[Line], watch: Callable[[int, int], None] | None = None
    ) -> Batch:
        """Return what may be recorded of ``lines``; a line with a fault does not hide others.

        ``watch`` is told how many of how many lines are done.
        """
        batch = Batch()
        self._register.prefetch(_topics_named(lines))
        retracted = _retracted_by(lines, self._desk)
        position = self._head
        for done, line in enumerate(lines):
            if watch and done % _TOLD_EVERY == 0:
                watch(done, len(lines))
            reading = read_line(line.raw, self._desk, actor=self._actor, source=line.source)
            event, found = reading.event, reading.wrongs
            if event is not None and not found:
                event, found = self._normal(event)
            if event is not None and not found:
                already, found = self._already(event, retracted)
                if already:
                    batch.skipped.append((line, already))
                    continue
            if event is not None and not found:
                position += 1
                found = self._record(event, position, batch)
                if found:
                    self._wrong.add(position)
            batch.faults += [_fault(line, wrong) for wrong in found]
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
        found += target_wrong(self._register, event)
        if isinstance(event, EventRetracted):
            found += not_named(self._register, event, position - 1)
        if found:
            return found
        stream = self._stream_of(event.target)
        self._register.record(position, event)
        batch.events.append(Decided(position, stream, event, data))
        return [wrong for at in follow(self._register, event) for wrong in self._again(at)]

    def _again(self, position: int) -> list[Wrong]:
        """Check an event again whose content, or whose ground, an amendment changed."""
        entry = self._register.entry(position)
        fact = entry.fact(position) if entry else None
        if fact is None or position in self._wrong:  # its own faults are told at its own line
            return []
        desk = replace(self._desk, position=position)
        return [
            Wrong(
                "changes",
                f"更正后事件 #{position} 的 {wrong.field} 不再成立：{wrong.what}",
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
            return event, list(target_wrong(self._register, event))
        return _normal_changes(event, self._register, self._desk)

    def _already(self, event: Event, retracted: set[int]) -> tuple[int, list[Wrong]]:
        """Return where ``event`` is recorded already, or what is wrong with its ref."""
        if event.ref is not None:
            for at in self._register.positions(f"ref/{event.ref}"):
                entry = self._register.entry(at)
                if entry and _same(entry, event):
                    return at, []
                return 0, [
                    Wrong("ref", f"ref“{event.ref}”已用于内容不同的事件 #{at}", "请换一个 ref")
                ]
            return 0, []
        for at in self._register.positions(self._topic_of(event)):
            entry = self._register.entry(at) if at <= self._head else None
            if (
                entry
                and _same(entry, event)
                and (
                    entry.retracted_by is None
                    or at in retracted
                    or (event.source is not None and _same_row(entry.recorded.source, event.source))
                )
            ):
                return at, []
        return 0, []

    def _topic_of(self, event: Event) -> str:
        if not isinstance(event, Amendment):
            return event.topics[0]
        topics = self._register.topics_of(event.target)
        return min(topics, key=lambda topic: topic.startswith(("ref/", "quota/")), default="ref/")


def _normal_changes(
    event: EventCorrected, register: Register, desk: Desk
) -> tuple[Event, list[Wrong]]:
    """Return ``event`` with its changes in the form in which they are stored."""
    entry = register.entry(event.target)
    assert entry is not None  # noqa: S101  target_wrong has found it
    changes, found = _changed(entry.content(), event.changes, desk)
    inner = changes.get("changes")
    if not found and inner is not None:
        root = register.entry(register.root(event.target))
        assert root is not None  # noqa: S101  a target's target is in the log
        changes["changes"], found = _changed(root.recorded, inner, desk)
    return replace(event, changes=changes), [w._replace(field=f"changes.{w.field}") for w in found]


def _changed(
    content: Event, changes: Mapping[str, Any], desk: Desk
) -> tuple[dict[str, Any], list[Wrong]]:
    """Return ``changes`` of ``content`` as they are stored, and what is wrong with them."""
    allowed = changeable(type(content))
    found = [
        Wrong(name, "这个字段不能更正", f"可以更正的有：{'、'.join(allowed)}")
        for name in changes
        if name not in allowed and not (name == "unit" and "units" in allowed)
    ]
    if found:
        return {}, found
    return read_values(type(content), changes, desk, partly=True)


def _same(entry: Entry, event: Event) -> bool:
    """Tell whether ``event`` says what is recorded, as it was recorded or as it stands now."""
    if entry.recorded == event:
        return True
    return bool(entry.corrections) and entry.content() == event


def _same_row(one: Source | None, other: Source) -> bool:
    return one is not None and (one.sha256, one.sheet, one.row) == (
        other.sha256,
        other.sheet,
        other.row,
    )


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


def _retracted_by(lines: Iterable[Line], desk: Desk) -> set[int]:
    """Return the events that a retraction among ``lines`` names: the file knows they are gone."""
    found: set[int] = set()
    for line in lines:
        if line.raw.get("type") != EventRetracted.__name__:
            continue
        target = line.raw.get("target")
        if isinstance(target, int):
            found.add(target)
        elif isinstance(target, str) and target.startswith("#") and target[1:].isdigit():
            found.add(int(target[1:]))
        elif isinstance(target, str):
            found.update(desk.register.positions(f"ref/{target.strip()}"))
    return found


def _fault(line: Line, wrong: Wrong) -> Fault:
    return Fault(wrong.what, wrong.fix, replace(line.where, field=wrong.field))
