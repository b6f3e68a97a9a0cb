"""Which units an event names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from domain.events.base import Event
from domain.events.corrections import EventCorrected
from domain.events.proposals import CorrectionProposed


def units_named(event: Event) -> tuple[str, ...]:
    """Return the units that ``event`` names; a correction names those of its changes.

    A correction of a correction writes them within the changes to its changes; a proposal, in
    its lines.
    """
    if isinstance(event, CorrectionProposed):
        return tuple(dict.fromkeys(unit for line in event.lines for unit in _of_line(line)))
    if isinstance(event, EventCorrected):
        changes = _innermost(event)
        units = changes.get("units") or ()
        unit = changes.get("unit")
        return (*units, unit) if unit else tuple(units)
    unit = getattr(event, "unit", None)
    return (unit,) if unit else tuple(getattr(event, "units", ()))


def leaves_units_open(event: Event) -> bool:
    """Tell whether ``event`` corrects the units of another to none in particular: to all."""
    if not isinstance(event, EventCorrected):
        return False
    changes = _innermost(event)
    return any(name in changes and not changes[name] for name in ("unit", "units"))


def _innermost(correction: EventCorrected) -> Mapping[str, Any]:
    """Return the fields that are changed in the end, however many corrections lie between."""
    changes = correction.changes
    while "changes" in changes:
        changes = changes["changes"]
    return changes


def events_named(event: Event) -> tuple[int, ...]:
    """Return the positions of the recorded events that a proposal would correct or retract."""
    if not isinstance(event, CorrectionProposed):
        return ()
    targets = (line.get("target") for line in event.lines)
    return tuple(target for target in targets if isinstance(target, int))


def _of_line(line: Mapping[str, Any]) -> Iterator[str]:
    changes = line.get("changes")
    for fields in (line, changes if isinstance(changes, Mapping) else {}):
        if isinstance(fields.get("unit"), str):
            yield fields["unit"]
        units = fields.get("units")
        yield from units if isinstance(units, list) else ()
