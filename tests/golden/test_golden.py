"""Stored events of every version, byte for byte."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from domain.events.catalogue import CATALOGUE, fields_of
from domain.events.codec import decode, encode, revive, stored_type
from tests.golden.events import FULL

if TYPE_CHECKING:
    from domain.events.base import Event

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.json"))


def stored(name: str) -> bytes:
    """Return the bytes that were stored under a versioned type name."""
    return (FOLDER / f"{name}.json").read_bytes().removesuffix(b"\n")


def whole(event: Event) -> dict[str, Any]:
    """Return every field, also those that two equal events may differ in."""
    return {spec.name: getattr(event, spec.name) for spec in fields(event)}


def test_every_stored_version_has_a_golden_file_and_every_file_a_version() -> None:
    """No version that is or ever was stored goes without, and no file is left over."""
    versions = {
        f"{entry.stored}.v{version}"
        for entry in CATALOGUE
        for version in range(1, entry.version + 1)
    }
    assert {path.stem for path in FILES} == versions == FULL.keys()


@pytest.mark.parametrize("name", FULL)
def test_what_was_stored_is_read_as_it_was_meant(name: str) -> None:
    """Both readers give every field its content, down to the row of the file it came from."""
    for read in (decode, revive):
        event = read(name, stored(name))
        assert type(event) is type(FULL[name])
        assert whole(event) == whole(FULL[name])


@pytest.mark.parametrize("name", [entry.stored_name for entry in CATALOGUE])
def test_what_is_stored_now_is_what_was_stored_then(name: str) -> None:
    """The present version is written to the very bytes."""
    assert stored_type(FULL[name]) == name
    assert encode(FULL[name]) == stored(name)


@pytest.mark.parametrize("name", FULL)
def test_a_golden_file_shows_every_field(name: str) -> None:
    """No field is missing from the file, and none is at its default, or nothing would be shown."""
    event = FULL[name]
    for spec in fields(event):
        assert getattr(event, spec.name) != spec.default, spec.name
        assert f'"{spec.name.rstrip("_")}":'.encode() in stored(name)
    assert len(fields_of(type(event))) + 2 == len(fields(event))  # and actor and source
