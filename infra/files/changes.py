"""The cell of a correction that says which fields of the target get which new values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.events.base import Event
from domain.events.catalogue import Field, fields_of
from domain.wording import (
    NO,
    YES,
    fields_anywhere,
    heading_of,
    vocabularies_of,
)
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


def read_changes(text: str, codes: Codes) -> dict[str, Any]:
    """Return the changes: on each line ``field=value``, or all as one JSON object.

    Fields are named as in a register or by their Chinese heading, values are written as in the
    field's own column, and no value takes the field away. The type of the target is not known
    here, so that a name is looked for in all event types. Raises ``CellWrong``.
    """
    if text.lstrip().startswith("{"):
        return {_name(key): _labelled(key, value, codes) for key, value in _object(text).items()}
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        key, equals, value = line.replace("＝", "=", 1).partition("=")
        name = _name(key)
        if not equals or name in found:
            what = "写了两次" if equals else "不是一项更正"
            raise CellWrong(f"“{(key if equals else line)[:60].strip()}”{what}", _FIX)
        found[name] = _value(key, value.strip(), codes)
    return found
