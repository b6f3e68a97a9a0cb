"""``kaohe explain``: each line with its clause, and the row that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from tests.cli.explained import indicator
from tests.cli.items import YEAR_END
from tests.cli.stories import BEGINNING, COUNTY, OFFICE, finding
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = ("points", "effective_from", "effective_to", "code", "text", "source", "events")


def test_an_explanation_is_the_sheet_with_reasons_added(story: Kaohe) -> None:
    """Everything that ``score --json`` says of the unit stands in ``explain --json`` too."""
    sheet = story.sheets(*YEAR_END)[COUNTY]
    document = story.json("explain", COUNTY, *YEAR_END)
    for key in ("total", "base", "bonus", "rank", "rank_in_category", "grade", "notices"):
        assert document[key] == sheet[key]
    for shown, group in zip(document["groups"], sheet["groups"], strict=True):
        assert {key: shown[key] for key in group if key != "indicators"} == {
            key: value for key, value in group.items() if key != "indicators"
        }
        for more, less in zip(shown["indicators"], group["indicators"], strict=True):
            assert {**more, **less, "lines": []} == {**more, "lines": []}
            bare = [{key: line[key] for key in SHOWN} for line in more["lines"]]
            assert sorted(bare, key=str) == sorted(less["lines"], key=str)


def test_a_line_names_file_row_writer_and_both_times(story: Kaohe) -> None:
    """The adoption's line leads to both events, their day, moment, actor, ref, file and row."""
    (line,) = indicator(story.json("explain", COUNTY, *YEAR_END), "special_adoption")["lines"]
    received, adopted = line["rests_on"]
    assert (received["position"], received["type"], received["label"]) == (
        4,
        "SubmissionReceived",
        "信息报送",
    )
    assert received["fields"]["note"] == "电话补报"
    assert (adopted["on"], adopted["ref"], adopted["actor"]) == ("2022-03-05", "采用1", "张三")
    assert adopted["recorded_at"] == story.json("log")["events"][4]["recorded_at"]
    assert adopted["source"]["file"] == "登记.jsonl"
    assert adopted["source"]["row"] == 5
    assert adopted["summary"] == "信息 Y1 被市政府办公室采用（每日快报）"


def test_a_corrected_event_shows_both_contents(story: Kaohe) -> None:
    """Below what was recorded stand the correction with its row, and the content that counts."""
    (line,) = indicator(story.json("explain", COUNTY, *YEAR_END), "special_adoption")["lines"]
    adopted = line["rests_on"][1]
    (correction,) = adopted["corrections"]
    assert (line["points"], line["effective_from"]) == ("5", "2022-03-06")
    assert (correction["position"], correction["source"]["row"]) == (6, 6)
    assert "层级改为省政府办公厅" in correction["summary"]
    assert adopted["counts_as"]["on"] == "2022-03-06"
    assert adopted["counts_as"]["fields"]["level"] == "province"
    before = story.json("explain", COUNTY, *YEAR_END, "--known-at", "#5")
    (line,) = indicator(before, "special_adoption")["lines"]
    assert line["rests_on"][1]["corrections"] == []
    assert line["rests_on"][1]["counts_as"] is None


def test_the_words_of_the_printed_page(story: Kaohe) -> None:
    """The page says clause, source, price, reason, day, code, correction, file and row."""
    page = story("explain", COUNTY, "专报信息采用情况", *YEAR_END).stdout
    for said in (
        "专报信息采用情况（special_adoption）：5 分",
        "出处：附件2 加分项·信息采用·专报信息采用情况",
        "省政府办公厅 5",
        "粮食 <安全> & 储备（Y1）被省政府办公厅采用",
        "2022-03-06",
        "adopted",
        "#5 信息采用",
        "ItemAdopted",
        "标识 采用1；来源：登记.jsonl 第 5 行",
        "更正后：信息 Y1 被省政府办公厅采用",
        "#6 更正事件 #5：层级改为省政府办公厅，日期改为2022-03-06（登记错层级）",
        "备注：电话补报",
    ):
        assert said in page
    assert "组织领导" not in page


def test_a_retracted_event_is_no_reason(story: Kaohe) -> None:
    """The retracted finding stands behind its line before its retraction and not after it."""

    def positions(known_at: str) -> list[int]:
        document = story.json("explain", COUNTY, "accuracy", *YEAR_END, "--known-at", known_at)
        lines = indicator(document, "accuracy")["lines"]
        return [event["position"] for line in lines for event in line["rests_on"]]

    assert positions("#8") == [7, 8]
    assert positions("#9") == [8]


def test_what_is_pending_is_marked(story: Kaohe) -> None:
    """A deduction that begins later is listed as pending, with its events and without points."""
    early = ("--as-of", "2022-05-10")
    (held,) = story.json("explain", COUNTY, "约稿信息报送情况", *early)["pending"]
    assert (held["indicator"], held["points"], held["effective_from"]) == (
        "commissioned",
        "-2",
        "2022-05-21",
    )
    assert [event["position"] for event in held["rests_on"]] == [11]
    page = story("explain", COUNTY, "commissioned", *early).stdout
    assert "待计" in page
    assert "commissioned）：0 分" in page


@pytest.mark.parametrize("name", ["special", "SPECIAL", "专报信息报送情况", " 专报信息 报送情况"])
def test_an_indicator_is_found_by_id_and_name(story: Kaohe, name: str) -> None:
    """The id and the Chinese name mean the indicator, whatever the case and the white space."""
    document = story.json("explain", COUNTY, name, *YEAR_END)
    assert document["indicator"] == "special"
    assert [i["id"] for group in document["groups"] for i in group["indicators"]] == ["special"]
    assert {notice["indicator"] for notice in document["notices"]} == {"special"}


def test_an_unknown_indicator_is_refused_with_the_nearest(story: Kaohe) -> None:
    """A name that no indicator has is refused, and the likeliest ones are named with their ids."""
    said = story("explain", COUNTY, "专报采用情况", exit_code=1).stderr
    assert "没有二级指标“专报采用情况”" in said
    assert "专报信息采用情况（special_adoption）" in said


def test_an_unknown_unit_is_refused_with_the_nearest(story: Kaohe) -> None:
    """A unit that is not enrolled, or not yet known then, is refused in one message."""
    assert "最接近的有：应县" in story("explain", "应县县", exit_code=1).stderr
    said = story("explain", OFFICE, "--known-at", "#2", *YEAR_END, exit_code=1).stderr
    assert f"没有登记过单位“{OFFICE}”" in said


def test_an_indicator_without_lines_says_so(story: Kaohe) -> None:
    """Asked for by name, an indicator without lines is shown with its clause and none."""
    page = story("explain", OFFICE, "跟班学习情况", *YEAR_END).stdout
    assert "条款：" in page
    assert "没有条目" in page


def test_sheet_and_row_of_a_workbook(tmp_path: Path) -> None:
    """A line whose event came from a workbook leads to its file, sheet and row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for line in [*BEGINNING, finding("F1", "2022-05-01"), finding("F2", "2022-05-02")]:
        fields = {key: value for key, value in line.items() if key != "type"}
        name = str(line["type"])
        if name not in book.sheetnames:
            book.create_sheet(name).append(list(fields))
        book[name].append(
            ["是" if v is True else "否" if v is False else v for v in fields.values()]
        )
    path = tmp_path / "登记簿.xlsx"
    book.save(path)
    kaohe = Kaohe(tmp_path)
    kaohe("import", path)
    lines = indicator(kaohe.json("explain", COUNTY, *YEAR_END), "accuracy")["lines"]
    sources = [line["rests_on"][0]["source"] for line in lines]
    assert [(s["file"], s["sheet"], s["row"]) for s in sources] == [
        ("登记簿.xlsx", "FindingMade", 2),
        ("登记簿.xlsx", "FindingMade", 3),
    ]
    page = kaohe("explain", COUNTY, "accuracy", *YEAR_END).stdout
    assert "来源：登记簿.xlsx 工作表“FindingMade” 第 3 行" in page


def test_an_event_recorded_by_hand_has_no_file(story: Kaohe) -> None:
    """An event of ``kaohe record`` says that it came from no file."""
    values = ("on=2022-07-01", "finding=F9", f"unit={OFFICE}", "kind=misaddressed")
    story("record", "FindingMade", *values)
    (line,) = indicator(story.json("explain", OFFICE, *YEAR_END), "format")["lines"]
    assert line["rests_on"][0]["source"] is None
    assert "没有文件" in story("explain", OFFICE, "format", *YEAR_END).stdout


def test_the_same_sheet_is_told_the_same_way_after_a_rebuild(story: Kaohe) -> None:
    """Lines that begin together on the same event keep their order when all is made anew."""
    before = story.json("explain", COUNTY, "duties", *YEAR_END)
    story("rebuild")
    assert story.json("explain", COUNTY, "duties", *YEAR_END) == before
    codes = [line["code"] for line in indicator(before, "duties")["lines"]]
    assert codes == ["duties_late", "duty_missing", "duty_missing", "duty_missing"]
