"""Which rulebooks an event names."""

from __future__ import annotations

from domain.events.base import Event
from domain.events.corrections import EventCorrected
from domain.events.setting import CycleOpened


def rulebook_named(event: Event) -> set[str]:
    """Return the rulebook that ``event`` puts into force; a correction may do so too."""
    if isinstance(event, CycleOpened):
        return {event.rulebook}
    if isinstance(event, EventCorrected):
        changes = event.changes
        while "changes" in changes:
            changes = changes["changes"]
        return {changes["rulebook"]} if "rulebook" in changes else set()
    return set()
