"""Whether a batch needs a second person: it would change what is published or closed.

This is decided on the log as it was before the batch. So a register that is loaded for the
first time, or anew from an export, needs none: no cycle stood before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.days import after, day_of
from domain.decisions.commissions import dues_in_force
from domain.events.appeals import AppealEvent
from domain.events.audit import AuditExported
from domain.events.base import Event
from domain.events.commissions import CommissionExtended, CommissionWithdrawn
from domain.events.corrections import Amendment
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.events.publications import PUBLICATIONS, ScoresPublished
from domain.events.setting import CycleClosed, CycleOpened, QuotaSet, RulingMade, UnitEnrolled
from domain.register import Register
from domain.setting import Cycle

ACTS: tuple[type[Event], ...] = (
    ScoresPublished,
    AppealEvent,
    CorrectionProposed,
    CorrectionConfirmed,
    CorrectionRefused,
    AuditExported,
    CycleClosed,
)
"""What the office does about the scores; none of these changes one."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before a batch: the cycles, and the last day of each that is made public."""

    cycles: Mapping[str, Cycle]
    settled: Mapping[str, date]

    @property
    def asked_for(self) -> bool:
        """Whether any cycle asks for two people."""
        return any(cycle.two_person for cycle in self.cycles.values())

    @classmethod
    def of(cls, register: Register) -> Before:
        """Return what stands in ``register``; publications are looked for only where it matters."""
        cycles = register.setting().cycles
        if not any(cycle.two_person for cycle in cycles.values()):
            return cls(cycles, {})
        settled = {c.name: c.closed_as_of for c in cycles.values() if c.closed_as_of is not None}
        for fact in register.facts(PUBLICATIONS):
            event = fact.event
            if isinstance(event, ScoresPublished) and event.cycle is not None:
                name = event.cycle
                settled[name] = max(event.as_of, settled.get(name, event.as_of))
        return cls(cycles, settled)

    def why(self, event: Event, earlier: Register, register: Register) -> str:
        """Return why recording ``event`` needs a second person, or nothing when it needs none.

        ``earlier`` is the register before the batch and ``register`` the one after it.
        """
        if isinstance(event, ACTS):
            return ""
        if isinstance(event, Amendment):
            contents = _contents(register.root(event.target), earlier, register)
            concerned = (
                cycle for content in contents for cycle in self._of(content, _day(content))
            )
            return "更正或撤销" if any(cycle.two_person for cycle in concerned) else ""
        days = [_day(event), *_lifts_from(event, earlier)]
        return next(filter(None, (self._changed_on(day, event) for day in days)), "")

    def _changed_on(self, day: date, event: Event) -> str:
        """Return which settled scores ``event`` may change on ``day``, or nothing."""
        for cycle in self._of(event, day):
            settled = self.settled.get(cycle.name)
            if settled is None or not cycle.two_person:
                continue
            if isinstance(event, RulingMade):
                return f"考核年度“{cycle.name}”的成绩已公布或关闭，口径裁定会改变它"
            if isinstance(event, UnitEnrolled):
                return f"考核年度“{cycle.name}”的成绩已公布或关闭，新单位会改变它的名次"
            if day <= settled:
                lifted = f"它可能取消 {day} 起的扣分，" if day != _day(event) else ""
                return f"{lifted}{day} 不晚于考核年度“{cycle.name}”已公布或关闭的成绩日期 {settled}"
        return ""

    def _of(self, event: Event, day: date) -> Iterable[Cycle]:
        """Return the cycles that an event bears on: the one it names, or those of its ``day``.

        A unit is on the sheets of every cycle, whenever it was enrolled.
        """
        if isinstance(event, UnitEnrolled):
            return self.cycles.values()
        if isinstance(event, ScoresPublished | CycleOpened | CycleClosed | RulingMade):
            named = self.cycles.get(event.cycle or "")
            if named is not None:
                return [named]
            if isinstance(event, RulingMade):
                return self.cycles.values()
        return self._holding(day)

    def _holding(self, day: date) -> Iterable[Cycle]:
        """Return the cycle that holds ``day``, and those that were settled on it or later.

        What comes after a year's end still counts for it, such as evidence, though the next year
        has begun. A day that no cycle holds may bear on any.
        """
        bearing = [cycle for cycle in self.cycles.values() if self._bears(day, cycle)]
        return bearing or self.cycles.values()

    def _bears(self, day: date, cycle: Cycle) -> bool:
        return cycle.starts <= day <= max(cycle.ends, self.settled.get(cycle.name, cycle.ends))


def _contents(position: int, earlier: Register, register: Register) -> Iterator[Event]:
    """Return what an event said before and what it says now: it may have come to another cycle."""
    for known in (earlier, register):
        entry = known.entry(position)
        if entry is not None:
            yield entry.content()


def _lifts_from(event: Event, earlier: Register) -> list[date]:
    """Return the days from which an extension or a withdrawal may take deductions back."""
    if not isinstance(event, CommissionExtended | CommissionWithdrawn):
        return []
    facts = earlier.facts(event.topics[0])
    return [after(due) for due in dues_in_force(event.commission, event.units, facts)]


def _day(event: Event) -> date:
    """Return the first day that an event bears on."""
    day = day_of(event.on)
    return min(day, event.from_) if isinstance(event, QuotaSet) else day
