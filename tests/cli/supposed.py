"""What ``kaohe what-if`` foresees, held against what the register says once it is recorded."""

from __future__ import annotations

import shutil
from typing import Any

from domain.errors import Where
from tests.cli.driving import events_of
from tests.cli.registers import OPENING, Line, adopted, brief, corrected, issued, retracted
from tests.running import Kaohe

Document = dict[str, Any]

HELD: list[Line] = [
    *OPENING,
    brief("甲", ref="报甲"),
    adopted("甲", ref="采甲"),
    issued("约1", ref="约一"),
]
"""Positions 6 to 8: 应县 has 2 points for the adoption and loses 2 for the commission."""
MORE: list[Line] = [
    brief("乙", ref="报乙", unit="市财政局"),
    adopted("乙", level="province", ref="采乙"),
    corrected("采甲", level="province"),
    corrected("采乙", level="city"),
    retracted("约一"),
]


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


def changes(document: Document) -> dict[str, list[object]]:
    """The total now and then, and the rank now and then, of each unit that would change."""
    return {
        change["unit"]: [
            side and (side["total"], side["rank"]) for side in (change["now"], change["then"])
        ]
        for change in document["units"]
    }


def copied(kaohe: Kaohe) -> Kaohe:
    """The same register in a database of its own."""
    elsewhere = kaohe.folder / "副本"
    elsewhere.mkdir()
    shutil.copyfile(kaohe.database, elsewhere / "kaohe.db")
    return Kaohe(elsewhere)
