"""Which events concern one unit: its own, and those that concern everybody.

What is about one thing, such as an item, goes together: whoever wrote the item is concerned by all
that was said of it. Replaying these events alone gives the unit the very same lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from domain.events.appeals import APPEALS
from domain.events.base import Event
from domain.events.commissions import CommissionIssued
from domain.events.corrections import Amendment
from domain.events.leadership import DocumentIssued
from domain.events.naming import events_named, leaves_units_open, units_named
from domain.events.proposals import PROPOSALS
from domain.events.setting import SETTING
from domain.register import Register, Unrecorded

_LISTS = frozenset({"publication", PROPOSALS, APPEALS})
"""Topics that only find events, each of which has another topic to say whom it concerns."""

SHARED_FAMILIES = ("document", "commission")
"""Topics in which each unit has entries of its own beside those that all share."""


def positions_concerning(unit: str, events: Iterable[tuple[int, Event]]) -> list[int]:
    """Return the positions of the events that concern ``unit``, in order.

    ``events`` are those of the whole log, from its beginning, in order.
    """
    log = _read(events)
    shared = {at for at, units in log.named.items() if at in log.for_all or unit in units}
    found: set[int] = set()
    for topic, positions in log.topics.items():
        family = topic.partition("/")[0]
        if family in SHARED_FAMILIES:
            # Of a thing that is only others', nothing is shared.
            found.update(positions & shared if positions & shared & log.begun else ())
        elif topic in SETTING or (family not in _LISTS and _names(unit, positions, log.named)):
            found.update(positions)
    return sorted(found)


class _Read(NamedTuple):
    """The log by topic, and of each position: whom its event names, with all that was said of it.

    ``for_all`` are those that leave the units open, ``begun`` those that begin a shared thing.
    """

    topics: dict[str, set[int]]
    named: dict[int, set[str]]
    for_all: set[int]
    begun: set[int]


def _read(events: Iterable[tuple[int, Event]]) -> _Read:
    register, roots = Register(Unrecorded()), dict[int, int]()
    log = _Read(defaultdict(set), {}, set(), set())
    opened: set[int] = set()
    for position, event in events:
        for topic, at in register.record(position, event):
            log.topics[topic].add(at)
        about = event.target if isinstance(event, Amendment) else position
        root = roots[position] = roots.get(about, about)
        # A correction may move an event to another unit; it concerns both.
        named = log.named[position] = log.named.setdefault(root, set())
        named.update(units_named(event))
        for at in events_named(event):
            named |= log.named[at]
        if leaves_units_open(event) or (about == position and not units_named(event)):
            opened.add(root)
        if isinstance(event, CommissionIssued | DocumentIssued):
            log.begun.add(position)
    log.for_all.update(at for at, root in roots.items() if root in opened)
    return log


def _names(unit: str, positions: Iterable[int], units: Mapping[int, set[str]]) -> bool:
    """Tell whether events name ``unit``, or nobody."""
    named = {name for at in positions for name in units[at]}
    return not named or unit in named
