"""What ``kaohe diff`` says of the county, for its tests."""

from __future__ import annotations

from typing import Any

from tests.cli.stories import COUNTY, OPENED
from tests.running import Kaohe

DAY = "2022-12-31"

LATER = {
    **OPENED,
    "cycle": "2023",
    "on": "2023-01-01",
    "starts": "2023-01-01",
    "ends": "2023-12-31",
    "evidence_due": "2024-01-15",
    "duty_due": "2023-03-31",
}


def between(kaohe: Kaohe, start: str, end: str, *more: str) -> dict[str, Any]:
    """The difference of two points of the county."""
    return dict(kaohe.json("diff", COUNTY, "--from", start, "--to", end, *more))


def causes(line: dict[str, Any]) -> list[object]:
    """The positions and days that caused a change."""
    return [cause.get("position") or cause["day"] for cause in line["causes"]]
