"""What is read is the same whichever database holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.stories import COUNTY, STORY
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path


def test_all_three_answers_on_each_database(database_url: str, tmp_path: Path) -> None:
    """The story's explanation, difference and history, on SQLite and on PostgreSQL."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(STORY)
    explained = kaohe.json("explain", COUNTY, "accuracy", "--as-of", "2022-12-31")
    (line,) = explained["groups"][0]["indicators"][0]["lines"]
    assert (line["counted"], line["absorbed_by_cap"], line["events"]) == ("-3", "2", [8])
    found = kaohe.json("diff", COUNTY, "--from", "2022-05-03@#8", "--to", "2022-05-21")
    assert [entry["change"] for entry in found["went"]] == ["5"]
    assert [entry["change"] for entry in found["came"]] == ["-2"]
    assert [entry["change"] for entry in found["caps"]] == ["-3"]
    history = kaohe.json("history", COUNTY)
    assert [step["change"] for step in history["changes"]] == ["5", "-5", "-3", "-2", "-3"]
