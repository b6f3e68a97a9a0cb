"""Two tables that other cities published, reproduced by rulebooks and registers of their own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.cli.reports import Report, shown_row
from tests.examples.published import HUOLINGUOLE, ZHALANTUN, Example, played

if TYPE_CHECKING:
    from pathlib import Path


def test_the_totals_are_those_published(example: Example) -> None:
    """The league table gives every unit the total that its city printed, and no other unit."""
    table = example.json("rank", "--as-of", example.table.as_of)
    assert table["rulebook"] == example.table.rulebook
    assert {unit["unit"]: unit["total"] for unit in table["units"]} == example.published
    for unit in table["units"]:
        assert unit["category"] == example.table.rows[unit["unit"]].category
        assert (unit["base"], unit["bonus"]) == ("0", unit["total"])


def test_the_sheets_count_what_was_published(example: Example) -> None:
    """Each sheet has as many lines of each price as the city counted items."""
    sheets = example.json("score", "--as-of", example.table.as_of)["units"]
    assert {sheet["unit"] for sheet in sheets} == set(example.table.rows)
    for sheet in sheets:
        row = example.table.rows[sheet["unit"]]
        ((indicator,),) = [group["indicators"] for group in sheet["groups"]]
        assert Counter(line["points"] for line in indicator["lines"]) == row.used
        assert {line["code"] for line in indicator["lines"]} == {"adopted"}
        assert (sheet["total"], sheet["notices"], sheet["pending"]) == (row.total, [], [])


def test_equal_totals_share_a_rank_within_their_own_categories(example: Example) -> None:
    """Ranks follow the published totals, overall and within the categories of the rulebook."""
    rows = example.table.rows
    for unit in example.json("rank", "--as-of", example.table.as_of)["units"]:
        mine, own = int(unit["total"]), unit["category"]
        above = [row for row in rows.values() if int(row.total) > mine]
        assert unit["rank"] == 1 + len(above)
        assert unit["rank_in_category"] == 1 + sum(row.category == own for row in above)


def test_every_point_leads_to_a_row_of_the_register(example: Example) -> None:
    """An explanation names clause, price and, for each line, the two rows that it rests on."""
    unit, row = list(example.table.rows.items())[-1]
    document = example.json("explain", unit, "--as-of", example.table.as_of)
    ((entry,),) = [group["indicators"] for group in document["groups"]]
    assert entry["clause"]
    assert entry["source"]
    assert len(entry["lines"]) == sum(row.used.values())
    register = example.table.register.read_text(encoding="utf-8").splitlines()
    for line in entry["lines"]:
        types = [cause["type"] for cause in line["rests_on"]]
        assert types == ["SubmissionReceived", "ItemAdopted"]
        for cause in line["rests_on"]:
            assert cause["source"]["file"] == example.table.register.name
            assert unit in register[cause["source"]["row"] - 1]


def test_one_item_is_explained_in_the_words_of_the_rulebook(example: Example) -> None:
    """Why one item scored is told by the levels of its own city."""
    unit = next(iter(example.table.rows))
    said = example("explain", unit, "--item", f"{unit}-1", "--as-of", example.table.as_of).stdout
    levels = {HUOLINGUOLE.rulebook: "市本级", ZHALANTUN.rulebook: "扎兰屯市政府网"}
    assert f"被{levels[example.table.rulebook]}采用" in said
    assert "得分 5，计入总分 5" in said


def test_the_score_came_on_the_day_of_the_table(example: Example) -> None:
    """History and difference: nothing before the last day of the table, the whole total on it."""
    unit, row = next(iter(example.table.rows.items()))
    history = example.json("history", unit, "--as-of", example.table.as_of)
    assert history["start"]["total"] == "0"
    assert [(step["day"], step["total"]) for step in history["changes"]] == [
        (example.table.as_of, row.total)
    ]
    eve = example.table.as_of[:-1] + str(int(example.table.as_of[-1]) - 1)
    diff = example.json("diff", unit, "--from", eve, "--to", example.table.as_of)
    assert diff["change"]["total"] == row.total
    assert len(diff["came"]) == sum(row.used.values())


def test_live_scores_are_a_fresh_replay(example: Example) -> None:
    """Checking finds no difference, and rebuilding from the log gives the same totals."""
    example("check")
    example("rebuild")
    assert example.totals() == example.published


def test_what_is_published_is_shown_again_and_handed_over(tmp_path: Path) -> None:
    """A publication is reproduced, and its bundle verified with the log's key, scores and all."""
    example = played(HUOLINGUOLE, tmp_path)
    example("init")
    example("publish", "--as-of", HUOLINGUOLE.as_of)
    shown = example("publication", "show", "1")
    assert "与公布时登记的摘要一致" in shown.stderr
    assert "珠斯花街道" in shown.stdout
    bundle = tmp_path / "移交"
    example("export", "audit", "--to", bundle, "--as-of", HUOLINGUOLE.as_of)
    key = example.json("key", "show")["key"]
    said = example("verify", "bundle", bundle, "--key", key).stdout
    assert "第 1 号公布（截至#30，5 个单位）" in said
    elsewhere = example.kaohe("verify", "bundle", bundle, "--key", key).stdout
    assert f"注意：考核细则 {HUOLINGUOLE.rulebook} 本机没有安装" in elsewhere


def test_the_larger_table_is_handed_over_too(tmp_path: Path) -> None:
    """Two levels at two prices are computed again from the bundle alone."""
    example = played(ZHALANTUN, tmp_path)
    example("init")
    bundle = tmp_path / "移交"
    example("export", "audit", "--to", bundle, "--as-of", ZHALANTUN.as_of)
    key = example.json("key", "show")["key"]
    said = example("verify", "bundle", bundle, "--key", key).stdout
    assert "截至 2023-03-31 的得分" in said


def test_the_report_shows_a_scheme_without_a_base(example: Example) -> None:
    """Pages of a scheme that only adds have the published totals, and no word of a base."""
    report = Report(example, "网页", "--as-of", example.table.as_of)
    report.agrees()
    report.resolves()
    assert {row[2]: row[4] for row in map(shown_row, report.bodies)} == example.published
    assert "基础项" not in (report.folder / "index.html").read_text(encoding="utf-8")
