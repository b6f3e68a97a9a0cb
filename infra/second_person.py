"""What is to be recorded of a batch: its events, or a proposal when two people are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain.decisions.batch import Batch, RegisterLine
from domain.decisions.decide import Clerk
from domain.decisions.following import lines_of, with_what_follows
from domain.decisions.proposing import (
    Pair,
    Raw,
    as_lines,
    in_parts,
    lines_proposed,
    number_of_proposal,
    pairs,
)
from domain.decisions.second_person import Before
from domain.errors import Fault, LinesRefused
from domain.events.catalogue import CATALOGUE
from domain.register import FactSource, Register
from domain.rulebook.model import Rulebook
from domain.watching import Watch
from domain.wording import event_type_named


@dataclass(frozen=True, slots=True)
class Request:
    """Lines to be recorded: by whom, for which reason, and what was wrong when they were read."""

    lines: list[RegisterLine]
    actor: str
    faults: Sequence[Fault]
    watch: Watch | None
    reason: str | None


class Proposed(NamedTuple):
    """A proposal made instead of recording: its number, how many lines, and why."""

    number: int
    lines: int
    why: str


class Tried(NamedTuple):
    """What lines come to, whoever may record them, and ``why`` that takes a second person.

    ``lines`` are those asked for with what each brings with it; ``batch`` has its faultless
    events. ``proposed`` are the lines of the proposal that it takes, if it takes one.
    """

    lines: list[RegisterLine]
    batch: Batch
    why: str = ""
    proposed: Sequence[Raw] = ()


class Plan(NamedTuple):
    """What is to be saved, the register as it then stands, and the proposal that it is."""

    batch: Batch
    register: Register
    proposal: Proposed | None = None


class SecondPerson:
    """Decides batches, and finds those that one person alone may not record."""

    def __init__(
        self,
        facts: Callable[[int], FactSource],
        *,
        rulebooks: Mapping[str, Rulebook],
        today: Callable[[], date],
    ) -> None:
        self._facts = facts
        self._rulebooks = rulebooks
        self._today = today

    def planned(self, asked: Request, register: Register, head: int) -> Plan:
        """Return what is to be saved of ``asked`` on what is known at ``head``.

        Raises ``LinesRefused`` with every fault, in the order of rows, also for lines that are
        only proposed and could not be recorded there and then.
        """
        tried = self.tried(asked, register, head)
        return self._proposed(asked, tried, head) if tried.why else Plan(tried.batch, register)

    def tried(self, asked: Request, register: Register, head: int) -> Tried:
        """Return what ``asked`` comes to on what is known at ``head``, as if two had agreed on it.

        Raises ``LinesRefused`` as ``planned`` does.
        """
        before = Before.of(register)
        lines, agreed = asked.lines, set[int]()
        if before.cycles:
            lines, agreed = with_what_follows(lines, register, asked.actor)
        clerk = self._clerk(register, head, asked.actor)
        batch = _faultless(clerk.decide(lines, asked.watch), asked.faults)
        if before.cycles:
            self._try_out(lines, batch, head, asked.actor)
        if not before.asked_for:
            return Tried(lines, batch)
        made = pairs(lines, batch)
        own = {id(line) for place, line in enumerate(lines) if place not in agreed}
        why = self._why(before, [pair for pair in made if id(pair.line) in own], register, head)
        return Tried(lines, batch, why, lines_proposed(made, head=head) if why else ())

    def _clerk(self, register: Register, head: int, actor: str) -> Clerk:
        return Clerk(
            register, head=head, rulebooks=self._rulebooks, today=self._today(), actor=actor
        )

    def _try_out(self, lines: list[RegisterLine], batch: Batch, head: int, actor: str) -> None:
        """Decide, for trial only, what the events of a batch propose to record."""
        trial = [line for decided in batch.events for line in lines_of(decided.event)]
        if not trial:
            return
        clerk = self._clerk(Register(self._facts(head)), head, actor)
        tried = _faultless(clerk.decide([*lines, *trial]), ())
        after = {id(line) for line in trial}
        made = [pair for pair in pairs([*lines, *trial], tried) if id(pair.line) in after]
        as_lines(made, head=head)

    def _why(self, before: Before, made: Sequence[Pair], register: Register, head: int) -> str:
        """Return why the batch needs a second person, or nothing when it needs none."""
        earlier = Register(self._facts(head))

        found = (before.why(pair.event, earlier, register) for pair in made)
        return next(filter(None, found), "")

    def _proposed(self, asked: Request, tried: Tried, head: int) -> Plan:
        register = Register(self._facts(head))
        number = number_of_proposal(tried.proposed, register)
        reason = asked.reason or tried.why
        parts = in_parts(number, tried.proposed, reason=reason, on=self._today())
        batch = _faultless(self._clerk(register, head, asked.actor).decide(parts), ())
        batch.skipped, batch.anew = tried.batch.skipped, tried.batch.anew
        return Plan(batch, register, Proposed(number, len(tried.proposed), tried.why))


def _faultless(batch: Batch, faults: Sequence[Fault]) -> Batch:
    """Return ``batch``. Raises ``LinesRefused`` when it, or the file it was read from, has faults.

    They are told in the order of sheets and rows, so that a cause stands before its consequences.
    """
    if faults or batch.faults:
        raise LinesRefused(tuple(sorted([*faults, *batch.faults], key=_place)))
    return batch


def _place(fault: Fault) -> tuple[int, str, int]:
    """Return where a fault stands: sheets follow the catalogue, as in the template."""
    sheet = fault.where.sheet or ""
    event_type = event_type_named(sheet)
    order = CATALOGUE.index(event_type) if event_type else len(CATALOGUE)
    return (order, sheet, fault.where.row or 0)
