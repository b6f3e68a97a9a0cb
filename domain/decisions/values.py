"""One value of a line, as somebody wrote it, read into the form in which it is stored.

How a field is read is found out once for each field, not for each value: a file has a hundred
thousand of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.decisions.checking import Desk
from domain.decisions.general import like
from domain.events.catalogue import Field
from domain.events.fields import Form, check_digest, check_name
from domain.names import tidy
from domain.register import Register

_SEPARATORS = re.compile(r"[、，,；;\n]")
_POSITION = re.compile(r"#(\d+)")

Reader = Callable[[Any, Desk, date | None], Any]
"""Reads a value, for a line of some day. Raises ``ValueError`` when it cannot be taken."""


class Wanting(ValueError):
    """A value that cannot be taken: what is wrong with it, and what would be right."""

    def __init__(self, what: str, fix: str, *, missing: str = "") -> None:
        super().__init__(what)
        self.fix = fix
        self.missing = missing


def reader_of(field: Field) -> Reader:
    """Return how the values of ``field`` are read."""
    return _many(field) if field.many else _one(field.form, field.usual)


def _many(field: Field) -> Reader:
    """Return a reader of lists; text is taken apart at its commas."""
    read_one = _one(field.form)
    units = field.form.name == "unit"

    def read(value: Any, desk: Desk, day: date | None) -> list[Any]:  # noqa: ANN401  any JSON value
        members = _SEPARATORS.split(value) if isinstance(value, str) else value
        if not isinstance(members, list):
            message = "应为一个列表"
            raise ValueError(message)  # noqa: TRY004  what a reader raises
        kept = [m for m in members if not (isinstance(m, str) and not m.strip())]
        if not kept and units:
            raise Wanting("没有写任何单位", "不写这个字段才表示全部单位")
        return [read_one(member, desk, day) for member in kept]

    return read


def _one(form: Form, usual: str | None = None) -> Reader:
    """Return a reader of single values of ``form``; what is ``usual`` may always be written."""
    plain = _PLAIN.get(form.name)
    if plain is not None:
        return lambda value, _desk, _day: plain(value)
    if form.name == "target":
        return lambda value, desk, _day: _target(value, desk)
    assert form.check is not None, form.name  # noqa: S101  only the forms above have none
    check, vocabulary = form.check, form.vocabulary
    if form.name == "unit":
        return lambda value, desk, _day: _unit(str(check(value)), desk)
    if form.name == "code":
        return lambda value, desk, day: (
            str(check(value))
            if value == usual
            else _code(str(check(value)), desk.vocabulary(vocabulary, day))
        )
    if form.name in {"day", "when"}:
        return lambda value, _desk, _day: _moment(check(value))
    return lambda value, _desk, _day: check(value)


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
        fix = f"可用的有：{choices}" if known else "考核细则没有给这一项列出取值，用不到它"
        raise Wanting(f"“{code}”不是可用的取值", fix)
    return code


def _moment(moment: Any) -> str:  # noqa: ANN401  a day or an instant
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


def _lines(value: object) -> list[Any]:
    """Return lines of a register; what each of them says is checked by a trial of its own."""
    if not isinstance(value, list) or not value:
        message = "应为登记行的列表，至少一行"
        raise ValueError(message)
    for line in value:
        if not isinstance(line, dict) or not isinstance(line.get("type"), str):
            message = "每一行应为一个写明 type 的 JSON 对象"
            raise ValueError(message)  # noqa: TRY004  what a reader raises
    return [_value(line) for line in value]


_PLAIN: dict[str, Callable[[object], object]] = {
    "lines": _lines,
    "evidence": _evidence,
    "changes": _changes,
    "value": _value,
}


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
    found = register.named(text)
    if not found:
        hint = f"；如指第 {text} 号事件，请写 #{text}" if text.isdecimal() else ""
        message = f"没有 ref 为“{text}”的事件{hint}"
        raise Wanting(message, "请用 ref 或 #编号 指明事件", missing=f"ref/{text}")
    return found[0]
