"""Proposals and appeals as they stand: what was said of each, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from domain.days import day_of
from domain.events.appeals import (
    APPEALS,
    AppealDecided,
    AppealLodged,
    AppealProposed,
    AppealWithdrawn,
)
from domain.events.proposals import (
    PROPOSALS,
    CorrectionConfirmed,
    CorrectionProposed,
    CorrectionRefused,
)
from domain.register import Register
from domain.standing import Fact


class Proposal(NamedTuple):
    """A proposed correction: its parts, and the event that confirmed or refused it."""

    number: int
    parts: tuple[Fact, ...]
    ended: Fact | None

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of all parts, in their order."""
        return [
            line
            for fact in self.parts
            if isinstance(fact.event, CorrectionProposed)
            for line in fact.event.lines
        ]

    @property
    def state(self) -> str:
        """``open``, ``confirmed`` or ``refused``."""
        if self.ended is None:
            return "open"
        return "confirmed" if isinstance(self.ended.event, CorrectionConfirmed) else "refused"


class Appeal(NamedTuple):
    """An appeal: how it was lodged, and all that followed, in the order of the log."""

    number: str
    lodged: Fact
    followed: tuple[Fact, ...]

    @property
    def state(self) -> str:
        """``lodged``, ``proposed``, ``decided`` or ``withdrawn``."""
        kinds = {type(fact.event) for fact in self.followed}
        for kind, state in _STATES:
            if kind in kinds:
                return state
        return "lodged"

    @property
    def outcome(self) -> str | None:
        """What was decided, if it was."""
        decided = (fact.event for fact in self.followed)
        return next((e.outcome for e in decided if isinstance(e, AppealDecided)), None)


_STATES = ((AppealWithdrawn, "withdrawn"), (AppealDecided, "decided"), (AppealProposed, "proposed"))


def proposals(register: Register, as_of: date | None = None) -> list[Proposal]:
    """Return every proposal, in the order in which they were made.

    With ``as_of`` those made by the end of that day, as they stood then.
    """
    parts: dict[int, list[Fact]] = {}
    for fact in _by(as_of, register.facts(PROPOSALS)):
        if isinstance(fact.event, CorrectionProposed):
            parts.setdefault(fact.event.proposal, []).append(fact)
    return [Proposal(n, tuple(held), _ended(n, register, as_of)) for n, held in parts.items()]


def _by(as_of: date | None, facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if as_of is None or day_of(fact.event.on) <= as_of]


def _ended(number: int, register: Register, as_of: date | None) -> Fact | None:
    facts = _by(as_of, register.facts(f"proposal/{number}"))
    ends = (f for f in facts if isinstance(f.event, CorrectionConfirmed | CorrectionRefused))
    return next(ends, None)


def appeals(register: Register, as_of: date | None = None) -> list[Appeal]:
    """Return every appeal, in the order in which they were lodged.

    With ``as_of`` those lodged by the end of that day, as they stood then.
    """
    found = []
    for fact in _by(as_of, register.facts(APPEALS)):
        if isinstance(fact.event, AppealLodged):
            said = _by(as_of, register.facts(f"appeal/{fact.event.appeal}"))
            followed = tuple(one for one in said if one.position != fact.position)
            found.append(Appeal(fact.event.appeal, fact, followed))
    return found
