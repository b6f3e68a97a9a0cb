"""Registers about one item, and what ``kaohe explain UNIT --item I`` says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.stories import COUNTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.running import Kaohe

Told = dict[str, Any]
Said = tuple[str, list[str]]
"""An outcome, and the codes of its reasons."""

YEAR_END = ("--as-of", "2022-12-31")
QUOTA: Told = {"type": "QuotaSet", "on": "2022-06-20", "kind": "special", "required": 1,
               "from": "2022-07-01", "to": "2022-09-30"}  # fmt: skip
ASKED: Told = {"type": "CommissionIssued", "on": "2022-05-06", "commission": "C1",
               "topic": "秋粮", "due": "2022-05-20"}  # fmt: skip


def sent(item: str = "Z1", on: str = "2022-08-01", **more: object) -> Told:
    """A 专报 of the county that counts, unless more is said."""
    usual = {"units": [COUNTY], "kind": "special", "title": "秋粮", "characters": 1800}
    return {"type": "SubmissionReceived", "on": on, "item": item, **usual, **more}


def used(level: str, on: str = "2022-08-10", item: str = "Z1", **more: object) -> Told:
    """An adoption."""
    return {"type": "ItemAdopted", "on": on, "item": item, "level": level, **more}


def praised(level: str, on: str = "2022-08-20", item: str = "Z1", **more: object) -> Told:
    """An endorsement."""
    return {"type": "ItemEndorsed", "on": on, "item": item, "level": level, **more}


def ruled(parameter: str, value: object) -> Told:
    """A ruling."""
    given = {"parameter": parameter, "value": value, "reason": "会议"}
    return {"type": "RulingMade", "on": "2022-08-30", **given}


def decisions(document: Told, indicator: str) -> list[Told]:
    """The decisions under one indicator."""
    held = [entry for entry in document["indicators"] if entry["id"] == indicator]
    return [made for entry in held for made in entry["decisions"]]


def said(document: Told, indicator: str) -> list[Said]:
    """What came of an item under one indicator, and why."""
    return [
        (made["outcome"], [reason["code"] for reason in made["reasons"]])
        for made in decisions(document, indicator)
    ]


def text(document: Told, indicator: str) -> str:
    """The reasons under one indicator, as they are read."""
    made = decisions(document, indicator)
    return "\n".join(reason["text"] for each in made for reason in each["reasons"])


def about(
    kaohe: Kaohe,
    *lines: Told,
    item: str = "Z1",
    unit: str = COUNTY,
    asked: Sequence[str] = YEAR_END,
) -> Told:
    """Import the lines and ask about an item."""
    kaohe.imports(lines)
    return dict(kaohe.json("explain", unit, "--item", item, *asked))


def found(number: str, on: str, kind: str = "plagiarism", **more: object) -> Told:
    """A finding on the item."""
    usual = {"finding": number, "unit": COUNTY, "kind": kind, "item": "Z1"}
    return {"type": "FindingMade", "on": on, **usual, **more}
