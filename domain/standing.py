"""What stands: recorded events with their corrections applied and their retractions taken out.

A corrected event counts with its corrected content, at its own position in every order. Taking
a correction back brings the earlier content back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


class Entry:
    """One recorded event and what later events say of it."""

    __slots__ = ("_content", "corrections", "recorded", "retracted_by")

    def __init__(self, recorded: Event) -> None:
        self.recorded = recorded
        self.corrections: Mapping[int, Applied] = {}
        self.retracted_by: int | None = None
        self._content: Event | None = recorded

    def correct(self, position: int, applied: Applied) -> None:
        """Let the correction at ``position`` count as ``applied`` says."""
        self.corrections = {**self.corrections, position: applied}
        self._content = None

    def drop(self, position: int) -> None:
        """Let the correction at ``position`` no longer count."""
        self.corrections = {at: held for at, held in self.corrections.items() if at != position}
        self._content = None

    def fact(self, position: int) -> Fact | None:
        """Return the event as it stands, or nothing when it was retracted."""
        if self.retracted_by is not None:
            return None
        if not self.corrections:
            return Fact(position, self.recorded)
        return Fact(position, self.content(), self.corrected_by)

    @property
    def corrected_by(self) -> tuple[int, ...]:
        """The positions of the corrections that count, and of what corrected them in turn."""
        named = {at for applied in self.corrections.values() for at in applied.positions}
        return tuple(sorted(named))

    def content(self) -> Event:
        """Return the recorded content with the standing corrections applied."""
        if self._content is None:
            self._content = self._corrected()
        return self._content

    def _corrected(self) -> Event:
        if not self.corrections:
            return self.recorded
        values = to_fields(self.recorded)
        for at in sorted(self.corrections):
            values = self.corrections[at].correction.applied_to(values)
        return from_fields(type(self.recorded), values)


class Standing:
    """Recorded events by position, each with what was later said of it.

    An entry is made only for what an amendment is about: most events never meet one.
    """

    def __init__(self) -> None:
        self._recorded: dict[int, Event] = {}
        self._entries: dict[int, Entry] = {}
        self._standing: dict[int, Fact | None] = {}
        self._facts: list[Fact] | None = []

    def __contains__(self, position: int) -> bool:
        """Tell whether the event at ``position`` has been recorded here."""
        return position in self._recorded

    def __len__(self) -> int:
        """Return how many events have been recorded here."""
        return len(self._recorded)

    def record(self, position: int, event: Event) -> None:
        """Add the event at ``position``; an amendment changes what stands of its target.

        Events must come in the order of their positions as far as one amends another. Raises
        ``IntegrityBroken`` when the target of an amendment is not here.
        """
        self._recorded[position] = event
        if isinstance(event, Amendment):
            self._facts = None
            self._amend(position, event)
            return
        fact = self._standing[position] = Fact(position, event)
        if self._facts is not None:
            self._facts.append(fact)

    def _amend(self, position: int, event: Amendment) -> None:
        target = self.entry(event.target)
        if target is None:
            message = f"事件 #{position} 所指的事件 #{event.target} 不在日志中"
            raise IntegrityBroken(message, fix="请运行 kaohe check，并保留数据库原件。")
        if isinstance(event, EventCorrected):
            target.correct(position, Applied(event, (position,)))
        else:
            target.retracted_by = position
        self._carry_over(event.target)

    def _carry_over(self, position: int) -> None:
        """Let a correction that was itself corrected or retracted bear on what it corrects."""
        entry = self._entries[position]  # made when the amendment was recorded
        if not isinstance(entry.recorded, Amendment):
            self._standing[position] = entry.fact(position)
        if not isinstance(entry.recorded, EventCorrected):
            return
        correction = entry.content()
        assert isinstance(correction, EventCorrected)  # noqa: S101  a correction keeps its type
        corrected = self.entry(correction.target)
        assert corrected is not None  # noqa: S101  it was here when the correction was recorded
        if entry.retracted_by is None:
            corrected.correct(position, Applied(correction, (position, *entry.corrected_by)))
        else:
            corrected.drop(position)
        self._carry_over(correction.target)

    def root(self, position: int) -> int:
        """Return the event that amendments of amendments are in the end about."""
        recorded = self._recorded[position]
        return self.root(recorded.target) if isinstance(recorded, Amendment) else position

    def entry(self, position: int) -> Entry | None:
        """Return what is recorded at ``position`` and what was said of it, if it is here."""
        entry = self._entries.get(position)
        if entry is None and position in self._recorded:
            entry = self._entries[position] = Entry(self._recorded[position])
        return entry

    def fact(self, position: int) -> Fact | None:
        """Return the event at ``position`` as it stands, if it does."""
        if position in self._standing:
            return self._standing[position]
        entry = self.entry(position)
        return entry.fact(position) if entry else None

    def facts(self) -> Sequence[Fact]:
        """Return every event that stands, amendments left out, in the order of recording.

        What is returned grows with the next event: it is to be used before that. An event that
        no amendment has touched stays the same fact.
        """
        if self._facts is None:
            self._facts = [fact for fact in self._standing.values() if fact is not None]
        return self._facts
