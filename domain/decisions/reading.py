"""A line of a register, as somebody wrote it, read into an event.

Every fault of a line is found at once. Units are found by exact name or alias; a target is found
by position or ref. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from domain.days import day_of, read_moment
from domain.decisions.checking import Desk, Wrong
from domain.decisions.general import like
from domain.events.base import Event
from domain.events.catalogue import BY_NAME, KEPT_BY_RECORDER, Field, fields_of
from domain.events.codec import BadFields, from_fields
from domain.events.fields import Source, check_digest, check_name
from domain.events.items import SubmissionReceived
from domain.names import tidy
from domain.register import Register

_SEPARATORS = re.compile(r"[、，,；;\n]")
_POSITION = re.compile(r"#(\d+)")


class Wanting(ValueError):
    """A value that cannot be taken: what is wrong with it, and what would be right."""

    def __init__(self, what: str, fix: str, *, missing: str = "") -> None:
        super().__init__(what)
        self.fix = fix
        self.missing = missing


class Reading(NamedTuple):
    """What a line was read into: an event, or what is wrong with it."""

    event: Event | None
    wrongs: list[Wrong]


def read_line(raw: Mapping[str, Any], desk: Desk, *, actor: str, source: Source | None) -> Reading:
    """Read one line of a register; ``actor`` and ``source`` are what the recorder adds."""
    name = raw.get("type")
    if not isinstance(name, str) or name not in BY_NAME:
        what = "缺少事件类型 type" if name is None else f"没有事件类型“{name}”"
        return Reading(None, [Wrong("type", what, like(str(name or ""), list(BY_NAME)))])
    event_type = BY_NAME[name].event
    values, wrongs = read_values(event_type, {k: v for k, v in raw.items() if k != "type"}, desk)
    if wrongs:
        return Reading(None, wrongs)
    values["actor"] = actor
    if source is not None:
        values["source"] = source
    try:
        event = from_fields(event_type, values)
    except BadFields as error:
        wrongs = [
            Wrong(field or "type", f"取值的形式不对（{what}）")
            for field, what in error.said.items()
        ]
        return Reading(None, wrongs)
    return Reading(event, [])


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
    fields = {field.name: field for field in fields_of(event)}
    given = dict(raw)
    if event is SubmissionReceived and "unit" in given and "units" not in given:
        given["units"] = given.pop("unit")
    values: dict[str, Any] = {}
    wrongs: list[Wrong] = []
    for name, value in given.items():
        if name not in fields:
            wrongs.append(Wrong(name, _unknown(name), like(name, list(fields))))
        elif value is None:
            if partly:
                values[name] = None
        else:
            try:
                values[name] = _read(fields[name], value, desk, day)
            except Wanting as error:
                wrongs.append(Wrong(name, str(error), error.fix, error.missing))
            except ValueError as error:
                wrongs.append(Wrong(name, str(error)))
    wrongs += [
        Wrong(field.name, "缺少这个必填字段")
        for field in fields.values()
        if field.required and given.get(field.name) is None and (not partly or field.name in given)
    ]
    return values, wrongs


def _day_of(raw: Mapping[str, Any]) -> date | None:
    """Return the day that a line gives, if it can be read: its cycle says which codes there are."""
    try:
        return day_of(read_moment(raw["on"]))
    except (KeyError, ValueError):
        return None


def _unknown(name: str) -> str:
    if name in KEPT_BY_RECORDER:
        return f"字段“{name}”由系统填写，不能自行给出"
    return f"没有字段“{name}”"


def _read(field: Field, value: Any, desk: Desk, day: date | None) -> Any:  # noqa: ANN401  any JSON value
    if field.many:
        members = _SEPARATORS.split(value) if isinstance(value, str) else value
        if not isinstance(members, list):
            message = "应为一个列表"
            raise ValueError(message)
        kept = [m for m in members if not (isinstance(m, str) and not m.strip())]
        if not kept and field.form.name == "unit":
            raise Wanting("没有写任何单位", "不写这个字段才表示全部单位")
        return [_read_one(field, member, desk, day) for member in kept]
    return _read_one(field, value, desk, day)


def _read_one(field: Field, value: Any, desk: Desk, day: date | None) -> Any:  # noqa: ANN401  any JSON value
    form = field.form
    read = _READERS.get(form.name)
    if read is not None:
        return read(value)
    if form.name == "target":
        return _target(value, desk)
    checked = form.check(value) if form.check else value
    if form.name == "unit":
        return _unit(str(checked), desk)
    if form.name == "code":
        return _code(str(checked), desk.vocabulary(form.vocabulary, day))
    return checked if isinstance(checked, str | int | bool) else str_of(checked)


def _unit(name: str, desk: Desk) -> str:
    """Return the unit of that name or alias, by the name it was enrolled under."""
    known = desk.unit_named(name)
    if known is None:
        fix = like(name, desk.unit_spellings())
        raise Wanting(f"没有登记过单位“{name}”", fix, missing=f"unit/{name}")
    return known


def _code(code: str, known: Mapping[str, str]) -> str:
    if code not in known:
        choices = "、".join(f"{key}（{label}）" for key, label in known.items())
        raise Wanting(f"“{code}”不是可用的取值", f"可用的有：{choices}")
    return code


def str_of(moment: Any) -> str:  # noqa: ANN401  a day or an instant
    """Return a day or instant in the form in which it is stored."""
    return str(moment.isoformat())


def _evidence(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != {"name", "sha256"}:
        message = "每个附件应写成 {name, sha256}"
        raise ValueError(message)
    return {"name": check_name(value["name"]), "sha256": check_digest(value["sha256"])}


def _changes(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        message = "应为一组“字段: 新值”，至少一项"
        raise ValueError(message)
    return value


def _value(value: object) -> object:
    """Return any JSON value as it is stored: no floating-point numbers, text tidied."""
    match value:
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case bool():
            return value
        case int() if abs(value) >= 2**53:
            message = "整数太大"
            raise ValueError(message)
        case str():
            return tidy(value)
        case list():
            return [_value(member) for member in value]
        case dict():
            return {tidy(str(name)): _value(member) for name, member in value.items()}
        case _:
            return value


_READERS = {"evidence": _evidence, "changes": _changes, "value": _value}


def _target(value: object, desk: Desk) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return position_named(str(value), desk.register)


def position_named(text: str, register: Register) -> int:
    """Return the position that ``#12`` or a ref names.

    Raises ``ValueError``, with what would be right, when no event has that ref.
    """
    text = text.strip()
    position = _POSITION.fullmatch(text)
    if position:
        return int(position[1])
    found = register.positions(f"ref/{text}")
    if not found:
        hint = f"；如指第 {text} 号事件，请写 #{text}" if text.isdecimal() else ""
        message = f"没有 ref 为“{text}”的事件{hint}"
        raise Wanting(message, "请用 ref 或 #编号 指明事件", missing=f"ref/{text}")
    return found[0]
