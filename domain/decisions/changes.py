"""The changes of a correction, brought into the form in which they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from domain.days import day_of
from domain.decisions.amendments import changeable
from domain.decisions.checking import Desk, Wrong
from domain.decisions.general import field_told
from domain.decisions.reading import read_values
from domain.events.base import Event
from domain.events.corrections import EventCorrected
from domain.events.items import SubmissionReceived
from domain.register import Register


def normal_changes(
    event: EventCorrected, register: Register, desk: Desk
) -> tuple[Event, list[Wrong]]:
    """Return ``event`` with its changes in the form in which they are stored."""
    changes, found = _changed(event.target, event.changes, register, desk)
    return replace(event, changes=changes), [w._replace(field=f"changes.{w.field}") for w in found]


def _changed(
    target: int, changes: Mapping[str, Any], register: Register, desk: Desk
) -> tuple[dict[str, Any], list[Wrong]]:
    """Return ``changes`` of the event at ``target`` as they are stored, and what is wrong.

    Where that event is a correction, its own changes are read for the event it corrects.
    """
    entry = register.entry(target)
    assert entry is not None  # noqa: S101  the target of a recorded event is in the log
    content = entry.content()
    allowed = changeable(type(content))
    told = partial(field_told, type(content))
    alias = isinstance(content, SubmissionReceived)
    found = [
        Wrong(name, "这个字段不能更正", f"可以更正的有：{'、'.join(map(told, allowed))}")
        for name in changes
        if name not in allowed and not (alias and name == "unit")
    ]
    if found:
        return {}, found
    day = day_of(content.on)
    values, found = read_values(type(content), changes, desk, partly=True, day=day)
    if not found and isinstance(content, EventCorrected) and values.get("changes"):
        values["changes"], found = _changed(content.target, values["changes"], register, desk)
    return values, found
