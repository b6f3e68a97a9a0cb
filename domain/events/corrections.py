"""Corrections are events too: what was recorded is never edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.events.base import Event
from domain.events.fields import Target, Text, Value


@dataclass(frozen=True, kw_only=True)
class Amendment(Event):
    """An event about another event, which it names by position in ``target``."""

    target: Target
    reason: Text


@dataclass(frozen=True, kw_only=True)
class EventCorrected(Amendment):
    """Some fields of an earlier event were wrong; from here on it counts with new values."""

    changes: dict[str, Value]

    def applied_to(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the target's stored ``fields`` with the changes; a null takes a field away."""
        merged = {**fields, **self.changes}
        return {name: value for name, value in merged.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class EventRetracted(Amendment):
    """An earlier event should not have been recorded; from here on it is as if it never was."""
