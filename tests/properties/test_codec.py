"""Events of every type as bytes, and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from domain.events.catalogue import CATALOGUE, EventType
from domain.events.codec import decode, encode, revive, stored_type, to_fields
from domain.events.keys import keys_of, read_keys
from tests.properties.effort import SETTINGS, sizes
from tests.properties.events import events

if TYPE_CHECKING:
    from domain.events.base import Event


@sizes(few=8, many=60)
@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.stored)
def test_what_is_written_is_read_back(entry: EventType, examples: int) -> None:
    """Both readers give every field as it was, and writing again gives the same bytes."""

    @settings(SETTINGS, max_examples=examples)
    @given(events(entry))
    def check(event: Event) -> None:
        data = encode(event)
        read, revived = decode(stored_type(event), data), revive(stored_type(event), data)
        assert _whole(read) == _whole(revived) == _whole(event)
        assert encode(read) == encode(revived) == data

    check()


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.stored)
def test_what_an_event_is_found_by_needs_no_more_than_is_read_for_it(entry: EventType) -> None:
    """Its topics and its ref are the same, whether or not the rest of it is read."""

    @settings(SETTINGS, max_examples=10)
    @given(events(entry))
    def check(event: Event) -> None:
        read = read_keys(stored_type(event), encode(event), position=1)
        assert read == keys_of(event)
        assert read.ref == event.ref
        assert read.takes_in is not None or read.topics == event.topics

    check()


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.stored)
def test_the_bytes_are_canonical(entry: EventType) -> None:
    """Keys in order, no white space, nothing absent, no number with a fraction (RFC 8785)."""

    @settings(SETTINGS, max_examples=10)
    @given(events(entry))
    def check(event: Event) -> None:
        data = encode(event)
        held = json.loads(data, parse_float=pytest.fail)
        assert list(held) == sorted(held)
        again = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert data == again.encode()
        assert held == to_fields(event)
        absent = [f.name for f in fields(event) if getattr(event, f.name) in (None, ())]
        assert not {name.rstrip("_") for name in absent} & held.keys()

    check()


def _whole(event: Event) -> dict[str, Any]:
    """Every field, also those that two equal events may differ in."""
    return {spec.name: getattr(event, spec.name) for spec in fields(event)}
