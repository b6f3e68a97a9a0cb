"""What an act brings with it: a decision its corrections, a confirmation the lines proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from domain.decisions.batch import RegisterLine
from domain.errors import Where
from domain.events.appeals import AppealDecided, AppealProposed, AppealWithdrawn
from domain.events.base import Event
from domain.events.fields import Source
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.names import same_person
from domain.register import Register

Raw = Mapping[str, Any]


def with_what_follows(
    lines: Sequence[RegisterLine], register: Register, actor: str
) -> tuple[list[RegisterLine], set[int]]:
    """Return ``lines`` with what each brings with it right after it.

    Beside them are the places of the lines that two people have agreed on: ``actor`` and another
    who proposed them. A decision that rejects brings nothing, and neither does one that was
    recorded before.
    """
    found: list[RegisterLine] = []
    agreed: set[int] = set()
    for place, line in enumerate(lines):
        found.append(line)
        more = list(_following(line.raw, register, islice(lines, place)))
        if more and not same_person(_proposer(line.raw, register), actor):
            agreed.update(range(len(found), len(found) + len(more)))
        found += more
    return found, agreed


def lines_of(event: Event) -> list[RegisterLine]:
    """Return the lines that an event proposes to record, each where it came from."""
    if isinstance(event, CorrectionProposed):
        return [_line(raw, f"提案 {event.proposal}", n) for n, raw in enumerate(event.lines, 1)]
    if isinstance(event, AppealProposed):
        return list(_of_appeal(event.appeal, event.corrections or ()))
    return []


def _following(
    raw: Raw, register: Register, earlier: Iterable[RegisterLine]
) -> Iterable[RegisterLine]:
    if raw.get("type") == AppealDecided.__name__ and raw.get("outcome") != "rejected":
        return _of_decision(str(raw.get("appeal")).strip(), register, earlier)
    if raw.get("type") == CorrectionConfirmed.__name__:
        return _of_proposal(raw.get("proposal"), register)
    return ()


def _proposer(raw: Raw, register: Register) -> str | None:
    """Return who last proposed what an act is about; nobody when that is told in the same batch."""
    appeal, proposal = str(raw.get("appeal")).strip(), raw.get("proposal")
    facts = register.facts(f"appeal/{appeal}") + register.facts(f"proposal/{proposal}")
    made = [f.event for f in facts if isinstance(f.event, AppealProposed | CorrectionProposed)]
    return made[-1].actor if made else None


def _of_decision(
    appeal: str, register: Register, earlier: Iterable[RegisterLine]
) -> Iterator[RegisterLine]:
    events = [fact.event for fact in register.facts(f"appeal/{appeal}")]
    if any(isinstance(event, AppealDecided | AppealWithdrawn) for event in events):
        return
    offered = [event.corrections or [] for event in events if isinstance(event, AppealProposed)]
    offered += [
        line.raw.get("corrections") or []
        for line in earlier
        if line.raw.get("type") == AppealProposed.__name__ and line.raw.get("appeal") == appeal
    ]
    if offered and isinstance(offered[-1], Sequence):
        yield from _of_appeal(appeal, offered[-1])


def _of_appeal(appeal: str, corrections: Iterable[Raw]) -> Iterator[RegisterLine]:
    for number, raw in enumerate(corrections, 1):
        if isinstance(raw, Mapping):
            yield _line({**raw, "appeal": appeal}, f"申诉 {appeal} 所附更正", number)


def _of_proposal(proposal: object, register: Register) -> Iterator[RegisterLine]:
    events = [fact.event for fact in register.facts(f"proposal/{proposal}")]
    if any(isinstance(event, CorrectionConfirmed | CorrectionRefused) for event in events):
        return
    for event in events:
        yield from lines_of(event)


def _line(raw: Raw, origin: str, number: int) -> RegisterLine:
    """Return a proposed line with the row of the file that it came from, if it came from one."""
    given = dict(raw)
    source = given.pop("source", None)
    if not isinstance(source, Mapping):
        return RegisterLine(given, Where(file=origin, row=number))
    kept = Source(**source)
    return RegisterLine(given, Where(kept.file, kept.sheet, kept.row), kept)
