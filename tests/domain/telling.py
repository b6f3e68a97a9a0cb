"""Registers told in a few words, and decided line by line without a database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from domain.decisions.batch import Batch, RegisterLine
from domain.decisions.decide import Clerk
from domain.errors import Where
from domain.events.fields import Source
from domain.register import Register, Unrecorded
from infra.rulebooks import installed_rulebooks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.errors import Fault
    from domain.events.base import Event
    from domain.rulebook.model import Rulebook

BOOKS = installed_rulebooks()
TODAY = date(2024, 12, 31)

Told = dict[str, Any]


def said(event_type: str, on: str, **fields: object) -> Told:
    """Return one line of a register; ``from_`` stands for the field ``from``."""
    return {"type": event_type, "on": on, **{k.rstrip("_"): v for k, v in fields.items()}}


YEAR = said(
    "CycleOpened", "2022-01-01", cycle="2022", rulebook="shuozhou-2022", starts="2022-01-01",
    ends="2022-12-31", evidence_due="2023-01-15", duty_due="2022-03-31",
)  # fmt: skip
NEXT_YEAR = {
    **YEAR, "on": "2023-01-01", "cycle": "2023", "starts": "2023-01-01", "ends": "2023-12-31",
    "evidence_due": "2024-01-15", "duty_due": "2023-03-31",
}  # fmt: skip
COUNTY = said("UnitEnrolled", "2022-01-01", unit="应县", category="county", aliases=["应县政府"])
BUREAU = said("UnitEnrolled", "2022-01-01", unit="市财政局", category="department")
ZONE = said("UnitEnrolled", "2022-01-01", unit="开发区", category="zone")
START = (YEAR, COUNTY, BUREAU, ZONE)
"""Positions 1 to 4; what a test tells begins at #5."""


def decided(
    *files: Iterable[Told],
    today: date = TODAY,
    books: Mapping[str, Rulebook] = BOOKS,
    typed: bool = False,
) -> tuple[Register, Batch]:
    """Decide files of lines one after the other; only the last may hold anything wrong.

    ``typed`` lines were written by hand and come from no file. Returns the register as it then
    stands, and what became of the last file.
    """
    register, batch, head = Register(Unrecorded()), Batch(), 0
    for number, file in enumerate(files, 1):
        assert batch.faults == []
        name = f"{number}.jsonl"
        lines = [
            RegisterLine(line, Where(name, row=n), None if typed else _row(name, number, n))
            for n, line in enumerate(file, 1)
        ]
        clerk = Clerk(register, head=head, rulebooks=books, today=today, actor="张三")
        batch = clerk.decide(lines)
        head += len(batch.events)
    return register, batch


def _row(name: str, number: int, row: int) -> Source:
    return Source(file=name, sha256=f"{number:064x}", row=row)


def accepted(*lines: Told, today: date = TODAY) -> list[Event]:
    """Return the events that the lines of one file are; none may be refused."""
    _, batch = decided(lines, today=today)
    assert batch.faults == []
    return [entry.event for entry in batch.events]


def faults(*lines: Told, today: date = TODAY) -> list[Fault]:
    """Return what is wrong with the last line, when those before it are recorded."""
    _, batch = decided(lines[:-1], lines[-1:], today=today)
    return batch.faults


def refused(*lines: Told, field: str, what: str, today: date = TODAY) -> Fault:
    """Return the one thing that is wrong with the last line, which must be fit for a clerk.

    It names the ``field``, says ``what`` is wrong and, there or beside it, what would be right.
    """
    found = faults(*lines, today=today)
    assert len(found) == 1, [str(fault) for fault in found]
    fault = found[0]
    assert fault.where.field == field, str(fault)
    assert what in fault.what, str(fault)
    assert fault.fix or any(sign in fault.what for sign in ("应", "不能", "缺少")), str(fault)
    return fault
