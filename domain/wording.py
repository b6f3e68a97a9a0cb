"""The office's words for what the register holds: headings of fields, and a line for each event.

A field has one heading in each event type, unique within the type, so that a sheet of a register
workbook can be headed in Chinese; a heading means the same field wherever it stands. Words for
codes come from the vocabularies of the rulebook.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from dataclasses import Field as DataclassField
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

from domain.days import read_moment, told_moment
from domain.events.base import Event
from domain.events.catalogue import BY_CLASS, BY_NAME, CATALOGUE, EventType, Field, fields_of
from domain.events.office_codes import OFFICE_CODES
from domain.headings import HEADINGS, OWN_HEADINGS
from domain.names import fold
from domain.summaries import SUMMARIES

Vocabularies = Mapping[str, Mapping[str, str]]
"""For each list of codes, the Chinese label of each code."""

YES, NO = "是", "否"
SEQ = "序号"
"""The heading of the column ``seq``, which puts the rows of a workbook in order."""
FOR_INFORMATION = ("登记时间（仅供查阅）", "登记人（仅供查阅）", "来源（仅供查阅）")
"""Headings of what the recorder adds: an export shows it, an import passes over it."""
_LONGEST_SHOWN = 40

_PIECES = re.compile(r"\[([^\]]*)\]|\{(\w+)\}|([^\[{]+)")
_PLACES = re.compile(r"\{(\w+)\}")


def joined(vocabularies: Iterable[Vocabularies]) -> dict[str, dict[str, str]]:
    """Return the lists of several rulebooks as one; where they differ, the first has the word."""
    found: dict[str, dict[str, str]] = {}
    for lists in vocabularies:
        for name, labels in lists.items():
            for code, label in labels.items():
                found.setdefault(name, {}).setdefault(code, label)
    return found


def heading_of(event: type[Event], field: str) -> str:
    """Return the Chinese heading of a field in the sheet of its event type."""
    return OWN_HEADINGS.get((event.__name__, field)) or HEADINGS[field]


def field_headed(event: type[Event], heading: str) -> str | None:
    """Return the field that ``heading`` means in this event type, or nothing.

    A heading is the field's own name, or its Chinese one; white space and full-width forms are
    folded. Where several units may stand, ``unit`` for one is understood too.
    """
    return _fields_headed(event.__name__).get(fold(heading).casefold())


@lru_cache
def fields_anywhere(heading: str) -> tuple[tuple[type[Event], Field], ...]:
    """Return the fields that ``heading`` may mean, each with the event type that has it."""
    named = ((entry.event, field_headed(entry.event, heading)) for entry in CATALOGUE)
    return tuple(
        (event, field) for event, name in named for field in fields_of(event) if field.name == name
    )


def event_type_named(text: str) -> EventType | None:
    """Return the event type of that English or Chinese name, or nothing."""
    return _event_types().get(fold(text).casefold())


def vocabularies_of(event: type[Event], field: Field) -> tuple[str, ...]:
    """Return the lists whose labels stand for the codes of a field, the usual one first.

    Endorsements have the levels of adoptions, but the office calls them by who endorses. The
    indicator that an appeal is about is one of the rulebook's own.
    """
    if (event.__name__, field.name) == ("AppealLodged", "indicator"):
        return ("indicators",)
    if (event.__name__, field.name) == ("ItemEndorsed", "level"):
        return ("leaders", field.form.vocabulary)
    return (field.form.vocabulary,) if field.form.vocabulary else ()


def describe(
    event: Event,
    vocabularies: Vocabularies,
    *,
    target: type[Event] | None = None,
    whole: bool = False,
) -> str:
    """Return what happened, in one line of Chinese, as ``kaohe log`` lists it.

    ``target`` is the type of the event that a correction is about; when it is known, the
    changed fields are called by their headings there and codes by their labels. ``whole`` leaves
    long texts as they are.
    """
    words = {
        field.name: field_words(value, field, event, vocabularies, target, whole=whole)
        for field in fields_of(type(event))
        if (value := getattr(event, field.attribute)) is not None and value != ()
    }
    usual = {spec.name.rstrip("_") for spec in fields(event) if _is_usual(event, spec)}
    shown = SUMMARIES[BY_CLASS[type(event)].name]
    return "".join(_filled(shown, words, words.keys() - usual))


def field_words(  # noqa: PLR0913  a value, what it is a value of, and the words for it
    value: Any,  # noqa: ANN401  any field value
    field: Field,
    event: Event,
    vocabularies: Vocabularies,
    target: type[Event] | None,
    *,
    whole: bool = False,
) -> str:
    """Return the words for a value of an event; ``whole`` leaves long texts as they are."""
    if field.form.name == "changes":
        return _changes(value, vocabularies, target)
    if field.form.name == "lines":
        return _lines(value)
    shown = _word if whole else partial(_shown, field)
    return shown(value, vocabularies_of(type(event), field), vocabularies)


def _lines(lines: Iterable[Mapping[str, Any]]) -> str:
    """Return how many lines of which types there are."""
    types = Counter(str(line.get("type")) for line in lines)
    return "、".join(
        f"{BY_NAME[name].label if name in BY_NAME else name} {count} 条"
        for name, count in types.items()
    )


def _filled(summary: str, words: Mapping[str, str], unusual: set[str]) -> Iterator[str]:
    for optional, place, plain in _PIECES.findall(summary):
        if not optional:
            yield words.get(place, "") if place else plain
            continue
        for choice in optional.split("|"):
            if unusual.issuperset(_PLACES.findall(choice)):
                yield _PLACES.sub(lambda found: words[found[1]], choice)
                break


def _is_usual(event: Event, spec: DataclassField[Any]) -> bool:
    return spec.default is not MISSING and bool(getattr(event, spec.name) == spec.default)


def _changes(
    changes: Mapping[str, Any], vocabularies: Vocabularies, target: type[Event] | None
) -> str:
    known = {field.name: field for field in fields_of(target)} if target else {}
    said = []
    for name, value in changes.items():
        heading = heading_of(target, name) if target and name in known else name
        lists = vocabularies_of(target, known[name]) if target and name in known else ()
        new = _word(_as_moment(value, known.get(name)), lists, vocabularies)
        said.append(f"去掉{heading}" if value is None else f"{heading}改为{new}")
    return "，".join(said)


def _as_moment(value: Any, field: Field | None) -> Any:  # noqa: ANN401  any JSON value
    """Return the moment that a changed field is given; anything else as it is written."""
    if field is None or field.form.name not in {"day", "when"}:
        return value
    try:
        return read_moment(value)
    except ValueError:
        return value  # a proposal may hold what was never checked


def _shown(field: Field, value: Any, lists: tuple[str, ...], words: Vocabularies) -> str:  # noqa: ANN401  any field value
    """Return the words for a value; only free text is cut, never a number or a name."""
    text = _word(value, lists, words)
    if field.form.name != "text" or len(text) <= _LONGEST_SHOWN:
        return text
    return text[: _LONGEST_SHOWN - 1] + "…"


def _word(value: Any, lists: tuple[str, ...], vocabularies: Vocabularies) -> str:  # noqa: ANN401  any field value
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return told_moment(value)
    if isinstance(value, list | tuple):
        return "、".join(_word(member, lists, vocabularies) for member in value)
    if isinstance(value, dict):
        return str(value.get("name", value))
    labels = ({**OFFICE_CODES, **vocabularies}.get(name, {}).get(value) for name in lists)
    return " ".join(str(next(filter(None, labels), value)).split())


@cache
def _fields_headed(event_name: str) -> dict[str, str]:
    event = BY_NAME[event_name].event
    names = [field.name for field in fields_of(event)]
    headed = {fold(HEADINGS[name]).casefold(): name for name in names}
    headed |= {fold(heading_of(event, name)).casefold(): name for name in names}
    headed |= {name: name for name in names}
    if "units" in names and "unit" not in names:
        headed |= {"unit": "units", HEADINGS["unit"]: "units"}
    return headed


@cache
def _event_types() -> dict[str, EventType]:
    named = {fold(entry.name).casefold(): entry for entry in CATALOGUE}
    return named | {fold(entry.label).casefold(): entry for entry in CATALOGUE}
