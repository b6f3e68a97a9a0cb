"""``kaohe export log``: the points that rest on each event."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from tests.cli.driving import refused
from tests.cli.exported import Row, csv_cells, csv_cells_of, exported, read_back, xlsx_cells
from tests.cli.registers import YEAR_END, enrolled
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe


def effects(rows: list[Row]) -> dict[int, dict[str, str]]:
    """Return the effects by position, those that are none left out."""
    return {row["position"]: row["score_effect"] for row in rows if row["score_effect"]}


def test_an_effect_is_the_points_that_rest_on_the_event(busy: Kaohe) -> None:
    """An adoption gives each author 2 points, which rest on the item too; silence costs 2.

    A retracted adoption, and the retraction itself, have no effect.
    """
    rows = exported(busy, "--as-of", YEAR_END)
    both = {"应县": "2", "市教育局": "2"}
    assert effects(rows[5:]) == {6: both, 7: both, 10: {"应县": "-2"}}
    shown = [cells[-1] for cells in csv_cells_of(busy, "--as-of", YEAR_END)]
    assert shown[6] == "应县 +2；市教育局 +2"
    assert shown[9] == "应县 -2"


def test_effects_are_those_of_the_day_and_of_what_was_known(busy: Kaohe) -> None:
    """Before a due nothing is lost; before the retraction, the province's adoption counts."""
    assert 10 not in effects(exported(busy, "--as-of", "2022-05-10"))
    before = exported(busy, "--as-of", YEAR_END, "--known-at", "#8")
    assert len(before) == 8
    assert before[7]["retracted_by"] is None
    assert effects(before)[8] == {"应县": "5", "市教育局": "5"}
    assert exported(busy)[7]["retracted_by"] == 9


def test_points_that_are_gone_again_are_no_effect(opened: Kaohe) -> None:
    """Credited at the start, a secondment loses its points with an early return."""
    opened.imports(
        [
            {"type": "RulingMade", "on": "2022-01-02", "parameter": "secondment.credit",
             "value": "on_start", "reason": "会议纪要"},
            {"type": "SecondmentStarted", "on": "2022-08-01", "secondment": "跟1", "unit": "应县",
             "person": "钱七", "host": "city"},
            {"type": "SecondmentEnded", "on": "2022-08-20", "secondment": "跟1"},
        ]
    )  # fmt: skip
    assert effects(exported(opened, "--as-of", "2022-08-19"))[7] == {"应县": "10"}
    assert 7 not in effects(exported(opened, "--as-of", "2022-08-20"))


@pytest.mark.parametrize("asked", [(YEAR_END, "#34"), ("2022-08-01", "#29"), (YEAR_END, "#31")])
def test_effects_are_the_sums_of_the_lines_of_all_sheets(
    kaohe: Kaohe, asked: tuple[str, str]
) -> None:
    """What the sheets list, line by line, added up by event and unit in another way."""
    kaohe.imports(EVERY_TYPE)
    point = ("--as-of", asked[0], "--known-at", asked[1])
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for unit, sheet in kaohe.sheets(*point).items():
        for line in lines_of(sheet):
            for at in line["events"]:
                sums[at][unit] += Decimal(line["points"])
    assert sums
    found = effects(exported(kaohe, *point))
    assert {at: {u: Decimal(p) for u, p in held.items()} for at, held in found.items()} == sums


def lines_of(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines in force of a sheet."""
    indicators = (held for group in sheet["groups"] for held in group["indicators"])
    return [line for indicator in indicators for line in indicator["lines"]]


def test_a_closed_year_is_told_as_of_its_own_day(kaohe: Kaohe) -> None:
    """Without a day the effects are those of the day that the closing names, and say so."""
    kaohe.imports(EVERY_TYPE)
    path = kaohe.folder / "默认.csv"
    said = kaohe("export", "log", "--to", path).stderr
    assert said.startswith("考核年度 2022，截至 2023-01-31，按事件 #46")
    assert said.endswith(f"已导出 46 条事件到 {path}\n")
    heading = csv_cells(path)[0][-1]
    assert "考核年度 2022，截至 2023-01-31，按事件 #46" in heading
    assert "未扣除上限" in heading
    dated = exported(kaohe, "--as-of", "2023-01-31", "--cycle", "2022", form="csv")
    assert read_back(path) == dated


def test_the_meaning_of_an_effect_is_told_beside_it(busy: Kaohe) -> None:
    """In the heading of the column, in the guide of the workbook, and with the Parquet field."""
    exported(busy, form="parquet")
    field = parquet.read_schema(busy.folder / "日志.parquet").field("score_effect")
    exported(busy, form="xlsx")
    heading = xlsx_cells(busy.folder / "日志.xlsx")[0][-1]
    assert field.metadata == {b"description": heading.encode()}
    guide = load_workbook(busy.folder / "日志.xlsx")["说明"]
    assert "各行相加不等于总分" in "".join(str(cell.value) for (cell,) in guide["A1:A6"])


def test_before_any_cycle_there_are_no_effects(kaohe: Kaohe) -> None:
    """Units can be enrolled before a cycle is opened: the log can be read, nothing is scored."""
    kaohe.imports([enrolled("应县", "county")])
    assert exported(kaohe)[0]["score_effect"] == {}
    assert csv_cells_of(kaohe)[0][-1] == ""
    refused(kaohe, "export", "log", "--to", kaohe.folder / "x.csv", "--cycle", "2022")
