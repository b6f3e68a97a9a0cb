"""A day is a day in Asia/Shanghai, whatever the zone of the machine that is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.domain.telling import NEXT_YEAR, START, Told, said
from tests.running import Kaohe

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
MAIN = "from cli.main import main; main()"
ZONES = ("America/New_York", "Pacific/Kiritimati")


def used(item: str, on: str) -> Iterable[Told]:
    """An item that was used."""
    given = {"item": item, "unit": "应县", "kind": "brief", "title": "信息"}
    yield said("SubmissionReceived", "2022-12-01", **given)
    yield said("ItemAdopted", on, item=item, level="city")


EDGES = (
    *START,
    NEXT_YEAR,
    *used("日", "2022-12-31"),
    *used("前", "2022-12-31T23:59:59"),
    *used("同", "2022-12-31T15:59:59Z"),
    *used("后", "2022-12-31T16:00:00Z"),
    *used("次", "2023-01-01"),
)


def test_the_last_day_of_the_year_anywhere(tmp_path: Path) -> None:
    """Three uses on 31 December and two on 1 January, in New York and on Kiritimati as here."""
    here = Kaohe(tmp_path)
    path = here.file(EDGES)
    here("import", path)
    expected = {cycle: _bonus(here.json("score", *_last_day(cycle))) for cycle in ("2022", "2023")}
    assert expected == {"2022": "6", "2023": "4"}
    for zone in ZONES:
        database = str(tmp_path / f"{zone.partition('/')[2]}.db")
        _run(zone, database, "import", str(path))
        for cycle, bonus in expected.items():
            printed = _run(zone, database, "score", *_last_day(cycle), "--json")
            assert _bonus(json.loads(printed)) == bonus


def _last_day(cycle: str) -> tuple[str, ...]:
    return ("应县", "--cycle", cycle, "--as-of", f"{cycle}-12-31")


def _bonus(document: Any) -> str:  # noqa: ANN401  a JSON document
    return str(document["units"][0]["bonus"])


def _run(zone: str, database: str, *arguments: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith("KAOHE_")}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "--db", database, *arguments],
        env={**own, "TZ": zone, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
