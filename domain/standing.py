"""What stands: recorded events with their corrections applied and their retractions taken out.

A corrected event counts with its corrected content, at its own position in every order. Taking
a correction back brings the earlier content back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.codec import from_fields, to_fields
from domain.events.corrections import Amendment, EventCorrected


class Fact(NamedTuple):
    """An event that stands: its position, its content now, and the corrections that made it so."""

    position: int
    event: Event
    corrections: tuple[int, ...] = ()

    @property
    def events(self) -> tuple[int, ...]:
        """The positions that a line resting on this fact names."""
        return (self.position, *self.corrections)


class Applied(NamedTuple):
    """A correction as it stands, and the positions of it and of what corrected it in turn."""

    correction: EventCorrected
    positions: tuple[int, ...]


@dataclass(slots=True)
class Entry:
    """One recorded event and what later events say of it."""

    recorded: Event
    corrections: dict[int, Applied] = field(default_factory=dict)
    retracted_by: int | None = None

    def fact(self, position: int) -> Fact | None:
        """Return the event as it stands, or nothing when it was retracted."""
        if self.retracted_by is not None:
            return None
        if not self.corrections:
            return Fact(position, self.recorded)
        named = {at for applied in self.corrections.values() for at in applied.positions}
        return Fact(position, self.content(), tuple(sorted(named)))

    def content(self) -> Event:
        """Return the recorded content with the standing corrections applied."""
        if not self.corrections:
            return self.recorded
        values = to_fields(self.recorded)
        for at in sorted(self.corrections):
            values = self.corrections[at].correction.applied_to(values)
        return from_fields(type(self.recorded), values)


class Standing:
    """Recorded events by position, each with what was later said of it."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._facts: list[Fact] | None = []

    def __contains__(self, position: int) -> bool:
        """Tell whether the event at ``position`` has been recorded here."""
        return position in self._entries

    def record(self, position: int, event: Event) -> None:
        """Add the event at ``position``; an amendment changes what stands of its target.

        Events must come in the order of their positions as far as one amends another. Raises
        ``IntegrityBroken`` when the target of an amendment is not here.
        """
        self._entries[position] = Entry(event)
        if not isinstance(event, Amendment):
            if self._facts is not None:
                self._facts.append(Fact(position, event))
            return
        self._facts = None
        target = self._entries.get(event.target)
        if target is None:
            message = f"事件 #{position} 所指的事件 #{event.target} 不在日志中"
            raise IntegrityBroken(message, fix="请运行 kaohe check，并保留数据库原件。")
        if isinstance(event, EventCorrected):
            target.corrections[position] = Applied(event, (position,))
        else:
            target.retracted_by = position
        self._carry_over(event.target)

    def _carry_over(self, position: int) -> None:
        """Let a correction that was itself corrected or retracted bear on what it corrects."""
        entry = self._entries[position]
        if not isinstance(entry.recorded, EventCorrected):
            return
        correction = entry.content()
        assert isinstance(correction, EventCorrected)  # noqa: S101  a correction keeps its type
        corrected = self._entries[correction.target]
        if entry.retracted_by is None:
            deeper = {at for applied in entry.corrections.values() for at in applied.positions}
            corrected.corrections[position] = Applied(correction, (position, *sorted(deeper)))
        else:
            corrected.corrections.pop(position, None)
        self._carry_over(correction.target)

    def root(self, position: int) -> int:
        """Return the event that amendments of amendments are in the end about."""
        recorded = self._entries[position].recorded
        return self.root(recorded.target) if isinstance(recorded, Amendment) else position

    def entry(self, position: int) -> Entry | None:
        """Return what is recorded at ``position`` and what was said of it, if it is here."""
        return self._entries.get(position)

    def fact(self, position: int) -> Fact | None:
        """Return the event at ``position`` as it stands, if it does."""
        entry = self._entries.get(position)
        return entry.fact(position) if entry else None

    def facts(self) -> Sequence[Fact]:
        """Return every event that stands, amendments left out, in the order of recording.

        What is returned grows with the next event: it is to be used before that.
        """
        if self._facts is None:
            standing = self._each()
            self._facts = [fact for fact in standing if not isinstance(fact.event, Amendment)]
        return self._facts

    def _each(self) -> Iterator[Fact]:
        for position, entry in self._entries.items():
            fact = entry.fact(position)
            if fact is not None:
                yield fact
