"""Lists and checks of a year under a rulebook that says nothing of some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.registers import CYCLE, OPENING
from tests.examples.published import ZHALANTUN, begun

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_rulebook_says_nothing_of_is_left_out(tmp_path: Path) -> None:
    """A secondment still running and a change of staff, seen from a year that scores neither."""
    started = {
        "type": "SecondmentStarted", "on": "2022-12-10", "secondment": "跟1", "unit": "市财政局",
        "person": "王某", "host": "city",
    }  # fmt: skip
    changed = {
        "type": "StaffChanged", "on": "2023-01-05", "change": "变1", "unit": "市财政局",
        "role": "leader", "into": "李某",
    }  # fmt: skip
    other = {
        **CYCLE, "on": "2023-01-01", "cycle": "2023", "rulebook": ZHALANTUN.rulebook,
        "starts": "2023-01-01", "ends": "2023-12-31", "evidence_due": "2024-01-15",
    }  # fmt: skip
    kaohe = begun(ZHALANTUN, tmp_path)
    kaohe("import", kaohe.kaohe.file([*OPENING, started, changed, other]))
    asked = ("--cycle", "2023", "--as-of", "2023-06-01")
    assert kaohe.json("list", "secondments", *asked)["rows"] == []
    assert kaohe.json("list", "staff", *asked)["rows"] == []
    assert kaohe.json("doctor", *asked)["as_of"] == "2023-06-01"
    assert kaohe.json("list", "all", *asked)["lists"]
    earlier = ("--cycle", "2022", "--as-of", "2022-12-31")
    (running,) = kaohe.json("list", "secondments", *earlier)["rows"]
    assert running["secondment"] == "跟1"
