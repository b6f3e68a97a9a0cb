"""The events behind an answer, each with who recorded it when, and from which row of which file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.catalogue import BY_CLASS
from domain.events.codec import decode, to_fields
from domain.events.corrections import Amendment
from domain.lines import numbers
from domain.log import Log
from domain.particulars import particulars
from domain.standing import Entry, Standing
from domain.wording import Vocabularies, describe


class Recorded(NamedTuple):
    """An event as the log holds it."""

    recorded_at: str
    event: Event


class Grounds:
    """The events at some positions, read at once and told in the words of the office."""

    def __init__(self, log: Log, words: Vocabularies, positions: Iterable[int]) -> None:
        """Read the events, and those that amendments among them are about.

        Raises ``IntegrityBroken`` when the log does not hold one of them.
        """
        self._words = words
        self._held = _recorded(log, set(positions))

    def event(self, position: int) -> dict[str, Any]:
        """Return the event at ``position`` as it was recorded, for a JSON document."""
        recorded_at, event = self._held[position]
        values = to_fields(event)
        return {
            "position": position,
            "recorded_at": recorded_at,
            "type": type(event).__name__,
            "label": BY_CLASS[type(event)].label,
            "on": values.pop("on"),
            "ref": values.pop("ref", None),
            "actor": values.pop("actor", None),
            "summary": describe(event, self._words, target=self._target(event)),
            "source": values.pop("source", None),
            "fields": values,
        }

    def particulars(self, position: int) -> list[dict[str, str]]:
        """Return all that the event at ``position`` says, as it was recorded, not cut short."""
        event = self._held[position].event
        said = particulars(event, self._words, target=self._target(event))
        return [{"heading": heading, "value": value} for heading, value in said]

    def _target(self, event: Event) -> type[Event] | None:
        return type(self._held[event.target].event) if isinstance(event, Amendment) else None

    def behind(self, events: Iterable[int]) -> list[dict[str, Any]]:
        """Return the events that a line names, each with the corrections that bear on it.

        ``events`` are those of one line: an event and the corrections in force are named
        together. ``counts_as`` is the content that counts, where it is not that recorded.
        """
        standing = Standing()
        for at in sorted(events):
            standing.record(at, self._held[at].event)
        corrections: dict[int, list[int]] = {}
        for at in sorted(events):
            own = corrections.setdefault(standing.root(at), [])
            own += [at] if standing.root(at) != at else []
        return [
            {
                **self.event(root),
                "corrections": [self.event(at) for at in held],
                "counts_as": self._corrected(standing.entry(root)) if held else None,
            }
            for root, held in corrections.items()
        ]

    def contents(self, events: Iterable[int]) -> list[Event]:
        """Return the events that a line names as they count, in the order of recording."""
        standing = Standing()
        for at in sorted(events):
            standing.record(at, self._held[at].event)
        return [fact.event for fact in standing.facts()]

    def _corrected(self, entry: Entry | None) -> dict[str, Any] | None:
        if entry is None:
            return None
        content = entry.content()
        values = to_fields(content)
        summary = describe(content, self._words)
        return {"on": values.pop("on"), "summary": summary, "fields": _own(values)}


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in {"ref", "actor", "source"}}


def _recorded(log: Log, wanted: set[int]) -> dict[int, Recorded]:
    found: dict[int, Recorded] = {}
    while wanted:
        for row in log.rows_at(wanted):
            found[row.position] = Recorded(row.recorded_at, decode(row.type, row.data))
        missing = numbers(sorted(wanted - found.keys()), "、")
        if missing:
            message = f"得分所依据的事件 {missing} 不在日志中"
            raise IntegrityBroken(message, fix="请运行 kaohe check，并保留数据库原件。")
        about = {held.event.target for held in found.values() if isinstance(held.event, Amendment)}
        wanted = about - found.keys()
    return found
