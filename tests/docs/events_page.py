"""``docs/reference/events.md``: every event type, its fields, and what it needs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from typing import Any

from domain.decisions import amendments, general
from domain.decisions.amendments import changeable, number_field
from domain.decisions.checks import CHECKS
from domain.events.appeals import AppealEvent
from domain.events.base import Event
from domain.events.catalogue import CATALOGUE, EventType, Field, fields_of
from domain.events.corrections import EventCorrected, EventRetracted
from domain.events.office_codes import OFFICE_CODES
from domain.wording import heading_of
from tests.docs.page import GENERATED, code, page, paragraphs, table

FORMS = {
    "name": "text on one line, at most 200 characters",
    "text": "text",
    "count": "whole number, 0 or more",
    "flag": "`true` or `false`",
    "day": "day",
    "when": "day or date-time",
    "unit": "unit, by name or alias",
    "value": "value that the parameter accepts",
    "target": "event, by position or ref",
    "digest": "SHA-256, 64 hex digits",
    "evidence": "`{name, sha256}`",
    "lines": "list of register lines; in a proposal each with its `source`",
    "changes": "fields with their new values; null takes one away",
}
"""Each form in words; a code names the list of the rulebook that it is taken from."""

AMENDMENT_CHECKS = {
    EventCorrected: (amendments.target_wrong,),
    EventRetracted: (amendments.target_wrong, amendments.not_named),
}


def events_page() -> str:
    """Return the whole page."""
    return page(
        "# Events",
        GENERATED,
        "What can be recorded. A line of a register file names one of these types in `type` and "
        "gives its fields; [the guide](../guide/register-file.md) says how lines and workbooks "
        "are written. Codes are those of [the rulebook](rulebook-2022.md#vocabulary).",
        table(
            ["type", "Chinese", "what happened", "stored as"],
            (
                [
                    f"[{entry.name}](#{entry.name.lower()})",
                    entry.label,
                    paragraphs(entry.event)[0],
                    code(entry.stored_name),
                ]
                for entry in CATALOGUE
            ),
        ),
        "## Common fields",
        "Every event takes these beside its own. The recorder adds `actor`, and for an import "
        "`source`: the file, its SHA-256, the sheet and the row.",
        _fields_table(CATALOGUE[0].event, _common(CATALOGUE[0].event)),
        "Checked for every event, beside the form of each field:",
        "\n".join(f"- {_needs(check)}" for check in _general_checks()),
        *(part for entry in CATALOGUE for part in _section(entry)),
    )


def _general_checks() -> list[Callable[..., Any]]:
    """Return the checks that every event has to pass: those of the module that need something."""
    functions = [each for _, each in inspect.getmembers(general, inspect.isfunction)]
    own = [each for each in functions if each.__module__ == general.__name__]
    checks = [each for each in own if paragraphs(each)[0].startswith("Need ")]
    return sorted(checks, key=lambda check: check.__code__.co_firstlineno)


def _section(entry: EventType) -> Iterator[str]:
    event = entry.event
    yield f"## {entry.name}"
    yield f"{entry.label}. {' '.join(paragraphs(event))}"
    own = [field for field in fields_of(event) if field not in _common(event)]
    yield _fields_table(event, own)
    checks = AMENDMENT_CHECKS.get(event) or (CHECKS[event],)
    yield " ".join(map(_needs, checks))
    if event is EventCorrected:
        again = paragraphs(amendments.follow)[-1].removeprefix("Those are ")
        yield f"Checked again once it is in force: {again}"
    if event.number is not Event.number:
        yield f"Makes the number in {code(number_field(event))}."
    may = [name for name in changeable(event) if name not in _common_names()]
    yield f"A correction may change {', '.join(map(code, may))}." if may else ""


def _needs(check: Any) -> str:  # noqa: ANN401  any check
    """Return what a check asks for, in one paragraph, from its docstring."""
    first, *more = paragraphs(check)
    for told, shown in (("Need ", "Needs "), ("Find out whether ", "Checks whether ")):
        first = first.replace(told, shown) if first.startswith(told) else first
    return " ".join([first, *more])


def _fields_table(event: type[Event], shown: Iterable[Field]) -> str:
    defaults = {spec.name: spec.default for spec in fields(event)}
    return table(
        ["field", "heading", "form", "default"],
        (
            [
                code(field.name),
                heading_of(event, field.name),
                _form(field),
                "**needed**" if field.required else _default(defaults[field.attribute]),
            ]
            for field in shown
        ),
    )


def _form(field: Field) -> str:
    form = field.form
    if form.vocabulary in OFFICE_CODES:
        codes = ", ".join(
            f"`{code}` {label}" for code, label in OFFICE_CODES[form.vocabulary].items()
        )
        words = f"one of {codes}"
    elif form.name == "code":
        words = f"code of [{form.vocabulary}](rulebook-2022.md#{form.vocabulary})"
    else:
        words = FORMS[form.name]
    return f"list: {words}" if field.many else words


def _default(value: object) -> str:
    if value in {None, ()} or value is MISSING:
        return ""
    return code(str(value).lower() if isinstance(value, bool) else value)


def _common_names() -> set[str]:
    """Return the fields of every event; a day and a note may be corrected anywhere."""
    return {spec.name for spec in fields(Event)}


def _common(event: type[Event]) -> list[Field]:
    # The number of an appeal is a field of its own in the events of an appeal.
    own = {"appeal"} if issubclass(event, AppealEvent) else set()
    return [f for f in fields_of(event) if f.name in _common_names() - own]
