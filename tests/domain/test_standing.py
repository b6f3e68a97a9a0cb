"""What stands: how much of it is held."""

from __future__ import annotations

from domain.standing import Standing
from tests.domain.telling import START, accepted, said


def test_every_event_that_is_held_is_counted() -> None:
    """Those that nothing was ever said of as well: a process that keeps them has to know."""
    gone = said("EventRetracted", "2022-06-01", target=4, reason="误登")
    standing = Standing()
    events = accepted(*START, gone)
    for position, event in enumerate(events, 1):
        standing.record(position, event)
    assert len(standing) == len(events) == len(START) + 1
