"""The reference: what eventsourcing brings along, with event classes that hold the same.

The SQLite recorder and the mapper are the library's, with the JSON transcoder. Events are frozen
dataclasses like the library's own, with the fields of ours; the library's transcoder is taught to
store days, as its documentation shows, and keeps the file row and lists as JSON has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, make_dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from eventsourcing.persistence import (
    DatetimeAsISO,
    JSONTranscoder,
    Mapper,
    Transcoding,
)
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from eventsourcing.utils import register_topic

from domain.events.base import Event
from domain.events.catalogue import CATALOGUE
from infra.application import DomainEvent
from infra.store.reading import PAGE

_FULL: Final = 2
_WHEN: Final = datetime(2022, 12, 31, tzinfo=UTC)


class DayAsISO(Transcoding):
    """Stores a day as the library stores a date-time."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        """Return the day as text."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """Return the day that the text says."""
        return date.fromisoformat(data)


class Stock:
    """One database written and read by the library alone."""

    def __init__(self, file: Path) -> None:
        self._datastore = SQLiteDatastore(str(file), originator_id_type="text")
        self.recorder = SQLiteApplicationRecorder(self._datastore)
        self.recorder.create_table()
        transcoder = JSONTranscoder()
        transcoder.register(DatetimeAsISO())
        transcoder.register(DayAsISO())
        self.mapper: Mapper[str] = Mapper(transcoder)
        with self._datastore.transaction(commit=False) as cursor:
            cursor.execute("PRAGMA synchronous")
            assert tuple(cursor.fetchone()) == (_FULL,), "as careful as our own store"

    def append(self, events: Sequence[Any]) -> None:
        """Store domain events in one transaction, as the library's application does."""
        self.recorder.insert_events([self.mapper.to_stored_event(event) for event in events])

    def read(self) -> Iterator[object]:
        """Yield the whole log as domain events, in pages as large as ours."""
        after = 0
        while page := self.recorder.select_notifications(after + 1, PAGE):
            yield from (self.mapper.to_domain_event(stored) for stored in page)
            after = page[-1].id

    def close(self) -> None:
        """Give the database back."""
        self._datastore.close()


def comparable(placed: DomainEvent) -> Any:  # noqa: ANN401  a class made from our own
    """Return an event of a comparable class, with its place in its stream."""
    event = placed.event
    held = {spec.name: _plain(getattr(event, spec.name)) for spec in fields(event)}
    place = (placed.originator_id, placed.originator_version, _WHEN)
    return _classes()[type(event)](*place, **held)


@cache
def _classes() -> dict[type[Event], type[Any]]:
    return {entry.event: _comparable(entry.event) for entry in CATALOGUE}


def _comparable(event: type[Event]) -> type[Any]:
    placed = [("originator_id", "str"), ("originator_version", "int"), ("timestamp", "datetime")]
    own = [(spec.name, "object") for spec in fields(event)]
    made = make_dataclass(f"Stock{event.__name__}", [*placed, *own], frozen=True)
    register_topic(f"{made.__module__}:{made.__qualname__}", made)
    return made


def _plain(value: Any) -> Any:  # noqa: ANN401  any field value
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if is_dataclass(value):
        return {spec.name: getattr(value, spec.name) for spec in fields(value)}
    return value
