"""Lists as the command line gives them, and what stands by the log alone, to hold against them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.cli.driving import events_of
from tests.cli.registers import OPENING, Line

if TYPE_CHECKING:
    from tests.running import Kaohe

Entry = dict[str, Any]
NEXT_YEAR: Line = {
    **OPENING[0], "on": "2023-01-01", "cycle": "2023", "starts": "2023-01-01",
    "ends": "2023-12-31", "evidence_due": "2024-01-15",
}  # fmt: skip
AMENDMENTS = ("EventCorrected", "EventRetracted")


def listed(kaohe: Kaohe, name: str, *asked: object) -> list[dict[str, Any]]:
    """Return the rows of a list."""
    document = json.loads(kaohe("list", name, *asked, "--format", "json").stdout)
    rows: list[dict[str, Any]] = document["rows"]
    return rows


def told(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Return some cells of each row."""
    return [tuple(row[name] for name in names) for row in rows]


def standing(kaohe: Kaohe, as_of: str, known_at: str | None = None) -> list[Entry]:
    """Return what stood on a day by ``kaohe log`` alone: fields with their corrections applied.

    Corrections of corrections are not looked at; the registers of these tests have none.
    """
    events = events_of(kaohe, *(["--known-at", known_at] if known_at else []))
    found = {}
    for event in events:
        if event["type"] not in AMENDMENTS and not event["retracted_by"]:
            found[event["position"]] = {**event["fields"], **event}
    retracted = {event["position"] for event in events if event["retracted_by"]}
    for event in events:
        target = event["fields"].get("target")
        counts = event["type"] == "EventCorrected" and event["position"] not in retracted
        if counts and target in found:
            found[target] |= event["fields"]["changes"]
    return [event for event in found.values() if event["on"][:10] <= as_of]


def of_type(events: list[Entry], *types: str) -> list[Entry]:
    """Return the events of some types, in the order of the day and hour, then the position."""
    chosen = [event for event in events if event["type"] in types]
    return sorted(chosen, key=lambda event: (moment(event["on"]), event["position"]))


def moment(on: str) -> str:
    """Return a text by which days and hours are put in order: a day alone is its 00:00."""
    return on if len(on) > len("2022-12-31") else f"{on}T00:00:00+08:00"


def meets(on: str, due: str) -> bool:
    """Tell whether something is in time: by the hour where both have one, else by the day."""
    timed = len(on) > len("2022-12-31") and len(due) > len("2022-12-31")
    return on <= due if timed else on[:10] <= due[:10]
