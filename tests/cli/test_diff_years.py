"""Two points of which each lies in a year of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.driving import refused
from tests.cli.registers import CYCLE, issued

if TYPE_CHECKING:
    from tests.running import Kaohe

NEXT = {
    **CYCLE, "on": "2023-01-01", "cycle": "2023", "starts": "2023-01-01", "ends": "2023-12-31",
    "evidence_due": "2024-01-15",
}  # fmt: skip


def test_points_in_two_years_are_compared_only_in_one_of_them(opened: Kaohe) -> None:
    """Without a year it is refused, naming both; with one, both points are asked for in it."""
    opened.imports([issued("约1"), NEXT])
    across = ("diff", "应县", "--from", "2022-05-01", "--to", "2023-01-20")
    message = refused(opened, *across)
    assert "“2022”" in message
    assert "“2023”" in message
    found = opened.json(*across, "--cycle", "2022")
    assert (found["from"]["total"], found["to"]["total"], found["cycle"]) == ("80", "70", "2022")
    before = ("diff", "应县", "--from", "2021-12-31", "--to", "2022-12-31")
    assert opened.json(*before)["from"]["total"] == "80"
