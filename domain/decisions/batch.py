"""A batch: lines as they were written, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from domain.errors import Fault, Where
from domain.events.base import Event
from domain.events.fields import Source


class RegisterLine(NamedTuple):
    """One line of a register as it was written, where it stands, and the file row behind it."""

    raw: Mapping[str, Any]
    where: Where = Where()
    source: Source | None = None


class Decided(NamedTuple):
    """An event that may be recorded at ``position`` in ``stream``, with its canonical bytes."""

    position: int
    stream: str
    event: Event
    data: bytes


@dataclass(slots=True)
class Batch:
    """What became of the lines: events to record, lines skipped, and faults."""

    events: list[Decided] = field(default_factory=list)
    skipped: list[tuple[RegisterLine, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
