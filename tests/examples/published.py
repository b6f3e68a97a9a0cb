"""What the two cities published, copied from their notices, and the examples that reproduce it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from tests.running import Answer, Kaohe

FOLDER = Path(__file__).parents[2] / "examples" / "rulebooks"


class Row(NamedTuple):
    """A unit as published: how many of its items were used at each price, and its total."""

    category: str
    used: dict[str, int]
    total: str


class Table(NamedTuple):
    """A published table: the rulebook that reproduces it, as of which day, and its rows."""

    rulebook: str
    as_of: str
    rows: dict[str, Row]

    @property
    def register(self) -> Path:
        """The register of the example."""
        return FOLDER / f"{self.rulebook}-register.jsonl"


# 霍政办字 (2018) 29, January and February 2018: 5 points an item.
HUOLINGUOLE = Table(
    "huolinguole-2018",
    "2018-02-28",
    {
        "达来胡硕苏木": Row("sumu", {"5": 1}, "5"),
        "沙尔呼热街道": Row("subdistrict", {"5": 3}, "15"),
        "莫斯台街道": Row("subdistrict", {"5": 1}, "5"),
        "宝日呼吉尔街道": Row("subdistrict", {"5": 2}, "10"),
        "珠斯花街道": Row("subdistrict", {"5": 5}, "25"),
    },
)

# 扎兰屯 2023, first quarter: 5 points a local adoption, 10 a higher one.
ZHALANTUN = Table(
    "zhalantun-2023",
    "2023-03-31",
    {
        "扎兰屯市现代农业产业园服务中心": Row("department", {"5": 35, "10": 3}, "205"),
        "水利局": Row("department", {"5": 36}, "180"),
        "市场监督管理局": Row("department", {"5": 27, "10": 1}, "145"),
        "公安局": Row("department", {"5": 25, "10": 1}, "135"),
        "民政局": Row("department", {"5": 26}, "130"),
    },
)

TABLES = (HUOLINGUOLE, ZHALANTUN)


class Example(NamedTuple):
    """An example played: its table, and the command line with the rulebooks of the examples."""

    table: Table
    kaohe: Kaohe

    def __call__(self, *arguments: object, exit_code: int = 0) -> Answer:
        """Run a command with ``--rulebooks``."""
        return self.kaohe("--rulebooks", FOLDER, *arguments, exit_code=exit_code)

    def json(self, *arguments: object) -> Any:  # noqa: ANN401  any JSON document
        """Run a command with ``--json`` and return the document."""
        return json.loads(self(*arguments, "--json").stdout)

    def refused(self, *arguments: object) -> str:
        """Run a command that is refused, and return the message."""
        answer = self(*arguments, exit_code=1)
        assert not answer.stdout
        return answer.stderr

    def totals(self) -> dict[str, str]:
        """Return each unit's total on the day of the table."""
        units = self.json("rank", "--as-of", self.table.as_of)["units"]
        return {unit["unit"]: unit["total"] for unit in units}

    @property
    def folder(self) -> Path:
        """The folder of the database, and of what else is written."""
        return self.kaohe.folder

    @property
    def published(self) -> dict[str, str]:
        """The totals that the city published."""
        return {unit: row.total for unit, row in self.table.rows.items()}


def begun(table: Table, folder: Path) -> Example:
    """Return the example with a database of its own that does not exist yet."""
    return Example(table, Kaohe(folder))


def played(table: Table, folder: Path) -> Example:
    """Return the example with its register imported."""
    example = begun(table, folder)
    example("import", table.register)
    return example
