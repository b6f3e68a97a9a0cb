"""Several rulebooks installed together: an office reads and writes the words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.driving import contents
from tests.examples.published import HUOLINGUOLE, TABLES, ZHALANTUN, Example, Table, begun

if TYPE_CHECKING:
    from pathlib import Path

EACH = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.rulebook)
CATEGORIES = {
    HUOLINGUOLE.rulebook: ["苏木", "街道"],
    ZHALANTUN.rulebook: ["市直部门", "乡镇街道"],
}
LEVELS = {
    HUOLINGUOLE.rulebook: ["市本级"],
    ZHALANTUN.rulebook: ["扎兰屯市政府网", "呼伦贝尔市政府网"],
}


def offered(path: Path, sheet: str, heading: str) -> list[object]:
    """Return what the drop-down of a column offers."""
    book = load_workbook(path)
    at = [cell.value for cell in book[sheet][1]].index(heading) + 1
    cell = book[sheet].cell(2, at).coordinate
    rules = book[sheet].data_validations.dataValidation
    (rule,) = [rule for rule in rules if cell in rule.sqref]
    name, area = str(rule.formula1).lstrip("=").split("!")
    return [cell.value for (cell,) in book[name.strip("'")][area.replace("$", "")]]


def test_a_template_offers_what_the_register_goes_by(example: Example, tmp_path: Path) -> None:
    """Drop-downs hold the units, categories and levels of this city and of no other."""
    path = tmp_path / "空表.xlsx"
    example("template", path)
    assert offered(path, "单位登记", "单位类别") == CATEGORIES[example.table.rulebook]
    assert offered(path, "信息采用", "层级") == LEVELS[example.table.rulebook]
    assert offered(path, "单位变更", "单位") == list(example.table.rows)


@EACH
def test_a_template_can_be_asked_for_by_rulebook(table: Table, tmp_path: Path) -> None:
    """Before there is a register, the rulebook is named; one that is not there is refused."""
    example, path = begun(table, tmp_path), tmp_path / "空表.xlsx"
    example("template", path, "--rulebook", table.rulebook)
    assert offered(path, "单位登记", "单位类别") == CATEGORIES[table.rulebook]
    said = example.refused("template", tmp_path / "b.xlsx", "--rulebook", "no-such")
    assert table.rulebook in said


def filled(path: Path, table: Table) -> None:
    """Fill a template in as a clerk does, by headings and labels: the first unit's first item."""
    book = load_workbook(path)
    unit = next(iter(table.rows))
    day = table.as_of
    rows = {
        "考核年度开始": {
            "日期": day, "考核年度": "年", "考核细则": table.rulebook, "年度开始日": day,
            "年度结束日": day, "材料截止日": day,
        },
        "单位登记": {
            "日期": day, "单位": unit, "单位类别": CATEGORIES[table.rulebook][0],
        },
        "信息报送": {
            "日期": day, "信息编号": "1", "报送单位": unit, "标题": "第1条",
            "类别": {"huolinguole-2018": "政务信息", "zhalantun-2023": "网站信息"}[table.rulebook],
        },
        "信息采用": {"日期": day, "信息编号": "1", "层级": LEVELS[table.rulebook][0]},
    }  # fmt: skip
    for name, cells in rows.items():
        headings = [cell.value for cell in book[name][1]]
        for heading, text in cells.items():
            book[name].cell(2, headings.index(heading) + 1, text)
    book.save(path)


@EACH
def test_a_workbook_is_read_by_the_rulebook_it_names(table: Table, tmp_path: Path) -> None:
    """The file that opens the first cycle is read by the labels of its own rulebook."""
    example, path = begun(table, tmp_path), tmp_path / "登记.xlsx"
    example("template", path, "--rulebook", table.rulebook)
    filled(path, table)
    example("import", path)
    unit, row = next(iter(table.rows.items()))
    (sheet,) = example.json("score", "--as-of", table.as_of)["units"]
    assert (sheet["unit"], sheet["category"], sheet["total"]) == (unit, row.category, "5")


def test_a_register_is_exported_and_read_again(example: Example, tmp_path: Path) -> None:
    """The workbook gives a new database the same events, and the published totals."""
    path = tmp_path / "登记簿.xlsx"
    example("export", "register", "--to", path)
    book: Workbook = load_workbook(path)
    headings = [cell.value for cell in book["信息采用"][1]]
    written = {
        row[headings.index("层级")] for row in book["信息采用"].iter_rows(2, values_only=True)
    }
    assert written == set(LEVELS[example.table.rulebook])
    again = begun(example.table, tmp_path)
    again("import", path)
    assert again.totals() == example.published
    before, after = (contents(one.json("log")["events"]) for one in (example, again))
    assert before == after


def test_the_log_is_told_in_the_words_of_its_own_city(example: Example) -> None:
    """A code that another rulebook has too, such as ``city``, is called as this city calls it."""
    said = example("log").stdout
    assert f"被{LEVELS[example.table.rulebook][0]}采用" in said
    assert "市政府办公室" not in said


def test_the_words_of_another_city_are_refused_as_they_were_written(example: Example) -> None:
    """A category that this rulebook does not have is quoted, with those that it has."""
    own = CATEGORIES[example.table.rulebook]
    others = [each for name, each in CATEGORIES.items() if name != example.table.rulebook]
    for category in ("县（市、区）", "county", *others[0]):
        typed = ("on=2023-01-01", "unit=某单位", f"category={category}")
        said = example.refused("record", "UnitEnrolled", *typed)
        assert f"“{category}”不是可用的取值" in said
        assert all(f"（{label}）" in said for label in own)


def test_what_the_rulebook_leaves_out_is_refused_in_words(example: Example) -> None:
    """A list of codes that the rulebook does not have offers nothing, and the message says so."""
    unit = next(iter(example.table.rows))
    typed = (f"on={example.table.as_of}", f"unit={unit}", "topics=约稿")
    assert "考核细则没有给这一项列出取值" in example.refused("record", "DeploymentStudied", *typed)
