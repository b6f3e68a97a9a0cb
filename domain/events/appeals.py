"""Appeals: a unit disputes its score, and two people of the office answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.events.base import Event
from domain.events.fields import (
    Count,
    Day,
    Lines,
    Name,
    Outcome,
    Remedy,
    Target,
    Text,
    Unit,
)

APPEALS = "appeals"
"""The topic that holds the beginning of every appeal."""


@dataclass(frozen=True, kw_only=True)
class AppealEvent(Event):
    """Something that happened in an appeal, which it names by its number."""

    appeal: Name = field()  # nothing in place of a value: here it is needed

    @property
    def topics(self) -> tuple[str, ...]:
        """The appeal; no score rests on it."""
        return (f"appeal/{self.appeal}",)


@dataclass(frozen=True, kw_only=True)
class AppealLodged(AppealEvent):
    """A unit disputes what was published of it.

    ``events`` are the positions of the events it contests. Without ``publication`` the last one
    of the cycle is meant.
    """

    unit: Unit
    publication: Count | None = None
    as_of: Day
    indicator: Name | None = None
    events: tuple[Target, ...] = ()
    claim: Text
    remedy: Remedy | None = None
    late_reason: Text | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The appeal, the publication that it is about, and all appeals together."""
        return (f"appeal/{self.appeal}", f"publication/{self.publication}", APPEALS)

    @property
    def number(self) -> str:
        """The appeal."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class AppealEvidenceAdded(AppealEvent):
    """The unit or the office added evidence to an appeal."""

    description: Text


@dataclass(frozen=True, kw_only=True)
class AppealProposed(AppealEvent):
    """Somebody of the office proposed how to answer an appeal, and what is to be corrected.

    ``corrections`` are lines of a register. A later proposal takes the place of an earlier one.
    """

    outcome: Outcome
    reasons: Text
    corrections: Lines | None = None


@dataclass(frozen=True, kw_only=True)
class AppealDecided(AppealEvent):
    """Somebody else decided the appeal; what was proposed to be corrected is recorded with it.

    An appeal that is rejected brings no correction with it, whatever was proposed.
    """

    outcome: Outcome
    reasons: Text


@dataclass(frozen=True, kw_only=True)
class AppealWithdrawn(AppealEvent):
    """The unit took its appeal back."""

    reason: Text
