"""What every event carries, and how an event says what it is about.

A *stream* is the one thing an event belongs to; it gives the event its number in storage. A
*topic* is anything whose standing facts the event is one of; rules and checks read topics.

The classes have no slots: what is read from the log then gets all of its fields at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.events.fields import Evidence, Name, Source, Text, When


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: the day, the writer's notes, and where it was recorded from.

    ``on`` is the valid time in Asia/Shanghai. Two events are the same content when all but the
    writer's own ``ref`` and the recorder's ``actor`` and ``source`` agree.
    """

    __pydantic_config__ = {  # noqa: RUF012  read by pydantic, never changed
        "extra": "forbid",
        "alias_generator": lambda name: name.rstrip("_"),
    }

    on: When
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    appeal: Name | None = None
    ref: Name | None = field(default=None, compare=False)
    actor: Name | None = field(default=None, compare=False)
    source: Source | None = field(default=None, compare=False)

    @property
    def stream(self) -> str:
        """The stream that stores the event: its first topic."""
        return self.topics[0]

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics whose standing facts this event is one of."""
        raise TypeError(type(self).__name__)

    @property
    def number(self) -> str | None:
        """The stream of the thing whose number this event makes, if it makes one."""
        return None
