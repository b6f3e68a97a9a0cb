"""``kaohe what-if`` writes nothing: not while others write, not when it is killed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.cli.driving import ended, queried, refused, started
from tests.cli.registers import YEAR_END, adopted, corrected, of_length, retracted
from tests.concurrency.test_two_at_once import held
from tests.running import Kaohe

TABLES = ("event", "head", "tile", "tracking", "fact", "brought", "ref", "line", "progress")
COUNT = 400


@pytest.fixture
def kaohe(tmp_path: Path, database_url: str) -> Kaohe:
    """A register of some length on either database."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(of_length(COUNT))
    return kaohe


def contents(kaohe: Kaohe) -> dict[str, list[str]]:
    """Return every row of every table."""
    rows = {name: queried(kaohe.database, f"SELECT * FROM {name}") for name in TABLES}
    return {name: sorted(map(repr, held)) for name, held in rows.items()}


def numbers(kaohe: Kaohe) -> list[tuple[object, ...]]:
    """Return what PostgreSQL counts whenever anything is written, be it given up afterwards."""
    if not kaohe.database.startswith("postgresql"):
        return []
    asked = "txid_snapshot_xmax(txid_current_snapshot()), last_value, is_called"
    return queried(kaohe.database, f"SELECT {asked} FROM line_id_seq")


def supposed(kaohe: Kaohe) -> tuple[object, ...]:
    """Return what to ask: items, a correction, a retraction and a ruling."""
    more = [*of_length(30, "新", opening=False), adopted("件1"), retracted(COUNT)]
    file = kaohe.file([*more, corrected(6, title="改")], "续.jsonl")
    return ("what-if", file, "--ruling", "joint.share=split", "--as-of", YEAR_END)


def test_it_needs_nobodys_turn_to_write(kaohe: Kaohe) -> None:
    """It answers while another program holds the right to write, and leaves every row as it is."""
    asked = supposed(kaohe)
    before, counted = contents(kaohe), numbers(kaohe)
    answer = kaohe(*asked)
    assert "试算，什么都没有登记。" in answer.stdout
    refused(kaohe, *asked[:2], "--ruling", "joint.share=third")
    assert numbers(kaohe) == counted
    with held(kaohe.database):
        assert kaohe(*asked) == answer
    assert contents(kaohe) == before


@pytest.mark.parametrize("seconds", [0.7])
def test_killed_it_leaves_everything_as_it_was(kaohe: Kaohe, seconds: float) -> None:
    """Wherever in its work it was: every row is there, and the next question is answered."""
    asked = supposed(kaohe)
    before = contents(kaohe)
    names = sorted(path.name for path in kaohe.folder.iterdir() if "-" not in path.name)
    process = started(kaohe.database, *asked)
    time.sleep(seconds)
    process.kill()
    ended(process)
    assert contents(kaohe) == before
    left = sorted(path.name for path in kaohe.folder.iterdir() if "-" not in path.name)
    assert left == names
    kaohe(*asked)
