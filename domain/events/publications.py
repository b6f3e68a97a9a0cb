"""Publications: the scores as they were made public, so that they can be shown again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import Count, Day, Digest, Name

PUBLICATIONS = "publications"
"""The topic that holds every publication."""


@dataclass(frozen=True, kw_only=True)
class ScoresPublished(Event):
    """The scores of a cycle were made public, as of a day and as known at a position.

    ``sheets`` is the SHA-256 of the sheets: RFC 8785 of ``kaohe score --json`` without ``text``,
    ``name`` and ``source``. ``kaohe publish`` fills in it and ``position``.
    """

    publication: Count
    as_of: Day
    cycle: Name | None = None
    position: Count
    sheets: Digest

    @property
    def topics(self) -> tuple[str, ...]:
        """The publication itself, and all publications together."""
        return (f"publication/{self.publication}", PUBLICATIONS)

    @property
    def number(self) -> str:
        """The publication."""
        return self.stream
