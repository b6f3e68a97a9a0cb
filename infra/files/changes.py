"""The cell of a correction that says which fields of the target get which new values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from domain.events.base import Event
from domain.events.catalogue import fields_of
from domain.wording import NO, YES, fields_anywhere, heading_of, vocabularies_of
from infra.files.codes import Codes
from infra.files.notations import (
    CellWrong,
    dumped,
    read_evidence,
    read_list,
    read_value,
    write_list,
)
from infra.files.plain_cells import read_count, read_flag
from infra.files.strict_json import NotJson, load_strictly

_FIX = "每行应写：字段=新值（等号后留空表示去掉该字段），或写一个 JSON 对象"
_EQUALS = re.compile("[=＝]")
_READERS = {
    "count": read_count,
    "flag": read_flag,
    "value": read_value,
    "evidence": read_evidence,
    "list": read_list,
}


def read_changes(text: str, codes: Codes) -> dict[str, Any]:
    """Return the changes: on each line ``field=value``, or all as one JSON object.

    Fields are named as in a register or by their Chinese heading, values are written as in the
    field's own column, and no value takes the field away. The type of the target is not known
    here, so that a name is looked for in all event types. Raises ``CellWrong``.
    """
    if text.lstrip().startswith("{"):
        given = _object(text)
        return _named({key: _labelled(key, value, codes) for key, value in given.items()})
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        key, *value = _EQUALS.split(line, maxsplit=1)
        if not value:
            raise CellWrong(f"“{line[:60]}”不是一项更正", _FIX)
        if key in found:
            raise CellWrong(f"字段“{key[:60].strip()}”写了两次", _FIX)
        found[key] = _labelled(key, _value(key, value[0].strip()), codes)
    return _named(found)


def write_changes(changes: Mapping[str, Any], target: type[Event] | None, codes: Codes) -> str:
    """Return the text that ``read_changes`` reads as ``changes`` of an event of type ``target``."""
    known = {field.name: field for field in fields_of(target)} if target else {}
    lines = []
    for name, value in changes.items():
        if target is None or name not in known:
            return dumped(changes)
        lists = vocabularies_of(target, known[name])
        lines.append(f"{heading_of(target, name)}={_shown(value, lists, codes)}")
    text = "\n".join(lines)
    try:
        return text if dumped(read_changes(text, codes)) == dumped(changes) else dumped(changes)
    except CellWrong:
        return dumped(changes)


def _object(text: str) -> dict[str, Any]:
    try:
        return dict(load_strictly(text))
    except NotJson as error:
        raise CellWrong(f"不是正确的 JSON：{error}", _FIX) from None


def _named(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``given`` under the names of fields. Raises ``CellWrong`` for one given twice."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        name = _name(key)
        if name in found:
            raise CellWrong(f"字段“{key.strip()}”写了两次", _FIX)
        found[name] = value
    return found


def _name(key: str) -> str:
    """Return the field that ``key`` means; a name that no event type has is left as written.

    ``unit`` is understood where several units may stand, but not the other way round.
    """
    names = {field.name for _, field in fields_anywhere(key)}
    return min(names) if names else key.strip()


def _value(key: str, text: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the value that ``text`` means in ``key``'s own column; nothing takes it away."""
    shapes = {
        "list" if field.many and field.form.name != "evidence" else field.form.name
        for _, field in fields_anywhere(key)
    }
    reader = _READERS.get(shapes.pop()) if len(shapes) == 1 else None
    return (reader(text) if reader else text) if text else None


def _labelled(key: str, value: Any, codes: Codes) -> Any:  # noqa: ANN401  any JSON value
    lists = tuple(
        name for event, field in fields_anywhere(key) for name in vocabularies_of(event, field)
    )
    if not lists:
        return value
    if isinstance(value, list):
        return [codes.code_of(lists, member) for member in value]
    return codes.code_of(lists, value)


def _shown(value: Any, lists: tuple[str, ...], codes: Codes) -> str:  # noqa: ANN401  any JSON value
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return write_list([_shown(member, lists, codes) for member in value])
    if isinstance(value, str):
        return codes.label_of(lists, value)
    return dumped(value)
