"""The part of the recorder that knows streams and no positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import AggregateRecorder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent

    from infra.store.recorder import EventRecorder


class StreamRecorder(AggregateRecorder):
    """The same log for callers that want streams only, as the library's factory asks for them.

    What is recorded through it gets positions like everything else; they are only not returned.
    """

    def __init__(self, recorder: EventRecorder) -> None:
        self._recorder = recorder

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:  # noqa: ANN401 - as the interface
        """Record a batch, all of it or nothing; see `EventRecorder.insert_events`."""
        self._recorder.insert_events(stored_events, **kwargs)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return the events of one stream with ``gt < version <= lte``, in order of version."""
        return self._recorder.select_events(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)
