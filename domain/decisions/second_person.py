"""Whether a batch needs a second person: it would change what is published or closed.

This is decided on the log as it was before the batch. So a register that is loaded for the
first time, or anew from an export, needs none: no cycle stood before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.days import day_of, read_moment
from domain.events.appeals import AppealEvent
from domain.events.audit import AuditExported
from domain.events.base import Event
from domain.events.corrections import Amendment, EventCorrected
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.events.publications import PUBLICATIONS, ScoresPublished
from domain.events.setting import CycleClosed, CycleOpened, QuotaSet, RulingMade
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

    def why(self, event: Event, content_of: Callable[[int], Event]) -> str:
        """Return why recording ``event`` needs a second person, or nothing when it needs none.

        ``content_of`` gives what the event at a position said before, for corrections.
        """
        if isinstance(event, ACTS):
            return ""
        if isinstance(event, Amendment):
            concerned = self._of_amendment(event, content_of(event.target))
            return "更正或撤销" if any(cycle.two_person for cycle in concerned) else ""
        for cycle in self._of(event):
            settled = self.settled.get(cycle.name)
            if settled is None or not cycle.two_person:
                continue
            if isinstance(event, RulingMade):
                return f"考核年度“{cycle.name}”的成绩已公布或关闭，口径裁定会改变它"
            if _day(event) <= settled:
                return f"{_day(event)} 不晚于考核年度“{cycle.name}”已公布或关闭的成绩日期 {settled}"
        return ""

    def _of_amendment(self, event: Amendment, target: Event) -> Iterable[Cycle]:
        """Return the cycles of what is amended, and those that a new day would bring it to."""
        yield from self._of(target)
        moved = _moved_to(event)
        if moved is not None:
            yield from self._holding(moved)

    def _of(self, event: Event) -> Iterable[Cycle]:
        """Return the cycles that an event bears on: the one it names, or the one of its day."""
        if isinstance(event, ScoresPublished | CycleOpened | CycleClosed | RulingMade):
            named = self.cycles.get(event.cycle or "")
            if named is not None:
                return [named]
            if isinstance(event, RulingMade):
                return self.cycles.values()
        return self._holding(_day(event))

    def _holding(self, day: date) -> Iterable[Cycle]:
        """Return the cycle that holds ``day``; a day that none holds may bear on any."""
        covering = [cycle for cycle in self.cycles.values() if cycle.covers(day)]
        return covering or self.cycles.values()


def _day(event: Event) -> date:
    """Return the first day that an event bears on."""
    day = day_of(event.on)
    return min(day, event.from_) if isinstance(event, QuotaSet) else day


def _moved_to(event: Amendment) -> date | None:
    changes: Mapping[str, Any] = event.changes if isinstance(event, EventCorrected) else {}
    while "changes" in changes:
        changes = changes["changes"]
    return day_of(read_moment(changes["on"])) if changes.get("on") else None
