"""An office of two people with a register that asks for both, for the tests of appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.registers import OPENING, Line, adopted, brief, issued
from tests.running import Answer, Kaohe

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "张三", "李四"
DAY = "2022-12-31"
TWO: list[Line] = [{k: v for k, v in OPENING[0].items() if k != "two_person"}, *OPENING[1:]]
"""The opening of a year that asks for two people: five lines."""
YEAR: list[Line] = [
    *TWO,
    issued("约1", ref="约一"),
    brief("甲", ref="报甲"),
    adopted("甲", ref="采甲"),
]
"""Positions 6 to 8: 应县 loses 2 points for the commission and has 2 for the adoption."""


def by(kaohe: Kaohe, who: str) -> Kaohe:
    """Return the same command line, used by somebody else."""
    return Kaohe(kaohe.folder, kaohe.database, actor=who)


class Office:
    """The first and the second person at one register."""

    def __init__(self, folder: Path, database: str | None = None) -> None:
        self.first = Kaohe(folder, database, actor=FIRST)
        self.second = by(self.first, SECOND)

    def opened(self, lines: list[Line] | None = None) -> Office:
        """Load the register."""
        self.first.imports(YEAR if lines is None else lines, "年.jsonl")
        return self

    def publish(self, *arguments: str) -> Answer:
        """Publish the scores of the year's end."""
        return self.first("publish", *arguments, "--as-of", DAY)

    def published(self, number: int) -> dict[str, Any]:
        """Return what a publication shows."""
        found: dict[str, Any] = self.first.json("publication", "show", number)
        return found

    def appeal(self, unit: str = "应县", *more: str) -> str:
        """Lodge an appeal and return its number."""
        self.first("appeal", "lodge", unit, "--claim", "与记录不符", *more)
        found: list[dict[str, Any]] = self.first.json("appeal", "list")["appeals"]
        return str(found[-1]["appeal"])

    def propose(
        self, appeal: str, outcome: str, lines: list[Line] | None = None, *, exit_code: int = 0
    ) -> Answer:
        """Let the first person propose an answer."""
        file = ["--corrections", self.first.file(lines, f"更正{appeal}.jsonl")] if lines else []
        asked = ["--outcome", outcome, "--reasons", "已核对", *file]
        return self.first("appeal", "propose", appeal, *asked, exit_code=exit_code)

    def decide(self, appeal: str, outcome: str) -> Answer:
        """Let the second person decide."""
        return self.second("appeal", "decide", appeal, "--outcome", outcome, "--reasons", "同意")
