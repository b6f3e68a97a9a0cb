"""What the audit log says of itself: to whom it was handed out, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import Count, Digest, Text, Unit


@dataclass(frozen=True, kw_only=True)
class AuditExported(Event):
    """The audit log was handed out, up to a position, so that others can check it.

    ``digest`` is the SHA-256 of the bag's tag manifest, by which a bundle that turns up later is
    known to be this one. A bundle for one ``unit`` holds its events and those that all units share.
    """

    upto: Count
    digest: Digest
    unit: Unit | None = None
    recipient: Text | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """All exports of the log; no score rests on them."""
        return ("audit/exports",)
