"""What an event is found by: its topics and its ref, read without the rest of it.

Sorting a log into its topics needs no more of most events; to read the days, the texts and the
sources of all of them, only to drop them, takes as long as the sorting itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.events.base import Event
from domain.events.catalogue import BY_STORED, fields_of
from domain.events.codec import adapter, reader, unreadable
from domain.events.corrections import Amendment
from domain.events.items import ItemsMerged

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator

_NAMING = frozenset({"name", "unit", "code", "count"})
"""The forms of the fields that topics are made of, and refs."""


class Keys(NamedTuple):
    """The class of an event, its topics and its ref.

    ``takes_in`` is the event itself when it takes others in with it, an amendment or a merger:
    which topics those come to is not for it alone to say.
    """

    kind: type[Event]
    topics: tuple[str, ...]
    ref: str | None
    takes_in: Event | None


def keys_of(event: Event) -> Keys:
    """Return what ``event`` is found by; an amendment names no topic itself."""
    if isinstance(event, Amendment | ItemsMerged):
        return Keys(type(event), (), event.ref, event)
    return Keys(type(event), event.topics, event.ref, None)


def read_keys(stored_name: str, data: bytes, *, position: int) -> Keys:
    """Return what the event is found by that ``data`` holds, stored under ``stored_name``.

    Raises ``IntegrityBroken``, naming ``position``, for a type or bytes that this version cannot
    read; what the keys are not made of is not looked at.
    """
    read = _READERS.get(stored_name) or _reader(stored_name, position)
    try:
        return read(data)
    except ValueError as error:
        raise unreadable(stored_name, position) from error


_READERS: dict[str, Callable[[bytes], Keys]] = {}


def _reader(stored_name: str, position: int) -> Callable[[bytes], Keys]:
    """Return what reads the keys of events stored under ``stored_name``; it is made once."""
    whole = reader(stored_name, position)
    entry = BY_STORED[stored_name.rpartition(".v")[0]]
    kind = entry.event
    if issubclass(kind, Amendment | ItemsMerged) or stored_name != entry.stored_name:

        def read(data: bytes) -> Keys:
            return keys_of(whole(data))
    else:
        names = _names_of(kind).validate_json

        def read(data: bytes) -> Keys:
            event = names(data)  # it lacks what was not read, and so goes no further than here
            return Keys(kind, event.topics, event.ref, None)

    return _READERS.setdefault(stored_name, read)


def _names_of(kind: type[Event]) -> SchemaValidator:
    """Return what reads an event of ``kind`` without any field that no topic is made of."""
    from pydantic_core import SchemaValidator, core_schema  # noqa: PLC0415  as in `adapter`

    named = {field.attribute for field in fields_of(kind) if field.form.name in _NAMING}
    schema: Any = adapter(kind).core_schema
    while schema["type"] != "dataclass":
        schema = schema["schema"]
    fields = [field for field in schema["schema"]["fields"] if field["name"] in named]
    held = {**schema["schema"], "fields": fields, "extra_behavior": "ignore"}
    return SchemaValidator(
        core_schema.dataclass_schema(kind, held, [field["name"] for field in fields])
    )
