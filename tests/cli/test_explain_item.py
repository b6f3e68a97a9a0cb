"""``kaohe explain UNIT --item I``: what it is asked, what it refuses, and what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.days import show_recorded
from tests.cli.items import QUOTA, YEAR_END, about, decisions, found, ruled, said, sent, text, used
from tests.cli.stories import COUNTY, OFFICE, OPENED, enrolled

if TYPE_CHECKING:
    from tests.running import Kaohe


def test_an_unknown_number_is_refused_with_the_nearest(begun: Kaohe) -> None:
    """A number that was never registered, or not yet then, or only named by a finding."""
    begun.imports([sent("专报-1"), sent("专报-2"), found("F1", "2022-09-01", item="专报-9")])
    refused = begun("explain", COUNTY, "--item", "专报-9", *YEAR_END, exit_code=1).stderr
    assert "到 #6 为止没有登记过信息“专报-9”" in refused
    near = refused.split("最接近的有：")[1].strip().split("、")
    assert sorted(near) == ["专报-1", "专报-2"]
    early = ("--item", "专报-2", "--known-at", "#4")
    refused = begun("explain", COUNTY, *early, *YEAR_END, exit_code=1).stderr
    assert "到 #4 为止没有登记过信息“专报-2”" in refused
    assert "最接近的有：专报-1" in refused


def test_a_retracted_item_is_refused_with_what_took_it_back(begun: Kaohe) -> None:
    """A retracted item is named with its retraction; before that it can be asked about."""
    back = {"type": "EventRetracted", "on": "2022-09-01", "target": "#4", "reason": "重复登记"}
    begun.imports([sent(), back])
    refused = begun("explain", COUNTY, "--item", "Z1", *YEAR_END, exit_code=1).stderr
    assert "信息“Z1”的登记（#4）已由 #5 撤销：重复登记" in refused
    assert "--known-at #4" in refused
    assert begun.json("explain", COUNTY, "--item", "Z1", *YEAR_END, "--known-at", "#4")["made"]
    begun.imports([sent(title="重来")], "再.jsonl")
    again = begun.json("explain", COUNTY, "--item", "Z1", *YEAR_END)
    assert again["item"]["title"] == "重来"


def test_an_indicator_and_an_item_together_are_wrong_usage(begun: Kaohe) -> None:
    """Only one of the two can be asked about at a time."""
    answer = begun("explain", COUNTY, "special", "--item", "Z1", exit_code=2)
    assert "指标和 --item 只能写一个" in answer.stderr


def test_a_unit_that_is_not_enrolled_is_refused(begun: Kaohe) -> None:
    """The unit is looked for first, and the nearest named."""
    begun.imports([sent(), enrolled("山阴县", "county")])
    said = begun("explain", "应县县", "--item", "Z1", *YEAR_END, exit_code=1).stderr
    assert "最接近的有：应县" in said


def test_a_corrected_item_is_told_with_its_correction(begun: Kaohe) -> None:
    """Characters that a correction raised count, and the correction is among the events."""
    correction = {"type": "EventCorrected", "on": "2022-09-01", "target": "#5", "reason": "数错",
                  "changes": {"characters": 1600}}  # fmt: skip
    document = about(begun, QUOTA, sent(characters=1400), correction)
    assert said(document, "special") == [("counted", ["counted"])]
    (made,) = decisions(document, "special")
    assert made["events"] == [4, 5, 6]
    received = made["rests_on"][1]
    assert [event["position"] for event in received["corrections"]] == [6]
    assert received["counts_as"]["fields"]["characters"] == 1600


def test_the_words_of_the_printed_page(begun: Kaohe) -> None:
    """Head, clause, source, prices, readings, outcome, reason, and both times of each event."""
    ruling = ruled("adoption.repeat", "each")
    begun.imports([QUOTA, sent(), used("city", ref="采用1"), ruling])
    page = begun("explain", COUNTY, "--item", "Z1", *YEAR_END).stdout
    recorded = show_recorded(begun.json("log")["events"][5]["recorded_at"])
    for words in (
        "考核年度 2022，截至 2022-12-31",
        "信息 Z1“秋粮”（专报，应县）",
        "应县因它得分 5，计入总分 5",
        "专报信息报送情况（special）",
        "专报信息采用情况（special_adoption）",
        "条款：一条专报，市政府办公室采用加5分",
        "出处：附件2 加分项·信息采用·专报信息采用情况",
        "分值：市政府办公室 5，省政府办公厅 5，国务院办公厅 0",
        "口径：adoption.repeat 取 each（裁定 #7：会议）",
        "口径：joint.share 取 full（默认：",
        "计条数",
        "不计分",
        "没有登记过省政府办公厅采用",
        "标识 采用1；来源：登记.jsonl 第 3 行",
        "2022-08-10",
        recorded,
        "张三",
        "#7 口径裁定",
    ):
        assert words in page


def test_the_json_has_everything_of_a_short_proof(begun: Kaohe) -> None:
    """Clause, source, prices and readings with each indicator; both times and row of each event."""
    document = about(begun, sent(), used("city", ref="采用1"))
    assert (document["cycle"], document["as_of"], document["known_at"]["position"]) == (
        "2022", "2022-12-31", 5,
    )  # fmt: skip
    (entry,) = [e for e in document["indicators"] if e["id"] == "special_adoption"]
    assert entry["clause"].startswith("一条专报")
    assert entry["prices"][0] == {"key": "city", "label": "市政府办公室", "points": "5"}
    received, adopted = entry["decisions"][0]["rests_on"]
    assert (received["position"], adopted["on"], adopted["actor"]) == (4, "2022-08-10", "张三")
    assert (adopted["source"]["file"], adopted["source"]["row"]) == ("登记.jsonl", 2)
    assert adopted["recorded_at"] == begun.json("log")["events"][4]["recorded_at"]
    assert document["made"] == [received]


def test_the_year_asked_for(begun: Kaohe) -> None:
    """With ``--cycle`` the same adoption is outside the one year and scores in the other."""
    later = {
        **OPENED, "on": "2023-01-01", "cycle": "2023", "starts": "2023-01-01",
        "ends": "2023-12-31", "evidence_due": "2024-01-15", "duty_due": "2023-03-31",
    }  # fmt: skip
    asked = ("--as-of", "2023-06-30")
    document = about(begun, later, sent(), used("city", "2023-01-01"), asked=asked)
    assert said(document, "special_adoption")[0] == ("scored", ["adopted"])
    assert said(document, "special") == [("not_scored", ["outside_cycle"])]
    before = begun.json("explain", COUNTY, "--item", "Z1", *asked, "--cycle", "2022")
    assert said(before, "special_adoption")[0] == ("not_scored", ["outside_cycle"])


def test_a_unit_that_was_merged_away(begun: Kaohe) -> None:
    """What comes after the day of its merging into another begins no more on a unit's sheet."""
    gone = {"type": "UnitChanged", "on": "2022-08-05", "unit": COUNTY, "into": OFFICE}
    document = about(begun, sent(), used("city"), gone)
    assert said(document, "special_adoption")[0] == ("not_scored", ["unit_merged"])
    assert "本单位已于 2022-08-05 并入市财政局" in text(document, "special_adoption")


def test_what_is_still_to_come(begun: Kaohe) -> None:
    """On the day before its adoption the points are pending, and say from when they count."""
    document = about(begun, sent(), used("city"), asked=("--as-of", "2022-08-09"))
    assert said(document, "special_adoption")[0] == ("pending", ["adopted", "pending"])
    assert "从 2022-08-10 起计入" in text(document, "special_adoption")
    assert (document["points"], document["pending"]) == ("0", "5")
    page = begun("explain", COUNTY, "--item", "Z1", "--as-of", "2022-08-09").stdout
    assert "应县因它得分 0，计入总分 0，另有待计 5 分" in page
