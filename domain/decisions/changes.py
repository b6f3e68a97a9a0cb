"""The changes of a correction, brought into the form in which they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.decisions.amendments import changeable
from domain.decisions.checking import Desk, Wrong
from domain.decisions.reading import read_values
from domain.events.base import Event
from domain.events.corrections import EventCorrected
from domain.register import Register


def normal_changes(
    event: EventCorrected, register: Register, desk: Desk
) -> tuple[Event, list[Wrong]]:
    """Return ``event`` with its changes in the form in which they are stored."""
    entry = register.entry(event.target)
    assert entry is not None  # noqa: S101  target_wrong has found it
    changes, found = _changed(entry.content(), event.changes, desk)
    inner = changes.get("changes")
    if not found and inner is not None:
        root = register.entry(register.root(event.target))
        assert root is not None  # noqa: S101  a target's target is in the log
        changes["changes"], found = _changed(root.recorded, inner, desk)
    return replace(event, changes=changes), [w._replace(field=f"changes.{w.field}") for w in found]


def _changed(
    content: Event, changes: Mapping[str, Any], desk: Desk
) -> tuple[dict[str, Any], list[Wrong]]:
    """Return ``changes`` of ``content`` as they are stored, and what is wrong with them."""
    allowed = changeable(type(content))
    found = [
        Wrong(name, "这个字段不能更正", f"可以更正的有：{'、'.join(allowed)}")
        for name in changes
        if name not in allowed and not (name == "unit" and "units" in allowed)
    ]
    if found:
        return {}, found
    return read_values(type(content), changes, desk, partly=True)
