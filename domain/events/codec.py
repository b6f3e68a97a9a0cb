"""Events as stored bytes: canonical JSON in, checked content out.

The bytes follow RFC 8785 for the values that events hold: keys in order, no white space, no
floating-point numbers, text in Unicode NFC. Absent fields are left out. A stored event of an
older version is brought to the present one by the class's ``upcast_v1_v2`` and so on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from domain.errors import IntegrityBroken
from domain.events.base import Event
from domain.events.catalogue import BY_CLASS, BY_STORED, CATALOGUE, EventType, fields_of
from domain.events.fields import Evidence, Source

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class BadFields(ValueError):
    """Values that cannot be those of an event: what is said of each field."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__("；".join(f"{field}：{what}" for field, what in said.items()))
        self.said = said


LONGEST_BODY = 65_535
"""The most bytes that one stored event may have."""


def canonical(value: object) -> bytes:
    """Return ``value`` as RFC 8785 JSON; it may hold text, integers, booleans, lists, objects."""
    return _written(value).encode()


# Made once: `json.dumps` makes one for each value.
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def stored_type(event: Event) -> str:
    """Return the versioned name under which ``event`` is stored."""
    return BY_CLASS[type(event)].stored_name


def to_fields(event: Event) -> dict[str, Any]:
    """Return the fields of ``event`` as plain JSON values, absent ones left out."""
    names, values_of = _ATTRIBUTES[type(event)]
    return {
        name: value if type(value) in _PLAIN else _plain(value)
        for name, value in zip(names, values_of(event), strict=True)
        if value is not None and value != ()
    }


def encode(event: Event) -> bytes:
    """Return the canonical bytes of ``event``."""
    return canonical(to_fields(event))


def decode(stored_name: str, data: bytes, *, position: int | None = None) -> Event:
    """Return the event that ``data`` holds, stored under ``stored_name``.

    Raises ``IntegrityBroken``, naming ``position``, for a type or content that this version
    cannot read.
    """
    read = _READERS.get(stored_name) or reader(stored_name, position)
    try:
        return read(data)
    except ValueError as error:
        raise unreadable(stored_name, position) from error


def reader(stored_name: str, position: int | None) -> Callable[[bytes], Event]:
    """Return what reads events stored under ``stored_name``; it is made once for each name.

    It raises ``ValueError``. Raises ``IntegrityBroken``, naming ``position``, for a type that
    this version cannot read.
    """
    name, _, digits = stored_name.rpartition(".v")
    entry = BY_STORED.get(name)
    if entry is None or not digits.isdigit() or not 1 <= int(digits) <= entry.version:
        message = f"日志中的事件{_where(position)}是本版本不认识的类型 {stored_name}"
        raise IntegrityBroken(message, fix="请用较新版本的 kaohe 打开这份数据。")
    version, present = int(digits), entry
    if version == present.version:
        # The validator within the adapter: a replay asks it for every event of the log.
        read: Callable[[bytes], Event] = adapter(present.event).validator.validate_json
    else:

        def read(data: bytes) -> Event:
            values = _upcast(present, json.loads(data), version)
            return adapter(present.event).validate_python(values)

    return _READERS.setdefault(stored_name, read)


def unreadable(stored_name: str, position: int | None) -> IntegrityBroken:
    """Return what is to be raised for an event whose stored content cannot be read."""
    message = f"日志中的事件{_where(position)}（{stored_name}）内容无法读取"
    return IntegrityBroken(message, fix="请运行 kaohe check，并保留数据库原件。")


def _where(position: int | None) -> str:
    return "" if position is None else f" #{position}"


def revive(stored_name: str, data: bytes) -> Event:
    """Return the event that ``data`` holds without loading pydantic.

    For the few events of the setting: importing pydantic takes longer than showing a score. The
    bytes are our own, so nothing needs checking; a test proves that ``decode`` agrees.
    """
    entry = BY_STORED.get(stored_name.rpartition(".v")[0])
    if entry is None or stored_name != entry.stored_name:
        return decode(stored_name, data)
    values = json.loads(data)
    held: dict[str, Any] = {}
    for field in fields_of(entry.event):
        if field.name in values:
            value, read = values[field.name], _REVIVED.get(field.form.name, field.form.read)
            if field.many:
                held[field.attribute] = tuple(read(member) if read else member for member in value)
            else:
                held[field.attribute] = read(value) if read else value
    source = values.get("source")
    return entry.event(
        actor=values.get("actor"), source=Source(**source) if source else None, **held
    )


_REVIVED = {"evidence": lambda value: Evidence(**value)}


def from_fields(event: type[Event], values: dict[str, Any]) -> Event:
    """Return the event of type ``event`` with plain JSON ``values``.

    Raises ``BadFields`` for values of the wrong form.
    """
    from pydantic import ValidationError  # noqa: PLC0415  showing scores must not import pydantic

    try:
        return adapter(event).validate_python(values)
    except ValidationError as error:
        said = {".".join(map(str, fault["loc"])): fault["msg"] for fault in error.errors()}
        raise BadFields(said) from error


def adapter(event: type[Event]) -> TypeAdapter[Event]:
    """Return pydantic's validator for one event class."""
    if event not in _ADAPTERS:
        from pydantic import TypeAdapter  # noqa: PLC0415  showing scores must not import pydantic

        _ADAPTERS[event] = TypeAdapter(event)
    return _ADAPTERS[event]


_ADAPTERS: dict[type[Event], TypeAdapter[Event]] = {}
_READERS: dict[str, Callable[[bytes], Event]] = {}
_PLAIN = frozenset({str, int, bool})
_ATTRIBUTES = {
    entry.event: (
        tuple(spec.name.rstrip("_") for spec in fields(entry.event)),
        attrgetter(*(spec.name for spec in fields(entry.event))),
    )
    for entry in CATALOGUE
}


def _plain(value: Any) -> Any:  # noqa: ANN401  any field value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [m if type(m) in _PLAIN else _plain(m) for m in value]
    if isinstance(value, Evidence):
        return {"name": value.name, "sha256": value.sha256}
    if isinstance(value, Source):
        row = {"file": value.file, "sha256": value.sha256, "row": value.row}
        return row if value.sheet is None else {**row, "sheet": value.sheet}
    return value


def _upcast(entry: EventType, values: dict[str, Any], version: int) -> dict[str, Any]:
    for step in range(version, entry.version):
        values = getattr(entry.event, f"upcast_v{step}_v{step + 1}")(values)
    return values
