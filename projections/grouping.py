"""What is judged together: a subject, and which of its events bear on which unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.concerning import SHARED_FAMILIES
from domain.events.base import Event
from domain.events.commissions import CommissionIssued
from domain.events.corrections import Amendment
from domain.events.naming import leaves_units_open, units_named

UNIT_FAMILIES = ("deployment", "duties")
"""Families whose topics are one for each unit, whether or not anything was recorded."""

Row = tuple[int, Event]
"""An event with its position."""


class Subject(NamedTuple):
    """A topic taken apart: its family, and the number or kind that its rules look for."""

    topic: str
    family: str
    number: str
    unit: str | None

    @classmethod
    def of(cls, topic: str) -> Subject:
        """Return the subject that ``topic`` names."""
        family, _, rest = topic.partition("/")
        if family == "quota":
            kind, _, unit = rest.partition("/")
            return cls(topic, family, kind, unit)
        return cls(topic, family, rest, rest if family in UNIT_FAMILIES else None)


def groups(
    subject: Subject, rows: Sequence[Row], enrolled: Collection[str], held: Collection[str]
) -> Iterator[tuple[Sequence[Row], Sequence[str]]]:
    """Return the rows that bear on each unit, with the units they bear on.

    ``enrolled`` are all units that ever were, ``held`` those that have lines already.
    """
    if subject.unit is not None:
        yield rows, [subject.unit]
    elif subject.family in SHARED_FAMILIES:
        shared, own = _split(rows)
        for_all = any(isinstance(event, CommissionIssued) for _, event in shared)
        asked = enrolled if subject.family == "document" or for_all else sorted({*own, *held})
        yield shared, [unit for unit in asked if unit not in own]
        for unit in asked:
            if unit in own:
                yield sorted(shared + own[unit]), [unit]
    else:
        yield rows, sorted({unit for _, event in rows for unit in units_named(event)}.union(held))


def _split(rows: Sequence[Row]) -> tuple[list[Row], dict[str, list[Row]]]:
    """Return the rows that all units share, and those of single units.

    An event goes with all that was said of it, to every unit that any of them names; when one
    of them leaves the units open, to all.
    """
    about = {position: event.target for position, event in rows if isinstance(event, Amendment)}
    named: dict[int, dict[str, None]] = {}
    for_all: set[int] = set()
    for position, event in rows:
        root = _root(position, about)
        units = units_named(event)
        named.setdefault(root, {}).update(dict.fromkeys(units))
        if (root == position and not units) or leaves_units_open(event):
            for_all.add(root)
    shared: list[Row] = []
    own: dict[str, list[Row]] = {}
    for row in rows:
        root = _root(row[0], about)
        if root in for_all or not named[root]:
            shared.append(row)
        else:
            for unit in named[root]:
                own.setdefault(unit, []).append(row)
    return shared, own


def _root(position: int, about: Mapping[int, int]) -> int:
    while position in about:
        position = about[position]
    return position
