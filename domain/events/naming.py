"""Which units an event names."""

from __future__ import annotations

from domain.events.base import Event
from domain.events.corrections import EventCorrected


def units_named(event: Event) -> tuple[str, ...]:
    """Return the units that ``event`` names; a correction names those of its changes.

    A correction of a correction writes them within the changes to its changes.
    """
    if isinstance(event, EventCorrected):
        changes = event.changes
        while "changes" in changes:
            changes = changes["changes"]
        units = changes.get("units") or ()
        unit = changes.get("unit")
        return (*units, unit) if unit else tuple(units)
    unit = getattr(event, "unit", None)
    return (unit,) if unit else tuple(getattr(event, "units", ()))
