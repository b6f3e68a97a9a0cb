"""``kaohe score`` and ``rank``: for readers, and as one JSON document."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from tests.cli.driving import refused, totals_of
from tests.cli.registers import OPENING, UNITS, YEAR_END, adopted, brief, issued
from tests.running import Kaohe

ASKED = ("--as-of", YEAR_END)


@pytest.fixture
def year(opened: Kaohe) -> Kaohe:
    """应县 gains 2 by an adoption, 市财政局 loses 2 by a missed commission, others have 80."""
    opened.imports([brief("甲"), adopted("甲"), issued("约1", units=["市财政局"])])
    return opened


def test_every_unit_has_its_total_and_rank(year: Kaohe) -> None:
    """Without a unit all are listed in the order of enrolment, equal totals with equal ranks."""
    answer = year("score", *ASKED)
    assert answer.stderr == ""
    rows = [line.split() for line in answer.stdout.splitlines() if line.split()[:1]]
    found = [row for row in rows if row[0] in UNITS]
    assert found == [
        ["应县", "82", "80", "2", "1"],
        ["开发区", "80", "80", "0", "2"],
        ["市财政局", "78", "78", "0", "4"],
        ["市教育局", "80", "80", "0", "2"],
    ]


def test_a_unit_asked_for_shows_every_indicator(year: Kaohe) -> None:
    """A sheet names each indicator of the scheme once, what counted, and what will."""
    said = year("score", "市财政局", *ASKED).stdout
    assert "市财政局，市直部门：总分 78 = 基础项 78 + 加分项 0，第 4 名，分类第 2 名" in said
    for group in year.sheets("市财政局", *ASKED)["市财政局"]["groups"]:
        for indicator in group["indicators"]:
            assert said.count(f"  {indicator['name']}  ") == 1
    assert "到期将计" in said
    assert "注意：2022-07-01 至 2022-12-31 没有专报报送任务" in said


def test_units_are_found_by_name_and_alias_and_each_shown_once(year: Kaohe) -> None:
    """Aliases, spaces and full-width forms find a unit; the sheets come in the order asked."""
    sheets = year.json("score", "市财政局", "应县人民政府", " 应 县", *ASKED)["units"]
    assert [sheet["unit"] for sheet in sheets] == ["市财政局", "应县"]


@pytest.mark.parametrize(("name", "candidate"), [("应显", "应县"), ("财政", "市财政局")])
def test_an_unknown_unit_is_refused_with_the_nearest(
    year: Kaohe, name: str, candidate: str
) -> None:
    """A name is never guessed; the refusal names what may have been meant."""
    for typed in (["score", name], ["log", "--unit", name], ["explain", name], ["history", name]):
        message = refused(year, *typed)
        assert f"没有登记过单位“{name}”" in message
        assert candidate in message


def test_the_document_has_the_form_that_was_fixed(year: Kaohe) -> None:
    """``score --json`` prints one document with the fields of the contract, points as texts."""
    document = year.json("score", "应县", *ASKED)
    assert document.keys() >= {"cycle", "rulebook", "as_of", "known_at", "units"}
    (sheet,) = document["units"]
    assert sheet.keys() >= {
        "unit", "category", "total", "base", "bonus", "rank", "rank_in_category", "groups",
        "pending", "notices",
    }  # fmt: skip
    assert (sheet["total"], sheet["base"], sheet["bonus"]) == ("82", "80", "2")
    groups = {group["id"]: group for group in sheet["groups"]}
    assert [groups[name]["weight"] for name in groups] == ["16", "49", "15", None, None]
    (indicator,) = (i for i in groups["adoption"]["indicators"] if i["lines"])
    assert indicator == {
        "id": "brief_adoption", "name": indicator["name"], "weight": None, "cap": None,
        "raw": "2", "effective": "2", "absorbed": "0", "lines": indicator["lines"],
    }  # fmt: skip
    (line,) = indicator["lines"]
    assert line["events"] == [6, 7]
    assert (line["points"], line["code"]) == ("2", "adopted")
    assert (line["effective_from"], line["effective_to"]) == ("2022-08-05", None)


def test_what_is_shown_adds_up(year: Kaohe) -> None:
    """In every sheet the total is base and bonus, and those are the sums of the groups."""
    for sheet in year.sheets(*ASKED).values():
        scores = [(group["weight"], int(group["score"])) for group in sheet["groups"]]
        assert int(sheet["base"]) == sum(score for weight, score in scores if weight)
        assert int(sheet["bonus"]) == sum(score for weight, score in scores if not weight)
        assert int(sheet["total"]) == int(sheet["base"]) + int(sheet["bonus"])


def test_the_rank_is_overall_and_by_category(year: Kaohe) -> None:
    """The league table begins with the best; categories have tables and ranks of their own."""
    units = year.json("rank", *ASKED)["units"]
    found = [
        (unit["unit"], unit["total"], unit["rank"], unit["rank_in_category"]) for unit in units
    ]
    assert found == [
        ("应县", "82", 1, 1),
        ("开发区", "80", 2, 1),
        ("市教育局", "80", 2, 1),
        ("市财政局", "78", 4, 2),
    ]
    said = year("rank", *ASKED).stdout
    assert [said.count(f" {unit} ") for unit in UNITS] == [2] * len(UNITS)
    assert said.index("总排名") < said.index("县（市、区）") < said.index("市直部门")


def test_score_and_rank_agree(year: Kaohe) -> None:
    """The two commands are two views of the same totals and ranks."""
    ranked = {unit["unit"]: unit for unit in year.json("rank", *ASKED)["units"]}
    for name, sheet in year.sheets(*ASKED).items():
        assert {key: sheet[key] for key in ranked[name]} == ranked[name]


def test_a_unit_enrolled_after_the_moment_of_knowledge_is_not_there(year: Kaohe) -> None:
    """As known at #3 there are two units, and a third cannot be asked for."""
    assert list(totals_of(year, *ASKED, "--known-at", "#3")) == ["应县", "开发区"]
    assert "没有登记过单位" in refused(year, "score", "市教育局", "--known-at", "#3")


def test_tables_align_chinese(year: Kaohe) -> None:
    """Every row of a table ends its first column at the same place on the screen."""
    lines = year("score", *ASKED).stdout.splitlines()
    rows = [line for line in lines if line.split()[:1] and line.split()[0] in UNITS]
    ends = {width(re.match(r"\s*\S+\s+\d+", row)[0]) for row in rows}  # type: ignore[index]
    assert len(ends) == 1


def test_names_are_printed_as_they_are(opened: Kaohe) -> None:
    """What looks like markup of the table's library in a name is printed, not obeyed."""
    opened.imports([brief("甲", title="[red]头[/red]"), issued("[b]约", due="2023-01-20")])
    assert "[b]约" in opened("score", "应县", *ASKED).stdout
    assert "[red]头[/red]" in opened("log").stdout


def test_a_document_is_one_document_and_readable(year: Kaohe) -> None:
    """Chinese stands in the JSON as itself, and nothing else is printed with it."""
    answer = year("score", *ASKED, "--json")
    assert "应县" in answer.stdout
    assert answer.stderr == ""
    json.loads(answer.stdout)


def test_without_a_register_or_a_cycle_there_is_advice(kaohe: Kaohe) -> None:
    """No database and an empty register are told apart, each with the next step."""
    assert "kaohe init" in refused(kaohe, "score")
    kaohe("init")
    for command in ("score", "rank"):
        assert "CycleOpened" in refused(kaohe, command)
    kaohe.imports(OPENING[1:])
    assert "CycleOpened" in refused(kaohe, "score")


def width(text: str) -> int:
    """Return the columns that ``text`` takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
