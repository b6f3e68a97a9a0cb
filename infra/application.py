"""The log as an application of eventsourcing: events in, notifications out.

The library's application, event store and mapper interfaces are used as they are; the recorder
is our own (see the decision on it in ``docs/adr``), and events are stored under explicit,
versioned type names as canonical JSON.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.events.base import Event
from domain.events.codec import decode, stored_type
from infra.store.recorder import EventRecorder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eventsourcing.domain import DomainEventProtocol

    from domain.decisions.batch import Decided


@dataclass(frozen=True, slots=True)
class DomainEvent:
    """An event with its place in its stream and its bytes, as eventsourcing handles it."""

    originator_id: str
    originator_version: int
    event: Event
    data: bytes


class EventMapper(Mapper[str]):
    """Between domain events and what is stored of them."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Return the stored form: stream, version, versioned type name, canonical bytes."""
        assert isinstance(domain_event, DomainEvent)  # noqa: S101  nothing else is ever saved
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=stored_type(domain_event.event),
            state=domain_event.data,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEvent:
        """Return the event that was stored. Raises ``IntegrityBroken`` when it cannot be read."""
        return DomainEvent(
            str(stored_event.originator_id),
            stored_event.originator_version,
            decode(stored_event.topic, stored_event.state),
            stored_event.state,
        )


class RegisterApplication(Application[str]):
    """Saves batches of decided events, in their order, if nobody else recorded meanwhile."""

    env: ClassVar[dict[str, str]] = {"PERSISTENCE_MODULE": "eventsourcing.popo"}

    def __init__(self, recorder: EventRecorder) -> None:
        self._given = recorder
        super().__init__()

    def construct_recorder(self) -> EventRecorder:
        """Use our own recorder."""
        return self._given

    def construct_mapper(self) -> EventMapper:
        """Use our own stored form."""
        return EventMapper()

    def save_decided(self, decided: Iterable[Decided], *, after: int) -> None:
        """Save the events of one batch in the order decided.

        Their versions are counted here within the batch; the store lets them follow those it has.
        Raises ``HeadMoved`` when the log is no longer at ``after``: decide the batch again.
        """
        versions: Counter[str] = Counter()
        events = []
        for entry in decided:
            versions[entry.stream] += 1
            version = versions[entry.stream]
            events.append(DomainEvent(entry.stream, version, entry.event, entry.data))
        # As `save` does, which first asks each event whether it is an aggregate: half of the time.
        self.events.put(events, after=after, following=True)
