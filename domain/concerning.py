"""Which events concern one unit: its own, and those that concern everybody.

What is about one thing, such as an item, goes together: whoever wrote the item is concerned by all
that was said of it. Replaying these events alone gives the unit the very same lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from domain.events.appeals import APPEALS
from domain.events.base import Event
from domain.events.corrections import Amendment
from domain.events.naming import events_named, units_named
from domain.events.proposals import PROPOSALS
from domain.events.setting import SETTING
from domain.register import Register, Row

_LISTS = frozenset({"ref", "publication", PROPOSALS, APPEALS})
"""Topics that only find events, each of which has another topic to say whom it concerns."""

SHARED_FAMILIES = ("document", "commission")
"""Topics in which each unit has entries of its own beside those that all share."""


class _Nothing:
    """The register before anything was recorded."""

    def positions_of(self, topics: Collection[str]) -> Iterable[Row]:
        del topics
        return ()

    def topics_of(self, position: int) -> Collection[str]:
        del position
        return ()

    def events_at(self, positions: Collection[int]) -> Mapping[int, Event]:
        del positions
        return {}


def positions_concerning(unit: str, events: Iterable[tuple[int, Event]]) -> list[int]:
    """Return the positions of the events that concern ``unit``, in order.

    ``events`` are those of the whole log, from its beginning, in order.
    """
    register, roots = Register(_Nothing()), dict[int, int]()
    topics: dict[str, set[int]] = defaultdict(set)
    named: dict[int, set[str]] = defaultdict(set)
    for position, event in events:
        for topic, at in register.record(position, event):
            topics[topic].add(at)
        about = event.target if isinstance(event, Amendment) else position
        roots[position] = roots.get(about, about)
        # A correction may move an event to another unit; it concerns both.
        named[roots[position]].update(units_named(event))
        for at in events_named(event):
            named[position] |= named[roots.get(at, at)]
    found: set[int] = set()
    for topic, positions in topics.items():
        found.update(_of_topic(unit, topic, sorted(positions), roots, named))
    return sorted(found)


def _of_topic(
    unit: str,
    topic: str,
    positions: list[int],
    roots: Mapping[int, int],
    named: Mapping[int, set[str]],
) -> Iterable[int]:
    family = topic.partition("/")[0]
    if family in _LISTS:
        return ()
    if topic in SETTING:
        return positions
    if family in SHARED_FAMILIES:
        mine = [at for at in positions if not (who := named[roots[at]]) or unit in who]
        # What began the thing comes first; where it names only others, nothing of it is shared.
        return mine if positions[0] in mine else ()
    units = {name for at in positions for name in named[roots[at]]}
    return positions if not units or unit in units else ()
