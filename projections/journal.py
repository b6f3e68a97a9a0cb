"""The journal: every event with who recorded it when, what it says, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.events.base import Event
from domain.events.catalogue import BY_CLASS
from domain.events.codec import decode, to_fields
from domain.events.corrections import Amendment, EventCorrected
from domain.events.items import ItemsMerged
from domain.events.naming import events_named, units_named
from domain.events.setting import UnitEnrolled
from domain.log import Log, Row
from domain.wording import Vocabularies, describe

THINGS = ("item/", "change/", "finding/", "secondment/", "appeal/", "proposal/")
"""What belongs to the units that are named when it is first recorded."""


class Entry(NamedTuple):
    """One event of the log, and by which events it was corrected or retracted."""

    row: Row
    event: Event
    corrected_by: tuple[int, ...]
    retracted_by: int | None


class Journal:
    """The log told in the words of the office.

    With ``upto`` it is told as it was known at that position.
    """

    def __init__(self, log: Log, words: Vocabularies, *, upto: int | None = None) -> None:
        self._log = log
        self._words = words
        self._upto = upto

    def entries(self, *, after: int = 0) -> Iterator[dict[str, Any]]:
        """Return the entries after a position, in the order of the log, as JSON documents."""
        return map(self._document, self.read(after=after))

    def about(self, unit: str) -> Iterator[dict[str, Any]]:
        """Return the entries about ``unit`` as JSON documents."""
        return map(self._document, self.read_about(unit))

    def read(self, *, after: int = 0) -> Iterator[Entry]:
        """Return the events after a position, in the order of the log, in bounded memory."""
        amended = self._amended()
        for row in self._log.rows(after=after, upto=self._upto):
            yield _entry(row, decode(row.type, row.data), amended)

    def read_about(self, unit: str) -> Iterator[Entry]:
        """Return the events that name ``unit``, or a thing of its own such as one of its items.

        A correction or retraction goes with the event it is about.
        """
        held: set[int] = set()
        streams: set[str] = set()
        for entry in self.read():
            row, event = entry.row, entry.event
            names = unit in units_named(event)
            if isinstance(event, UnitEnrolled):
                names = event.unit == unit
            if isinstance(event, ItemsMerged):
                names = any(f"item/{part}" in streams for part in event.items)
            own = row.stream in streams
            follows = isinstance(event, Amendment) and event.target in held
            names = names or not held.isdisjoint(events_named(event))
            if names or own or follows:
                held.add(row.position)
                if names and row.stream.startswith(THINGS):
                    streams.add(row.stream)
                yield entry

    def summary(self, event: Event) -> str:
        """Return what an event says, in one line."""
        return describe(event, self._words, target=self._target(event))

    def _amended(self) -> dict[int, list[tuple[int, bool]]]:
        """Return, for each event that was amended, by which events, and whether corrected."""
        found: dict[int, list[tuple[int, bool]]] = {}
        for row in self._log.rows(upto=self._upto):
            if row.type.startswith(("event-corrected.", "event-retracted.")):
                event = decode(row.type, row.data)
                if isinstance(event, Amendment):
                    corrected = isinstance(event, EventCorrected)
                    found.setdefault(event.target, []).append((row.position, corrected))
        gone = {at for at, said in found.items() if not all(corrected for _, corrected in said)}
        return {at: [one for one in said if one[0] not in gone] for at, said in found.items()}

    def _document(self, entry: Entry) -> dict[str, Any]:
        row, event = entry.row, entry.event
        values = to_fields(event)
        return {
            "position": row.position,
            "recorded_at": row.recorded_at,
            "type": type(event).__name__,
            "label": BY_CLASS[type(event)].label,
            "on": values.pop("on"),
            "ref": values.pop("ref", None),
            "actor": values.pop("actor", None),
            "summary": self.summary(event),
            "stream": row.stream,
            "version": row.version,
            "source": values.pop("source", None),
            "retracted_by": entry.retracted_by,
            "corrected_by": list(entry.corrected_by),
            "fields": values,
        }

    def _target(self, event: Event) -> type[Event] | None:
        """Return the type of the event that a correction is about, for the names of its fields."""
        if not isinstance(event, EventCorrected):
            return None
        rows = self._log.rows_at([event.target])
        return type(decode(rows[0].type, rows[0].data)) if rows else None


def _entry(row: Row, event: Event, amended: dict[int, list[tuple[int, bool]]]) -> Entry:
    said = amended.get(row.position, [])
    return Entry(
        row,
        event,
        tuple(at for at, corrected in said if corrected),
        next((at for at, corrected in said if not corrected), None),
    )
