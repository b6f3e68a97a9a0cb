"""``kaohe explain``: the readings that a line depends on, and what cap and weight swallow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.explained import indicator
from tests.cli.items import YEAR_END
from tests.cli.stories import BEGINNING, COUNTY, OPENED, finding
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path


def absorbed(lines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """What is counted of each line, and what cap and weight absorb."""
    shown = ("counted", "absorbed_by_cap", "absorbed_by_weight")
    return [(line[shown[0]], line[shown[1]], line[shown[2]]) for line in lines]


def reading(document: dict[str, Any], of: str, parameter: str) -> dict[str, Any]:
    """One reading that an indicator of an explained sheet depends on."""
    held = indicator(document, of)["readings"]
    (found,) = [reading for reading in held if reading["parameter"] == parameter]
    return dict(found)


def test_a_reading_names_the_ruling_that_set_it(story: Kaohe) -> None:
    """The cap is 3 by the ruling in row 10; before it was recorded, 5 by the rulebook alone."""
    document = story.json("explain", COUNTY, "accuracy", *YEAR_END)
    cap = reading(document, "accuracy", "indicators.accuracy.cap")
    assert (cap["value"], cap["default"]) == ("3", "5")
    assert (cap["ruling"]["position"], cap["ruling"]["source"]["row"]) == (10, 10)
    assert (cap["ruling"]["on"], cap["ruling"]["actor"]) == ("2022-06-01", "张三")
    before = story.json("explain", COUNTY, "accuracy", *YEAR_END, "--known-at", "#9")
    cap = reading(before, "accuracy", "indicators.accuracy.cap")
    assert (cap["value"], cap["ruling"]) == ("5", None)
    assert cap["why"].startswith("相邻条款")
    page = story("explain", COUNTY, "accuracy", *YEAR_END).stdout
    assert "口径：indicators.accuracy.cap 取 3（裁定 #10：办公会定）" in page
    assert "#10 口径裁定" in page
    page = story("explain", COUNTY, "accuracy", *YEAR_END, "--known-at", "#9").stdout
    assert "口径：indicators.accuracy.cap 取 5（默认：相邻条款写明" in page


def test_a_corrected_ruling_and_one_for_another_year(story: Kaohe) -> None:
    """A reading has the ruling's corrected value and reason; a ruling on 2021 sets nothing."""
    ruling = {"type": "RulingMade", "on": "2022-07-01", "parameter": "special.min_characters"}
    change = {"type": "EventCorrected", "on": "2022-07-02", "target": "字数", "reason": "笔误"}
    story.imports(
        [
            {**ruling, "value": 1000, "reason": "会议", "ref": "字数"},
            {**change, "changes": {"value": 1200, "reason": "第二次会议"}},
            {**OPENED, "on": "2021-01-01", "cycle": "2021", "starts": "2021-01-01",
             "ends": "2021-12-31", "evidence_due": "2022-01-15", "duty_due": "2021-03-31"},
            {**ruling, "value": 900, "reason": "上一年", "cycle": "2021"},
        ],
        "裁定.jsonl",
    )  # fmt: skip
    document = story.json("explain", COUNTY, "special", *YEAR_END)
    held = reading(document, "special", "special.min_characters")
    assert (held["value"], held["ruling"]["position"]) == (1200, 12)
    assert [event["position"] for event in held["ruling"]["corrections"]] == [13]
    page = story("explain", COUNTY, "special", *YEAR_END).stdout
    assert "special.min_characters 取 1200（裁定 #12：第二次会议）" in page


def test_a_cap_swallows_the_last_lines(tmp_path: Path) -> None:
    """Of three deductions under a cap of 8, the latest by day loses what is over, then all."""
    kaohe = Kaohe(tmp_path)
    ruling = {"type": "RulingMade", "on": "2022-01-05", "parameter": "indicators.accuracy.cap"}
    kaohe.imports(
        [
            *BEGINNING,
            {**ruling, "value": 8, "reason": "办公会定"},
            finding("甲", "2022-06-03"),
            finding("乙", "2022-06-01"),
            finding("丙", "2022-06-02"),
        ]
    )
    shown = indicator(kaohe.json("explain", COUNTY, *YEAR_END), "accuracy")
    assert [line["text"] for line in shown["lines"]] == [
        "点名批评（乙）",
        "点名批评（丙）",
        "点名批评（甲）",
    ]
    assert absorbed(shown["lines"]) == [("-5", "0", "0"), ("-3", "2", "0"), ("0", "5", "0")]
    assert (shown["raw"], shown["effective"], shown["counted"]) == ("-15", "-8", "-8")
    page = kaohe("explain", COUNTY, "accuracy", *YEAR_END).stdout
    assert "上限 8；条目合计 -15，吸收 7，计入 -8" in page


def test_the_weight_of_a_group_swallows_what_caps_left(tmp_path: Path) -> None:
    """15 points of support are lost by day, across indicators; the rest is absorbed by weight."""
    kaohe = Kaohe(tmp_path)
    copied = [finding(f"抄{n}", f"2022-06-{n:02}", "plagiarism") for n in range(1, 13)]
    kaohe.imports(
        [
            *BEGINNING,
            *copied,
            finding("批", "2022-06-05"),
            finding("拒", "2022-06-30", "non_cooperation"),
        ]
    )
    document = kaohe.json("explain", COUNTY, *YEAR_END)
    assert absorbed(indicator(document, "accuracy")["lines"]) == [("-5", "0", "0")]
    quality = indicator(document, "quality")
    assert absorbed(quality["lines"]) == [("-1", "0", "0")] * 10 + [("0", "1", "0")] * 2
    assert absorbed(indicator(document, "feedback")["lines"]) == [("0", "0", "1")]
    (group,) = [group for group in document["groups"] if group["id"] == "support"]
    assert (group["deducted"], group["absorbed"], group["score"]) == ("16", "1", "0")
