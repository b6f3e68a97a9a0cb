"""The trail of an appeal, looked at from outside: as a document, and beside a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.cli.registers import adopted, brief

if TYPE_CHECKING:
    from tests.cli.offices import Office
    from tests.running import Kaohe

Document = dict[str, Any]

ANOTHER = [brief("乙", unit="开发区"), adopted("乙"), brief("丙", unit="开发区"), adopted("丙")]
"""Items of another unit that put it between 应县 before and after."""

SUMS = ("total", "base", "bonus", "rank", "rank_in_category", "grade")
_GROUP = ("deducted", "absorbed", "score")
_INDICATOR = ("cap", "raw", "effective", "absorbed")
_LINE = ("points", "effective_from", "effective_to", "code", "text", "source", "events")


def trail_of(kaohe: Kaohe, appeal: str, *more: str) -> Document:
    """Return the trail of an appeal."""
    found: Document = kaohe.json("appeal", "trail", appeal, *more)
    return found


def decided(office: Office, outcome: str, lines: list[Document] | None = None, **asked: str) -> str:
    """Lodge an appeal of 应县, let it be proposed and decided, and return its number."""
    more = [part for name, value in asked.items() for part in (f"--{name}", value)]
    number = office.appeal("应县", *more)
    office.propose(number, outcome, lines)
    office.decide(number, outcome)
    return number


def lines(trail: Document) -> Iterator[Document]:
    """Yield every line of the sheet, with its indicator."""
    for group in trail["groups"]:
        for indicator in group["indicators"]:
            for line in indicator["lines"]:
                yield {**line, "indicator": indicator["id"]}


def only(trail: Document, **wanted: object) -> Document:
    """Return the one line of which all that is ``wanted`` is true."""
    (found,) = (line for line in lines(trail) if wanted.items() <= line.items())
    return found


def sheet_at(trail: Document, side: str) -> Document:
    """Return one side of a trail in the form of a sheet, as far as it tells it."""
    return {
        **{name: trail[side][name] for name in SUMS},
        "groups": [
            {
                "id": group["id"],
                **{name: group[side][name] for name in _GROUP},
                "indicators": [
                    {
                        "id": indicator["id"],
                        **{name: indicator[side][name] for name in _INDICATOR},
                        "lines": [
                            {name: line[name] for name in _LINE}
                            for line in indicator["lines"]
                            if line[side] and line[side]["state"] == "in_force"
                        ],
                    }
                    for indicator in group["indicators"]
                ],
            }
            for group in trail["groups"]
        ],
    }


def sheet_of(document: Document, unit: str) -> Document:
    """Return the same of a sheet that ``score`` or ``publication show`` gives."""
    (found,) = (sheet for sheet in document["units"] if sheet["unit"] == unit)
    return {
        **{name: found[name] for name in SUMS},
        "groups": [
            {
                "id": group["id"],
                **{name: group[name] for name in _GROUP},
                "indicators": [
                    {
                        "id": indicator["id"],
                        **{name: indicator[name] for name in _INDICATOR},
                        "lines": [
                            {name: line[name] for name in _LINE} for line in indicator["lines"]
                        ],
                    }
                    for indicator in group["indicators"]
                ],
            }
            for group in found["groups"]
        ],
    }
