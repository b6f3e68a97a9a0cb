"""Corrections outside an appeal: one person proposes them, another confirms or refuses them."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import Count, Lines, Text

PROPOSALS = "proposals"
"""The topic that holds every proposal."""


@dataclass(frozen=True, kw_only=True)
class CorrectionProposed(Event):
    """Somebody proposed to record lines that would change what is published or closed.

    A proposal too long for one event has several parts, ``part`` of ``parts``, one after the
    other. A line that came from a file keeps its row in ``source``.
    """

    proposal: Count
    lines: Lines
    reason: Text
    part: Count | None = None
    parts: Count | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The proposal itself, and all proposals together."""
        return (f"proposal/{self.proposal}", PROPOSALS)

    @property
    def number(self) -> str:
        """The proposal."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class CorrectionConfirmed(Event):
    """Another person confirmed a proposal; its lines are recorded with it."""

    proposal: Count

    @property
    def topics(self) -> tuple[str, ...]:
        """The proposal."""
        return (f"proposal/{self.proposal}",)


@dataclass(frozen=True, kw_only=True)
class CorrectionRefused(Event):
    """A proposal was refused; nothing of it is recorded."""

    proposal: Count
    reason: Text

    @property
    def topics(self) -> tuple[str, ...]:
        """The proposal."""
        return (f"proposal/{self.proposal}",)
