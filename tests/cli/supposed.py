"""What ``kaohe what-if`` foresees, held against what the register says once it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.errors import Where
from tests.cli.driving import events_of

if TYPE_CHECKING:
    from tests.running import Kaohe

Document = dict[str, Any]


def foreseen(kaohe: Kaohe, *arguments: object) -> Document:
    """Return the whole answer of ``what-if``."""
    document: Document = kaohe.json("what-if", *arguments)
    return document


def as_recorded(document: Document, kaohe: Kaohe, *, after: int) -> Document:
    """Return a document of what was foreseen as it reads when the same lines are recorded.

    ``kaohe`` has a register in which they are, from ``after`` on.
    """
    places: dict[str, int] = {}
    for event in events_of(kaohe):
        if event["position"] > after:
            places[_place(event)] = event["position"]
    return {**_named(document, places), "known_at": None}


def recorded(kaohe: Kaohe, *arguments: object) -> Document:
    """Return what ``score`` says of a register in which the lines are, save what is known when."""
    return {**kaohe.json("score", *arguments), "known_at": None}


def _place(event: Document) -> str:
    source = event["source"]
    if source is None:
        return f"--ruling {event['fields'].get('parameter')}={event['fields'].get('value')}"
    return str(Where(source["file"], source.get("sheet"), source["row"]))


def _named(value: Any, places: dict[str, int], key: str = "") -> Any:  # noqa: ANN401  any JSON value
    if isinstance(value, dict):
        return {name: _named(held, places, name) for name, held in value.items()}
    if isinstance(value, list):
        return [_named(held, places, key) for held in value]
    return places[value] if key == "events" and isinstance(value, str) else value
