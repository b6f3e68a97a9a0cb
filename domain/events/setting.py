"""The setting in which scores are taken: cycles, units, quotas and rulings."""

from __future__ import annotations

from dataclasses import dataclass

from domain.events.base import Event
from domain.events.fields import Category, Count, Day, Flag, Kind, Name, Text, Unit, Value

CYCLES = "cycles"
UNITS = "units"
QUOTAS = "quotas"
RULINGS = "rulings"
SETTING = (CYCLES, UNITS, QUOTAS, RULINGS)
"""The topics that bear on every subject; each is read as a whole."""


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Event):
    """A year of scoring begins under a rulebook (方案 三、四)."""

    cycle: Name
    rulebook: Name
    starts: Day
    ends: Day
    evidence_due: Day
    duty_due: Day | None = None
    two_person: Flag = True
    appeal_days: Count = 10

    @property
    def topics(self) -> tuple[str, ...]:
        """All cycles are read together."""
        return (CYCLES,)

    @property
    def stream(self) -> str:
        """Each cycle has a stream of its own."""
        return f"cycle/{self.cycle}"

    @property
    def number(self) -> str:
        """The cycle."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class CycleClosed(Event):
    """A year is closed; ``as_of`` becomes the day its scores are asked for (方案 四)."""

    cycle: Name
    as_of: Day

    @property
    def topics(self) -> tuple[str, ...]:
        """All cycles are read together."""
        return (CYCLES,)

    @property
    def stream(self) -> str:
        """The stream of the cycle it closes."""
        return f"cycle/{self.cycle}"


@dataclass(frozen=True, kw_only=True)
class UnitEnrolled(Event):
    """A unit is one of those that are scored (附件1)."""

    unit: Name
    category: Category
    aliases: tuple[Name, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """All units are read together, so that a name belongs to one of them."""
        return (UNITS,)

    @property
    def stream(self) -> str:
        """Each unit has a stream of its own for its enrolment and changes."""
        return f"unit/{self.unit}"

    @property
    def number(self) -> str:
        """The unit, by the name it was enrolled under."""
        return self.stream


@dataclass(frozen=True, kw_only=True)
class UnitChanged(Event):
    """A unit has another name, alias or category, or was merged into another unit."""

    unit: Unit
    name: Name | None = None
    aliases: tuple[Name, ...] = ()
    category: Category | None = None
    into: Unit | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """All units are read together, so that a name belongs to one of them."""
        return (UNITS,)

    @property
    def stream(self) -> str:
        """The stream of the unit that changed."""
        return f"unit/{self.unit}"


@dataclass(frozen=True, kw_only=True)
class QuotaSet(Event):
    """How many 专报 or 简报 are required of units in a period (附件2 信息报送)."""

    kind: Kind
    required: Count
    from_: Day
    to: Day
    units: tuple[Unit, ...] = ()
    category: Category | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """All quotas are read together."""
        return (QUOTAS,)

    @property
    def stream(self) -> str:
        """The quotas of one kind of submission share a stream."""
        return f"quota/{self.kind}"


@dataclass(frozen=True, kw_only=True)
class RulingMade(Event):
    """The office decided how a doubtful clause is read; it holds for the whole year."""

    parameter: Name
    value: Value
    reason: Text
    document: Name | None = None
    cycle: Name | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """All rulings are read together."""
        return (RULINGS,)

    @property
    def stream(self) -> str:
        """The rulings on one parameter share a stream."""
        return f"ruling/{self.parameter}"
