"""What 组织领导 looks at: documents and instructions, meetings, duty rosters, staff changes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import DocumentKind, Name, Role, Text, Topic, Unit, When


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Event):
    """The office sent out a document on which heads of units must write an instruction."""

    document: Name
    title: Text
    kind: DocumentKind
    instruction_due: When | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The document."""
        return (f"document/{self.document}",)

    @property
    def number(self) -> str:
        """The document."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class LeaderInstructed(Event):
    """The head of a unit wrote an instruction on a document."""

    unit: Unit
    document: Name
    leader: Name | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The document."""
        return (f"document/{self.document}",)


@dataclass(frozen=True, kw_only=True)
class DeploymentStudied(Event):
    """A meeting of a unit studied and arranged the work on one or more topics."""

    unit: Unit
    topics_: tuple[Topic, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """The unit's meetings."""
        return (f"deployment/{self.unit}",)


@dataclass(frozen=True, kw_only=True)
class DutyRosterReported(Event):
    """A unit named its leader in charge, handling agency or staff to the office."""

    unit: Unit
    leader: Name | None = None
    agency: Name | None = None
    staff: tuple[Name, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """The unit's duty roster."""
        return (f"duties/{self.unit}",)


@dataclass(frozen=True, kw_only=True)
class StaffChanged(Event):
    """The leader in charge, the agency or the staff of a unit changed."""

    change: Name
    unit: Unit
    role: Role
    out: Name | None = None
    into: Name | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The change."""
        return (f"change/{self.change}",)

    @property
    def number(self) -> str:
        """The change."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class StaffChangeNotified(Event):
    """A unit told the office of a change of its leader, agency or staff."""

    change: Name

    @property
    def topics(self) -> tuple[str, ...]:
        """The change."""
        return (f"change/{self.change}",)
