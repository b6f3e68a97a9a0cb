"""Whether an item counts for a quota, is beyond it, and answers its commission."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.items import ASKED, QUOTA, YEAR_END, Told, about, decisions, ruled, said, sent, text
from tests.cli.stories import COUNTY, OFFICE

if TYPE_CHECKING:
    from tests.running import Kaohe


def test_it_counts_as_the_first_of_those_required(begun: Kaohe) -> None:
    """The only one of one required: counted in its period, and not surplus."""
    document = about(begun, QUOTA, sent())
    assert said(document, "special") == [("counted", ["counted"])]
    assert "2022-07-01 至 2022-09-30 的专报条数：第 1 条，应报 1 条" in text(document, "special")
    assert said(document, "surplus") == [("not_scored", ["within_requirement"])]
    assert "没有超出" in text(document, "surplus")


def test_it_is_beyond_what_is_required(begun: Kaohe) -> None:
    """The second of one required gives the points of a surplus, from its day."""
    document = about(begun, QUOTA, sent("Z0"), sent(on="2022-08-02"))
    assert said(document, "surplus") == [("scored", ["quota_surplus", "beyond"])]
    (made,) = decisions(document, "surplus")
    line = made["line"]
    assert (line["points"], line["counted"], line["effective_from"]) == ("2", "2", "2022-08-02")
    assert made["events"] == line["events"] == [4, 6]
    assert "第 2 条，应报 1 条" in text(document, "surplus")
    assert (document["points"], document["counted"], document["pending"]) == ("2", "2", "0")


@pytest.mark.parametrize(
    ("more", "code", "read"),
    [
        ({"characters": 1499}, "characters", "1499 字，不到 1500 字"),
        ({"content": "party_affairs"}, "content", "内容属于党务信息"),
        ({"labelled": False}, "unlabelled", "没有标注信息类型"),
        ({"mailbox": "szszwxx@126.com"}, "mailbox",
         "寄到 szszwxx@126.com，应寄 szxxgkk@126.com"),
        ({"on": "2022-06-30"}, "before_counting", "2022-06-30 报送，早于起计日 2022-07-01"),
        ({"on": "2022-10-01"}, "no_period", "不在本年度任何一期报送任务之内（2022-07-01 至 "),
        ({"on": "2023-01-05"}, "outside_cycle", "不在考核年度 2022（2022-01-01 至 2022-12-31）"),
        ({"units": [OFFICE]}, "not_author", "报送单位是市财政局，不是本单位"),
    ],
)  # fmt: skip
def test_why_it_does_not_count(begun: Kaohe, more: Told, code: str, read: str) -> None:
    """One thing amiss: it neither counts nor is surplus, and that thing is named."""
    document = about(begun, QUOTA, sent(**more))
    for indicator in ("special", "surplus"):
        assert said(document, indicator) == [("not_scored", [code])]
        assert read in text(document, indicator)
        assert 5 in decisions(document, indicator)[0]["events"]


def test_all_that_is_amiss_is_said(begun: Kaohe) -> None:
    """Too short, unmarked, in the wrong mailbox and too early: four reasons, not the first."""
    wrong: Told = {"characters": 9, "labelled": False, "mailbox": "a@b.c", "on": "2022-03-01"}
    document = about(begun, QUOTA, sent(**wrong))
    codes = ["characters", "unlabelled", "mailbox", "before_counting"]
    assert said(document, "special") == [("not_scored", codes)]


def test_a_ruling_takes_a_reason_away(begun: Kaohe) -> None:
    """Unmarked mail counts once it is ruled so; the ruling is named, and before it nothing is."""
    document = about(begun, QUOTA, sent(labelled=False), ruled("submissions.unmarked", "counted"))
    assert said(document, "special") == [("counted", ["counted"])]
    (entry,) = [entry for entry in document["indicators"] if entry["id"] == "special"]
    (held,) = [r for r in entry["readings"] if r["parameter"] == "submissions.unmarked"]
    assert (held["value"], held["ruling"]["position"]) == ("counted", 6)
    before = begun.json("explain", COUNTY, "--item", "Z1", *YEAR_END, "--known-at", "#5")
    assert said(before, "special") == [("not_scored", ["unlabelled"])]


def test_no_quota_was_set(begun: Kaohe) -> None:
    """Without a quota of its kind there is nothing to count towards."""
    document = about(begun, {**QUOTA, "kind": "brief"}, sent())
    assert said(document, "special") == [("not_scored", ["no_quota"])]
    assert "没有登记过本年度对本单位的专报报送任务" in text(document, "special")
    assert decisions(document, "special")[0]["events"] == [1, 5]


def test_its_kind_has_no_quota(begun: Kaohe) -> None:
    """A 约稿 counts neither as 专报 nor as 简报, and is no surplus."""
    document = about(begun, QUOTA, sent(kind="commissioned"))
    for indicator in ("special", "brief", "surplus"):
        assert said(document, indicator) == [("not_scored", ["kind"])]
    assert "这是约稿，本项只计专报" in text(document, "special")


def test_a_commission_answered_in_time(begun: Kaohe) -> None:
    """An answer on the last day is in time."""
    document = about(begun, ASKED, sent(on="2022-05-20", kind="commissioned", commission="C1"))
    assert said(document, "commissioned") == [("answered", ["in_time"])]
    assert "期限 2022-05-20，按时" in text(document, "commissioned")


def test_a_commission_answered_late(begun: Kaohe) -> None:
    """A late answer names the line that stands; with more time given it is in time."""
    document = about(begun, ASKED, sent(on="2022-05-22", kind="commissioned", commission="C1"))
    assert said(document, "commissioned") == [("late", ["late"])]
    (made,) = decisions(document, "commissioned")
    assert (made["line"], made["against"]["points"], made["events"]) == (None, "-2", [4, 5])
    assert "未按时答复的 -2 分照扣" in text(document, "commissioned")
    assert document["points"] == "0"
    extended = {**ASKED, "type": "CommissionExtended", "on": "2022-05-19", "due": "2022-05-31"}
    del extended["topic"]
    begun.imports([extended], "延期.jsonl")
    document = begun.json("explain", COUNTY, "--item", "Z1", *YEAR_END)
    assert said(document, "commissioned") == [("answered", ["in_time"])]
    assert "期限 2022-05-31（经 #6 延期）" in text(document, "commissioned")


def test_a_late_answer_after_one_in_time(begun: Kaohe) -> None:
    """A second answer that is late takes nothing, for the first was in time."""
    answer = {"kind": "commissioned", "commission": "C1"}
    lines = (ASKED, sent("Y1", "2022-05-10", **answer), sent(on="2022-06-01", **answer))
    document = about(begun, *lines)
    assert said(document, "commissioned") == [("not_scored", ["answered_before"])]
    assert "#5 已按时答复" in text(document, "commissioned")


def test_a_commission_that_asks_nothing_of_the_unit(begun: Kaohe) -> None:
    """One addressed to another unit, one withdrawn, one of last year, and none named at all."""
    both: Told = {"units": [COUNTY, OFFICE], "kind": "commissioned"}
    document = about(
        begun,
        {**ASKED, "units": [OFFICE]},
        sent(on="2022-05-10", commission="C1", **both),
        {**ASKED, "commission": "C2"},
        sent("Y2", "2022-05-10", commission="C2", **both),
        {"type": "CommissionWithdrawn", "on": "2022-05-11", "commission": "C2", "reason": "重复"},
        {**ASKED, "commission": "C3", "on": "2021-12-20", "due": "2022-01-10"},
        sent("Y3", "2022-01-05", commission="C3", **both),
        sent("Y4", "2022-01-05", **both),
    )
    assert said(document, "commissioned") == [("not_scored", ["not_addressed"])]
    assert "发给市财政局，没有发给本单位" in text(document, "commissioned")
    for item, code in (("Y2", "withdrawn"), ("Y3", "outside_cycle"), ("Y4", "no_commission")):
        document = begun.json("explain", COUNTY, "--item", item, *YEAR_END)
        assert said(document, "commissioned") == [("not_scored", [code])]


def test_an_answer_by_others(begun: Kaohe) -> None:
    """An item of another unit is no answer of this one."""
    document = about(begun, ASKED, sent(on="2022-05-10", commission="C1", units=[OFFICE]))
    assert said(document, "commissioned") == [("not_scored", ["not_author"])]
