"""A batch: lines as they were written, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from domain.errors import Fault, Where
from domain.events.base import Event
from domain.events.fields import Source


class RegisterLine(NamedTuple):
    """One line of a register as it was written, where it stands, and the file row behind it.

    ``told`` are its fields whose faults were told when it was read: a line with any is looked
    through for more faults, and never recorded.
    """

    raw: Mapping[str, Any]
    where: Where = Where()
    source: Source | None = None
    told: frozenset[str] = frozenset()


class Decided(NamedTuple):
    """An event that may be recorded at ``position`` in ``stream``, with its canonical bytes."""

    position: int
    stream: str
    event: Event
    data: bytes


class Anew(NamedTuple):
    """A line recorded at ``position`` although its like at ``earlier`` was retracted by another.

    Only what stands is passed over, so that this is right; but a clerk who hands in a workbook
    again may not have meant it, and is told.
    """

    line: RegisterLine
    position: int
    earlier: int
    retracted_by: int


@dataclass(slots=True)
class Batch:
    """What became of the lines: events to record, lines skipped, and faults.

    ``anew`` are those of the events whose like was retracted.
    """

    events: list[Decided] = field(default_factory=list)
    skipped: list[tuple[RegisterLine, int]] = field(default_factory=list)
    anew: list[Anew] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
