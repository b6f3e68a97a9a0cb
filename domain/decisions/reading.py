"""A line of a register, as somebody wrote it, read into an event.

Every fault of a line is found at once. Units are found by exact name or alias; a target is found
by position or ref. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from domain.days import day_of, read_moment
from domain.decisions.checking import Desk, Wrong
from domain.decisions.general import like
from domain.decisions.values import Reader, Wanting, reader_of
from domain.events.base import Event
from domain.events.catalogue import BY_NAME, KEPT_BY_RECORDER, fields_of
from domain.events.codec import BadFields, from_fields
from domain.events.fields import Source
from domain.events.items import SubmissionReceived


class Reading(NamedTuple):
    """What a line was read into: an event, or what is wrong with it."""

    event: Event | None
    wrongs: list[Wrong]


class _Columns(NamedTuple):
    """What a type's fields are read with, by name, and which of them have to be given."""

    readers: Mapping[str, Reader]
    required: tuple[str, ...]


def read_line(raw: Mapping[str, Any], desk: Desk, *, actor: str, source: Source | None) -> Reading:
    """Read one line of a register; ``actor`` and ``source`` are what the recorder adds."""
    name = raw.get("type")
    if not isinstance(name, str) or name not in BY_NAME:
        what = "缺少事件类型 type" if name is None else f"没有事件类型“{name}”"
        return Reading(None, [Wrong("type", what, like(str(name or ""), list(BY_NAME)))])
    event_type = BY_NAME[name].event
    given = dict(raw)
    del given["type"]
    values, wrongs = read_values(event_type, given, desk)
    if wrongs:
        return Reading(None, wrongs)
    values["actor"] = actor
    if source is not None:
        values["source"] = source
    try:
        return Reading(from_fields(event_type, values), [])
    except BadFields as error:
        said = error.said.items()
        return Reading(None, [Wrong(f or "type", f"取值的形式不对（{what}）") for f, what in said])


def read_values(
    event: type[Event],
    raw: Mapping[str, Any],
    desk: Desk,
    *,
    partly: bool = False,
    day: date | None = None,
) -> tuple[dict[str, Any], list[Wrong]]:
    """Return the values of ``raw`` in the form in which they are stored, and what is wrong.

    ``partly`` is for corrections: required fields may be missing, and a null takes one away;
    ``day`` is then the target's day, unless it is changed too.
    """
    day = _day_of(raw) or day
    columns = _columns(event)
    given = _renamed(raw) if event is SubmissionReceived else raw
    values, wrongs = _read(columns, given, desk, day)
    if partly:
        values = {name: values.get(name) for name in given if name in columns.readers}
    return values, [*wrongs, *_missing(columns, given, partly=partly)]


def _read(
    columns: _Columns, given: Mapping[str, Any], desk: Desk, day: date | None
) -> tuple[dict[str, Any], list[Wrong]]:
    """Return the values that are given, and what is wrong with them."""
    values: dict[str, Any] = {}
    wrongs: list[Wrong] = []
    for name, value in given.items():
        read = columns.readers.get(name)
        if read is None:
            wrongs.append(Wrong(name, _unknown(name), like(name, list(columns.readers))))
        elif value is not None:
            try:
                values[name] = read(value, desk, day)
            except ValueError as error:
                wrongs.append(_wrong(name, error))
    return values, wrongs


def _columns(event: type[Event]) -> _Columns:
    if event not in _COLUMNS:
        fields = fields_of(event)
        readers = {field.name: reader_of(field) for field in fields}
        required = tuple(field.name for field in fields if field.required)
        _COLUMNS[event] = _Columns(readers, required)
    return _COLUMNS[event]


_COLUMNS: dict[type[Event], _Columns] = {}


def _renamed(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a submission's values; one with a single author may name it as ``unit``."""
    if "unit" not in raw or "units" in raw:
        return raw
    given = dict(raw)
    given["units"] = given.pop("unit")
    return given


def _missing(columns: _Columns, given: Mapping[str, Any], *, partly: bool) -> Iterator[Wrong]:
    for name in columns.required:
        if given.get(name) is None and (not partly or name in given):
            yield Wrong(name, "缺少这个必填字段", _FILLED_IN.get(name, ""))


_FILLED_IN = dict.fromkeys(("position", "sheets"), "请用 kaohe publish 公布，由程序填写")
"""What no clerk can know, and which command fills it in."""


def _day_of(raw: Mapping[str, Any]) -> date | None:
    """Return the day that a line gives, if it can be read: its cycle says which codes there are."""
    try:
        return day_of(read_moment(raw["on"]))
    except (KeyError, ValueError):
        return None


def _wrong(name: str, error: ValueError) -> Wrong:
    if isinstance(error, Wanting):
        return Wrong(name, str(error), error.fix, error.missing)
    return Wrong(name, str(error))


def _unknown(name: str) -> str:
    if name in KEPT_BY_RECORDER:
        return f"字段“{name}”由系统填写，不能自行给出"
    return f"没有字段“{name}”"
