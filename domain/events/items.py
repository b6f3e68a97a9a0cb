"""Items of information: received, merged, adopted, endorsed, found wanting."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import (
    Body,
    Count,
    FindingKind,
    Flag,
    Kind,
    Level,
    Name,
    Nature,
    Text,
    Unit,
)


@dataclass(frozen=True, kw_only=True)
class SubmissionReceived(Event):
    """An item came in from one unit, or from several that wrote it together."""

    item: Name
    units: tuple[Unit, ...]
    kind: Kind
    title: Text
    characters: Count | None = None
    content: Nature = "ordinary"
    labelled: Flag = True
    mailbox: Name | None = None
    commission: Name | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The item, the commission it answers, and its authors' quotas of its kind."""
        answered = (f"commission/{self.commission}",) if self.commission else ()
        quotas = [f"quota/{self.kind}/{unit}" for unit in self.units]
        return (f"item/{self.item}", *answered, *quotas)

    @property
    def stream(self) -> str:
        """The item; asked for most often of all, so the other topics are not put together."""
        return f"item/{self.item}"

    @property
    def number(self) -> str:
        """The item."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class ItemsMerged(Event):
    """The office made one item out of several; its authors are theirs together."""

    item: Name
    items: tuple[Name, ...]
    kind: Kind
    title: Text

    @property
    def topics(self) -> tuple[str, ...]:
        """The new item and each of its parts."""
        return (f"item/{self.item}", *(f"item/{part}" for part in self.items))

    @property
    def number(self) -> str:
        """The new item."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class ItemAdopted(Event):
    """An item was used by the office of the city, the province or the State Council."""

    item: Name
    level: Level
    publication: Name | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The item."""
        return (f"item/{self.item}",)


@dataclass(frozen=True, kw_only=True)
class ItemEndorsed(Event):
    """A leader wrote an endorsement on an item."""

    item: Name
    level: Level
    leader: Name | None = None
    body: Body = "government"

    @property
    def topics(self) -> tuple[str, ...]:
        """The item."""
        return (f"item/{self.item}",)


@dataclass(frozen=True, kw_only=True)
class FindingMade(Event):
    """The office found something wrong with a unit's mail or work on an item."""

    finding: Name
    unit: Unit
    kind: FindingKind
    item: Name | None = None
    detail: Text | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The finding, and the item it names."""
        named = (f"item/{self.item}",) if self.item else ()
        return (f"finding/{self.finding}", *named)

    @property
    def number(self) -> str:
        """The finding."""
        return self.stream
