"""Every event that a trail names, once, with who recorded it when, from where, and its leaf."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.audit.entry import Entry
from domain.audit.tree import leaf_hash
from domain.events.corrections import Amendment
from domain.log import Row
from domain.register import Register
from domain.wording import Vocabularies, heading_of
from projections.grounds import Grounds
from projections.trail.known import Known


def events_json(
    known: Known, register: Register, words: Vocabularies, named: Iterable[int], *, origin: str
) -> list[dict[str, Any]]:
    """Return the events at the positions ``named`` and all that amended them, by position.

    ``register`` is that of the latest position; ``origin`` names the log, and is part of what a
    leaf covers. What is only tried out has no leaf.
    """
    positions = _with_amendments(register, set(named))
    grounds = Grounds(known.log, words, positions)
    rows = {row.position: row for row in known.log.rows_at(positions)}
    return [_event(known, register, grounds, rows[at], origin) for at in sorted(positions)]


def name_targets(events: Iterable[dict[str, Any]]) -> None:
    """Let the particulars of amendments name a target that has no position as ``fields`` do."""
    for event in events:
        target = event["fields"].get("target")
        for each in event["particulars"]:
            if isinstance(target, str) and each["heading"] == heading_of(Amendment, "target"):
                each["value"] = target


def _with_amendments(register: Register, wanted: set[int]) -> set[int]:
    """Return ``wanted``, with what amends each, and what each amends in turn."""
    found: set[int] = set()
    while wanted:
        at = wanted.pop()
        found.add(at)
        entry = register.entry(at)
        if entry is None:
            continue
        more = {*entry.corrected_by, *([entry.retracted_by] if entry.retracted_by else [])}
        if isinstance(entry.recorded, Amendment):
            more.add(entry.recorded.target)
        wanted |= more - found
    return found


def _event(
    known: Known, register: Register, grounds: Grounds, row: Row, origin: str
) -> dict[str, Any]:
    document = grounds.event(row.position)
    fields = document.pop("fields")
    recorded = row.position <= known.recorded_upto
    entry = register.entry(row.position)
    return {
        **document,
        "particulars": grounds.particulars(row.position),
        "evidence": fields.pop("evidence", []),
        "appeal": fields.pop("appeal", None),
        "note": fields.get("note"),
        "fields": fields,
        "corrected_by": list(entry.corrected_by) if entry else [],
        "retracted_by": entry.retracted_by if entry else None,
        "recorded": recorded,
        "leaf": _leaf(row, origin) if recorded else None,
    }


def _leaf(row: Row, origin: str) -> str:
    """Return the leaf of a row, in hexadecimal (RFC 6962 §2.1)."""
    entry = Entry(
        origin, row.position, row.stream, row.version, row.type, row.recorded_at, row.data
    )
    return leaf_hash(entry.encode()).hex()
