"""Everything that an event says, heading by heading, where one line is not enough."""

from __future__ import annotations

from domain.events.base import Event
from domain.events.catalogue import fields_of
from domain.wording import Vocabularies, field_words, heading_of

_TOLD_ELSEWHERE = frozenset({"on", "ref", "evidence", "appeal"})


def particulars(
    event: Event, vocabularies: Vocabularies, *, target: type[Event] | None = None
) -> list[tuple[str, str]]:
    """Return everything of its own that an event says, under its headings and not cut short.

    Its day, its mark, its evidence and the appeal it comes from are told elsewhere. ``target`` is
    the type of the event that a correction is about.
    """
    return [
        (
            heading_of(type(event), field.name),
            field_words(value, field, event, vocabularies, target, whole=True),
        )
        for field in fields_of(type(event))
        if field.name not in _TOLD_ELSEWHERE
        and (value := getattr(event, field.attribute)) is not None
        and value != ()
    ]
