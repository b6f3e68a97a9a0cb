"""A small register with earlier checkpoints, handed over in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN = "shuozhou.example/zwxx"
TIME = "2023-02-01T00:00:00Z"
AS_OF = "2023-01-31"

_SETTING: list[dict[str, Any]] = [
    {
        "type": "CycleOpened", "on": "2022-01-01", "cycle": "2022", "rulebook": "shuozhou-2022",
        "starts": "2022-01-01", "ends": "2022-12-31", "evidence_due": "2023-01-15",
        "two_person": False,
    },
    {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "应县", "category": "county"},
    {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "市财政局", "category": "department"},
    {"type": "UnitEnrolled", "on": "2022-01-01", "unit": "开发区", "category": "zone"},
    {
        "type": "QuotaSet", "on": "2022-06-20", "kind": "special", "required": 1,
        "from": "2022-07-01", "to": "2022-12-31",
    },
]  # fmt: skip
_YEAR: list[dict[str, Any]] = [
    {
        "type": "CommissionIssued", "on": "2022-03-01", "commission": "约1", "topic": "春耕",
        "due": "2022-03-10",
    },
    {
        "type": "SubmissionReceived", "on": "2022-03-09", "item": "Y1", "unit": "应县",
        "kind": "commissioned", "title": "春耕", "commission": "约1",
    },
    {"type": "CommissionDeclined", "on": "2022-03-05", "commission": "约1", "unit": "市财政局"},
    {"type": "ItemAdopted", "on": "2022-03-12", "item": "Y1", "level": "city"},
    {
        "type": "SubmissionReceived", "on": "2022-08-01", "item": "Z1",
        "units": ["应县", "市财政局"], "kind": "special", "title": "联合报送", "characters": 1800,
    },
    {"type": "ItemAdopted", "on": "2022-08-09", "item": "Z1", "level": "province", "ref": "采1"},
    {
        "type": "FindingMade", "on": "2022-09-01", "finding": "F1", "unit": "开发区",
        "kind": "misaddressed",
    },
]  # fmt: skip
_LATE: list[dict[str, Any]] = [
    {
        "type": "EventCorrected", "on": "2023-01-05", "target": "采1",
        "changes": {"level": "city"}, "reason": "看错了层级",
    },
]  # fmt: skip


class HandedOver(NamedTuple):
    """A register, the public key of its log, an earlier checkpoint, and the whole bundle."""

    kaohe: Kaohe
    key: str
    pin: Path
    bundle: Path


def hand_over(folder: Path) -> HandedOver:
    """Record a year in three steps, sign after each, and export all of it."""
    kaohe = Kaohe(folder)
    kaohe("init", "--origin", ORIGIN)
    pin = folder / "pin.txt"
    for number, lines in enumerate((_SETTING, _YEAR, _LATE)):
        kaohe.imports(lines, f"{number}.jsonl")
        if number == 0:
            kaohe("checkpoint", "--to", pin)
        elif number == 1:
            kaohe("checkpoint")
    bundle = exported(kaohe, folder / "bundle")
    return HandedOver(kaohe, kaohe.json("key", "show")["key"], pin, bundle)


def exported(kaohe: Kaohe, place: Path, *options: object) -> Path:
    """Export a bundle of the first 13 events, always of the same time, to ``place``."""
    until = () if "--until" in options else ("--until", "#13")
    kaohe("export", "audit", "--to", place, *until, "--time", TIME, "--as-of", AS_OF, *options)
    return place
