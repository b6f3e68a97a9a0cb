"""Checks of proposed corrections: whole, open, and confirmed by another person."""

from __future__ import annotations

from domain.decisions.checking import Desk, Found, Wrong, existing, new_number
from domain.decisions.second_person import ACTS
from domain.events.catalogue import BY_NAME
from domain.events.proposals import CorrectionConfirmed, CorrectionProposed, CorrectionRefused
from domain.names import same_person


def correction_proposed(event: CorrectionProposed, desk: Desk) -> Found:
    """Need a new proposal number, or the next part of the same proposal.

    The lines are lines that could be recorded there and then: they are tried at once.
    """
    first = event.part in (None, 1)
    if first:
        yield from new_number(desk, event, "proposal", "提案号")
    if event.proposal < 1 or (event.part is None) != (event.parts is None):
        yield Wrong("proposal", "提案号应从 1 起，part 和 parts 应同时写或都不写", "请核对提案号")
    elif not first and not _continues(event, desk):
        what = f"提案 {event.proposal} 缺少第 {(event.part or 0) - 1} 部分"
        yield Wrong("part", what, "各部分应依次登记")
    for line in event.lines:
        entry = BY_NAME.get(str(line.get("type")))
        if entry is not None and issubclass(entry.event, ACTS):
            yield Wrong("lines", f"提案中不能有“{entry.label}”", "请另行登记")


def _continues(event: CorrectionProposed, desk: Desk) -> bool:
    before = [
        fact.event
        for fact in desk.facts(event.stream)
        if isinstance(fact.event, CorrectionProposed)
        and (desk.position is None or fact.position < desk.position)
    ]
    last = before[-1] if before else None
    return (
        last is not None
        and last.part == (event.part or 0) - 1
        and last.parts == event.parts
        and (event.part or 0) <= (event.parts or 0)
    )


def correction_confirmed(event: CorrectionConfirmed, desk: Desk) -> Found:
    """Need a proposal that is open and whole, and another person than the proposer.

    Where no cycle has ``two_person`` on, the same person may confirm.
    """
    yield from _open(event, desk)
    parts = [
        fact.event
        for fact in desk.facts(event.stream)
        if isinstance(fact.event, CorrectionProposed)
    ]
    if parts and (parts[-1].part or 1) < (parts[-1].parts or 1):
        yield Wrong("proposal", f"提案 {event.proposal} 不完整", "应补齐各部分，或驳回后重新提出")
    needed = desk.position is None and any(cycle.two_person for cycle in desk.before.values())
    if needed and parts and same_person(event.actor, parts[0].actor):
        what = f"提案 {event.proposal} 由“{parts[0].actor}”提出，不能由同一人确认"
        yield Wrong("actor", what, "请由另一人确认")


def correction_refused(event: CorrectionRefused, desk: Desk) -> Found:
    """Need a proposal that is open; its proposer may refuse it too."""
    yield from _open(event, desk)


def _open(event: CorrectionConfirmed | CorrectionRefused, desk: Desk) -> Found:
    _, wrong = existing(desk, event.stream, "proposal", "提案")
    yield from wrong
    for fact in desk.facts(event.stream):
        if desk.position is not None and fact.position >= desk.position:
            continue
        for kind, what in ((CorrectionConfirmed, "确认"), (CorrectionRefused, "驳回")):
            if isinstance(fact.event, kind):
                told = f"提案 {event.proposal} 已由{desk.at(fact.position)} {what}"
                yield Wrong("proposal", told, "不能再次确认或驳回；请用 kaohe proposals 查看")
