"""约稿: what the office asked units to write, by when, and who declined."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import Name, Text, Unit, When


@dataclass(frozen=True, kw_only=True)
class CommissionIssued(Event):
    """The office asked units, or all of them, for a report by a due time."""

    commission: Name
    topic: Text
    due: When
    units: tuple[Unit, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The commission."""
        return (f"commission/{self.commission}",)

    @property
    def number(self) -> str:
        """The commission."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class CommissionExtended(Event):
    """The office gave units, or all of them, more time for a commission."""

    commission: Name
    due: When
    units: tuple[Unit, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The commission."""
        return (f"commission/{self.commission}",)


@dataclass(frozen=True, kw_only=True)
class CommissionWithdrawn(Event):
    """The office no longer asks units, or any of them, for a commission."""

    commission: Name
    reason: Text
    units: tuple[Unit, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The commission."""
        return (f"commission/{self.commission}",)


@dataclass(frozen=True, kw_only=True)
class CommissionDeclined(Event):
    """A unit answered that a commission does not concern it, which is an answer."""

    commission: Name
    unit: Unit

    @property
    def topics(self) -> tuple[str, ...]:
        """The commission."""
        return (f"commission/{self.commission}",)
