"""What a line may leave out because the register says it: filled in before it is checked.

A line that says again what is recorded is filled in as it was then, so that it stays the same.
"""

from __future__ import annotations

from dataclasses import replace

from domain.decisions.checking import Desk
from domain.decisions.publications import last_published
from domain.events.appeals import AppealLodged
from domain.events.base import Event
from domain.events.publications import ScoresPublished


def filled_in(event: Event, desk: Desk) -> Event:
    """Return ``event`` with the publication, or the cycle, that it leaves out."""
    if isinstance(event, AppealLodged) and event.publication is None:
        return _with_publication(event, desk)
    if isinstance(event, ScoresPublished) and event.cycle is None:
        return _with_cycle(event, desk)
    return event


def _with_publication(event: AppealLodged, desk: Desk) -> Event:
    """Name the last publication that shows the scores of ``as_of``."""
    made = desk.maker(f"appeal/{event.appeal}")
    if made is not None and isinstance(made.event, AppealLodged):
        return replace(event, publication=made.event.publication)
    last = last_published(desk, event.as_of)
    return replace(event, publication=last.publication) if last else event


def _with_cycle(event: ScoresPublished, desk: Desk) -> Event:
    """Name the cycle that began last by ``as_of``."""
    made = desk.maker(f"publication/{event.publication}")
    if made is not None and isinstance(made.event, ScoresPublished):
        return replace(event, cycle=made.event.cycle)
    cycle = desk.setting.cycle_at(event.as_of)
    return replace(event, cycle=cycle.name) if cycle else event
