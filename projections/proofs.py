"""The evidence that the log names: which file, by which event, and whether that still stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from domain.events.catalogue import BY_CLASS
from domain.events.proofs import evidence_in
from domain.log import Log
from projections.journal import Entry
from projections.tables import chunks

_PAGE: Final = 500
"""Events whose units are looked up at once."""


class Proof(NamedTuple):
    """A file as one event names it; the same file may be named by several."""

    name: str
    sha256: str
    position: int
    type: str
    label: str
    on: str
    units: tuple[str, ...]
    corrected_by: tuple[int, ...]
    retracted_by: int | None


def proofs(
    entries: Iterable[Entry], units_of: Callable[[Sequence[Entry]], Iterable[Sequence[str]]]
) -> Iterator[Proof]:
    """Return the evidence of ``entries``, in their order; ``units_of`` says whom they are about."""
    naming = (entry for entry in entries if evidence_in(entry.row.data))
    for page in chunks(naming, _PAGE):
        for entry, units in zip(page, units_of(page), strict=True):
            row, event = entry.row, entry.event
            for named in evidence_in(row.data):
                yield Proof(
                    name=named.name,
                    sha256=named.sha256,
                    position=row.position,
                    type=type(event).__name__,
                    label=BY_CLASS[type(event)].label,
                    on=event.on.isoformat(),
                    units=tuple(units),
                    corrected_by=entry.corrected_by,
                    retracted_by=entry.retracted_by,
                )


def digests_named(log: Log) -> dict[str, list[str]]:
    """Return each digest that the log names, with the names under which it does, in order."""
    found: dict[str, list[str]] = {}
    for row in log.rows():
        for named in evidence_in(row.data):
            names = found.setdefault(named.sha256, [])
            if named.name not in names:
                names.append(named.name)
    return found


def unnamed(log: Log, digests: Iterable[str], *, since: int) -> set[str]:
    """Return those of ``digests`` that no event names.

    What was recorded after ``since`` is looked at first: that is where they should be.
    """
    left = set(digests)
    for rows in (log.rows(after=since), log.rows(upto=since)):
        for row in rows:
            if not left:
                return left
            left = {digest for digest in left if digest.encode() not in row.data}
    return left
