"""What a trail is read from, and the few things that all of its parts need to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from domain.decisions.batch import Decided
from domain.errors import NotKnown
from domain.events.appeals import AppealDecided, AppealLodged, AppealProposed, AppealWithdrawn
from domain.events.codec import decode
from domain.log import Log
from domain.procedure import Appeal, appeals
from domain.register import FactSource, Register
from domain.standing import Fact
from projections.asking import Points
from projections.facts import Reading
from projections.sheets import Sheets


@dataclass(frozen=True, slots=True)
class Known:
    """The log, and the lines, points and sheets that follow from it.

    ``recorded_upto`` is how far the trail knows the log; what lies beyond is only tried out.
    """

    log: Log
    reading: Reading
    points: Points
    sheets: Sheets
    facts: Callable[[int], FactSource]
    recorded_upto: int


class Trial(NamedTuple):
    """What came of trying out the corrections that are proposed.

    ``events`` are those that a decision would record, decision first, and ``names`` what to call
    them: they have no position yet, and by the time there is a decision another event may have
    it. ``faults`` say why it could not be recorded now.
    """

    events: Sequence[Decided] = ()
    names: Mapping[int, str] = MappingProxyType({})
    faults: Sequence[str] = ()


def appeal_numbered(register: Register, number: str) -> Appeal:
    """Return the appeal of that number. Raises ``NotKnown`` when there is none."""
    found = appeals(register)
    for appeal in found:
        if appeal.number == number.strip():
            return appeal
    known = "、".join(appeal.number for appeal in found)
    fix = f"已登记的有：{known}。" if known else "请先用 kaohe appeal lodge 登记。"
    raise NotKnown(f"没有登记过申诉“{number}”", fix=fix)


def lodged(appeal: Appeal) -> AppealLodged:
    """Return how the appeal was lodged."""
    event = appeal.lodged.event
    assert isinstance(event, AppealLodged)  # noqa: S101  it is what began the appeal
    return event


def proposed(appeal: Appeal) -> list[Fact]:
    """Return the proposals of how to answer it, the last one in force."""
    return [fact for fact in appeal.followed if isinstance(fact.event, AppealProposed)]


def ended(appeal: Appeal) -> Fact | None:
    """Return the decision or the withdrawal that closed it, if one did."""
    ends = (f for f in appeal.followed if isinstance(f.event, AppealDecided | AppealWithdrawn))
    return next(ends, None)


def brought(appeal: Appeal, log: Log) -> list[int]:
    """Return the positions of the corrections that were recorded with the decision.

    They stand right behind it and were recorded at the same moment; what only names the appeal
    and was recorded otherwise is none of them.
    """
    end = ended(appeal)
    if end is None or not isinstance(end.event, AppealDecided):
        return []
    offered = proposed(appeal)[-1].event if proposed(appeal) else None
    most = len(offered.corrections or ()) if isinstance(offered, AppealProposed) else 0
    (decision,) = log.rows_at([end.position])
    found: list[int] = []
    for row in log.rows_at(range(end.position + 1, end.position + 1 + most)):
        event = decode(row.type, row.data)
        if event.appeal != appeal.number or row.recorded_at != decision.recorded_at:
            break
        found.append(row.position)
    return found
