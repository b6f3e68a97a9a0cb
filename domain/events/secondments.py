"""跟班学习: people whom units send to the city or provincial office."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import Host, Name, Unit


@dataclass(frozen=True, kw_only=True)
class SecondmentStarted(Event):
    """A person of a unit began to work at the city or provincial office."""

    secondment: Name
    unit: Unit
    person: Name
    host: Host

    @property
    def topics(self) -> tuple[str, ...]:
        """The secondment."""
        return (f"secondment/{self.secondment}",)

    @property
    def number(self) -> str:
        """The secondment."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class SecondmentEnded(Event):
    """The seconded person went back to the unit."""

    secondment: Name

    @property
    def topics(self) -> tuple[str, ...]:
        """The secondment."""
        return (f"secondment/{self.secondment}",)
