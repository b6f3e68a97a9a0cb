"""A batch that needs a second person, made into a proposal: its lines as they would be recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from domain.decisions.batch import Batch, RegisterLine
from domain.decisions.second_person import ACTS
from domain.errors import Fault, LinesRefused, Refused
from domain.events.base import Event
from domain.events.catalogue import BY_CLASS, BY_NAME
from domain.events.codec import to_fields
from domain.events.corrections import Amendment
from domain.events.proposals import CorrectionProposed
from domain.procedure import proposals
from domain.register import Register

_LONGEST_PART = 20_000
"""Signs of one part's lines: they fit into an entry of the log, and into a cell of a workbook."""

Raw = dict[str, Any]


class Pair(NamedTuple):
    """A line and the event it became; lines that were passed over became none."""

    line: RegisterLine
    event: Event


def pairs(lines: Sequence[RegisterLine], batch: Batch) -> list[Pair]:
    """Return each line of a faultless batch that became an event, with the event."""
    skipped = {id(line) for line, _ in batch.skipped}
    kept = [line for line in lines if id(line) not in skipped]
    return [Pair(line, one.event) for line, one in zip(kept, batch.events, strict=True)]


def lines_proposed(made: Sequence[Pair], *, head: int) -> list[Raw]:
    """Return the lines of the proposal that a batch is made into.

    Raises ``LinesRefused`` for lines that cannot be proposed.
    """
    faults = [_apart(pair.line) for pair in made if isinstance(pair.event, ACTS)]
    if faults:
        raise LinesRefused(tuple(faults))
    return as_lines(made, head=head)


def number_of_proposal(lines: Sequence[Raw], register: Register) -> int:
    """Return the number of a new proposal of ``lines``.

    Raises ``Refused`` when the same lines wait for a second person already.
    """
    known = proposals(register)
    for proposal in known:
        if proposal.ended is None and proposal.lines == lines:
            what = f"同样的内容已作为提案 {proposal.number} 提出，等待另一人确认"
            fix = f"请由另一人运行 kaohe confirm {proposal.number}。"
            raise Refused(what, fix=fix)
    return 1 + max((proposal.number for proposal in known), default=0)


def as_lines(made: Iterable[Pair], *, head: int) -> list[Raw]:
    """Return what was decided as lines of a register, with their sources, to be decided again.

    Units, codes and targets are those found now; an event of the same batch keeps its ref, for
    its position will be another then. Raises ``LinesRefused`` when it is named by position.
    """
    lines, faults = [], []
    for line, event in made:
        fields = {"type": BY_CLASS[type(event)].name, **to_fields(event)}
        del fields["actor"]
        if isinstance(event, Amendment) and event.target > head:
            target = line.raw.get("target")
            if not isinstance(target, str) or target.strip().startswith("#"):
                faults.append(_unsettled(line, event.target))
            fields["target"] = target
        lines.append(fields)
    if faults:
        raise LinesRefused(tuple(faults))
    return lines


def in_parts(number: int, lines: Sequence[Raw], *, reason: str, on: date) -> list[RegisterLine]:
    """Return the lines that record a proposal, in as many parts as its length needs."""
    parts = list(_parts(lines))
    common = {"type": CorrectionProposed.__name__, "on": on.isoformat(), "proposal": number}
    if len(parts) == 1:
        return [RegisterLine({**common, "lines": parts[0], "reason": reason})]
    count = {"reason": reason, "parts": len(parts)}
    return [
        RegisterLine({**common, "lines": p, "part": n, **count}) for n, p in enumerate(parts, 1)
    ]


def _parts(lines: Iterable[Raw]) -> Iterator[list[Raw]]:
    part: list[Raw] = []
    length = 0
    for line in lines:
        size = _length(line)
        if part and length + size > _LONGEST_PART:
            yield part
            part, length = [], 0
        part.append(line)
        length += size
    yield part


def _length(line: Mapping[str, Any]) -> int:
    return len(json.dumps(line, ensure_ascii=False).encode("utf-16-le")) // 2 + 2


def _apart(line: RegisterLine) -> Fault:
    what = f"这一批需要另一人确认，不能同时登记“{BY_NAME[line.raw['type']].label}”"
    return Fault(what, "请分开提交", replace(line.where, field="type"))


def _unsettled(line: RegisterLine, target: int) -> Fault:
    what = f"#{target} 是这一批自己的事件，确认登记时编号会变"
    return Fault(what, "请给那一条写 ref，并用 ref 指明它", replace(line.where, field="target"))
