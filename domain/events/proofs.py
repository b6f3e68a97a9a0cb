"""Which files an event names as evidence, wherever it names them.

That is the event's own evidence, the evidence that a correction gives its target, and that of
lines which an event carries for others to decide on. All are found in the stored bytes, so that
no file which the log names is ever taken for one that it does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from domain.events.fields import Evidence

_SIGN = b'"evidence":['


def evidence_in(data: bytes) -> tuple[Evidence, ...]:
    """Return the evidence that an event, stored as ``data``, names; each once, in order."""
    if _SIGN not in data:
        return ()
    return tuple(dict.fromkeys(_found(json.loads(data))))


def _found(value: object) -> Iterator[Evidence]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "evidence" and isinstance(member, list):
                yield from map(_proof, filter(_is_proof, member))
            else:
                yield from _found(member)
    elif isinstance(value, list):
        for member in value:
            yield from _found(member)


def _is_proof(member: object) -> bool:
    return isinstance(member, dict) and member.keys() == {"name", "sha256"}


def _proof(member: dict[str, str]) -> Evidence:
    return Evidence(name=member["name"], sha256=member["sha256"])
