"""The rulebooks of the examples as their office reads them, and what is refused of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.driving import refused
from tests.examples.published import FOLDER, HUOLINGUOLE, ZHALANTUN, Example, begun
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (FOLDER / "zhalantun-2023.toml").read_text(encoding="utf-8")
PRICES = "points = { city = 5, prefecture = 10 }"


def test_the_register_says_which_rulebook_is_meant(example: Example) -> None:
    """Without a name, the rulebook of the register is shown, though others are installed."""
    assert example.json("rulebook", "show")["id"] == example.table.rulebook
    readings = example.json("rulebook", "readings")
    assert readings["rulebook"] == example.table.rulebook
    assert all(reading["why"] and reading["alternatives"] for reading in readings["readings"])
    assert readings["decided"]


def test_without_a_register_it_is_asked_for(tmp_path: Path) -> None:
    """Where several could be meant none is guessed: their names are listed."""
    said = begun(HUOLINGUOLE, tmp_path).refused("rulebook", "show")
    assert all(name in said for name in ("huolinguole-2018", "shuozhou-2022", "zhalantun-2023"))


def test_a_scheme_that_only_adds_is_shown_as_one(example: Example) -> None:
    """No column or sum of base points is printed where there are none to lose."""
    shown = example("rulebook", "show", example.table.rulebook).stdout
    assert "没有基础项，只计加分" in shown
    assert "赋分" not in shown
    unit = next(iter(example.table.rows))
    day = ("--as-of", example.table.as_of)
    eve = ("--from", "2018-01-01" if example.table is HUOLINGUOLE else "2023-01-01")
    for typed in (
        ("rank", *day), ("score", *day), ("score", unit, *day), ("explain", unit, *day),
        ("history", unit, *day), ("diff", unit, *eve, "--to", example.table.as_of),
    ):  # fmt: skip
        said = example(*typed).stdout
        assert "总分" in said
        assert "基础项" not in said


def test_prices_are_shown_by_what_they_are_for(tmp_path: Path) -> None:
    """Each level has the label that the office knows, with the code that a register writes."""
    said = begun(ZHALANTUN, tmp_path)("rulebook", "show", ZHALANTUN.rulebook).stdout
    assert "扎兰屯市政府网（city） 5" in said
    assert "呼伦贝尔市政府网（prefecture） 10" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("base = 0", "base = 80", "base 是 80，各组的 weight 合计 0"),
        ('name = "信息采用"', 'name = "信息采用"\nweight = 5', "不能用在基础项"),
        ('rule = "adoption"', 'rule = "adopton"', "没有 adopton 这种规则"),
        (PRICES, PRICES.replace("prefecture", "state"), "给不存在的 state 定了分值"),
        (PRICES, "points = { city = 5 }", "没有给 prefecture 定分值"),
        ('kind = "web"', 'kind = "brief"', "[vocabulary.kinds] 中没有 brief"),
        ("points = { city = 5", "points = { city = -5", "只能加分"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """Weights that do not add up, an unknown rule, a level that is not there: each by its line."""
    assert TEXT.count(old) == 1
    path = tmp_path / "新.toml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    message = refused(Kaohe(tmp_path), "rulebook", "show", path)
    assert said in message
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    if "weight = 5" not in new:
        assert f"新.toml 第 {line} 行" in message
