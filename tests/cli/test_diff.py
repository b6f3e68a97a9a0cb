"""``kaohe diff``: what changed between two points, and which events did it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.differences import DAY, LATER, between, causes
from tests.cli.driving import refused
from tests.cli.stories import BEGINNING, COUNTY, OFFICE
from tests.running import Kaohe


def test_a_retraction_takes_its_line_away(story: Kaohe) -> None:
    """Between the positions around a retraction only its line went, caused by that event."""
    found = between(story, f"{DAY}@#8", f"{DAY}@#9")
    (line,) = found["went"]
    assert (line["indicator"], line["points"], line["change"]) == ("accuracy", "-5", "5")
    assert line["events"] == [7]
    (cause,) = line["causes"]
    assert (cause["position"], cause["type"]) == (9, "EventRetracted")
    assert cause["summary"] == "撤销事件 #7（查无此事）"
    assert cause["source"]["row"] == 9
    assert found["came"] == []
    # The other finding had no room under the cap of 5, so the total stays.
    assert found["change"] == {"total": "0", "base": "0", "bonus": "0"}
    (cap,) = found["caps"]
    assert (cap["change"], cap["absorbed_before"], cap["absorbed_after"]) == ("-5", "5", "0")
    assert causes(cap) == [9]
    page = story("diff", COUNTY, "--from", f"{DAY}@#8", "--to", f"{DAY}@#9").stdout
    assert "吸收 5 → 0，随条目增减" in page


def test_a_correction_swaps_a_line(story: Kaohe) -> None:
    """A corrected adoption goes with its old content and comes with the new one."""
    found = between(story, f"{DAY}@#5", f"{DAY}@#6")
    ((went,), (came,)) = found["went"], found["came"]
    assert (went["effective_from"], came["effective_from"]) == ("2022-03-05", "2022-03-06")
    assert causes(went) == causes(came) == [6]
    assert came["causes"][0]["summary"].startswith("更正事件 #5：层级改为省政府办公厅")


def test_a_deadline_that_passed_is_a_day(story: Kaohe) -> None:
    """With the same knowledge, a commission's line comes because its due day passed."""
    found = between(story, "2022-05-20", "2022-05-21")
    (line,) = found["came"]
    assert (line["indicator"], line["change"]) == ("commissioned", "-2")
    due = {"what": "约稿答复", "by": "2022-05-20"}
    assert line["causes"] == [{"kind": "day", "day": "2022-05-21", "begins": True, "due": due}]
    assert found["change"]["total"] == "-2"


def test_each_deadline_says_what_was_due_by_when(tmp_path: Path) -> None:
    """Whatever the office waits for in vain: day or minute, extended or corrected, as it counts."""
    kaohe = Kaohe(tmp_path)
    notice = {"type": "DocumentIssued", "on": "2022-02-01", "title": "通知", "kind": "notice"}
    asked = {"type": "CommissionIssued", "on": "2022-05-01", "topic": "秋粮", "due": "2022-05-10"}
    corrected = {
        "type": "EventCorrected", "on": "2022-06-02", "target": "二", "reason": "看错",
        "changes": {"due": "2022-05-12T17:30:00"},
    }  # fmt: skip
    quota = {"kind": "brief", "required": 1, "from": "2022-07-01", "to": "2022-09-30"}
    change = {"type": "StaffChanged", "change": "变1", "unit": COUNTY, "role": "staff"}
    kaohe.imports([
        *BEGINNING,
        {**notice, "document": "一号", "instruction_due": "2022-03-01T12:00:00"},
        {**notice, "document": "二号"},
        {**asked, "commission": "C1"},
        {"type": "CommissionExtended", "on": "2022-05-09", "commission": "C1", "due": "2022-05-15"},
        {**asked, "commission": "C2", "ref": "二"},
        corrected,
        {"type": "QuotaSet", "on": "2022-06-20", **quota},
        {**change, "on": "2022-08-01"},
    ])  # fmt: skip
    found = between(kaohe, "2022-01-01", "2023-02-01")
    told = {
        (line["code"], cause["due"]["what"], cause["due"]["by"], cause["day"])
        for line in found["came"]
        for cause in line["causes"]
    }
    noon, half_past = "2022-03-01T12:00:00+08:00", "2022-05-12T17:30:00+08:00"
    assert told == {
        ("instruction_missing", "主要领导批示", noon, "2022-03-01"),
        ("instruction_missing", "主要领导批示", "2023-01-15", "2023-01-16"),
        ("deployment_missing", "会议研究部署", "2023-01-15", "2023-01-16"),
        ("duty_missing", "职责名单报送", "2022-03-31", "2022-04-01"),
        ("duties_late", "职责名单报送", "2022-03-31", "2022-04-01"),
        ("commission_overdue", "约稿答复", "2022-05-15", "2022-05-16"),
        ("commission_overdue", "约稿答复", half_past, "2022-05-12"),
        ("quota_shortfall", "任务期报送", "2022-09-30", "2022-10-01"),
        ("change_unreported", "人员变动告知", "2022-08-11", "2022-08-12"),
    }
    page = kaohe("diff", COUNTY, "--from", "2022-01-01", "--to", "2023-02-01").stdout
    assert "2022-05-12 起计入（约稿答复期限为 2022-05-12 17:30）" in page


def test_an_event_and_a_day_may_both_be_needed(story: Kaohe) -> None:
    """A commission unknown at the first point and not yet due on its day has both causes."""
    (line,) = between(story, "2022-05-20@#10", "2022-05-21")["came"]
    assert causes(line) == [11, "2022-05-21"]


def test_a_line_that_ended_names_its_last_day(tmp_path: Path) -> None:
    """A duty named late ends its own line on the day it was named."""
    kaohe = Kaohe(tmp_path)
    roster = {"type": "DutyRosterReported", "on": "2022-04-20", "unit": COUNTY, "leader": "李四"}
    kaohe.imports([*BEGINNING, roster])
    found = between(kaohe, "2022-04-19", "2022-04-20")
    (line,) = found["went"]
    assert (line["change"], line["effective_to"]) == ("1", "2022-04-20")
    day = {"kind": "day", "day": "2022-04-20", "begins": False, "due": None}
    assert line["causes"] == [day]
    page = kaohe("diff", COUNTY, "--from", "2022-04-19", "--to", "2022-04-20").stdout
    assert "2022-04-20 起不再计" in page


def test_both_sides_are_those_of_the_score(story: Kaohe) -> None:
    """The totals of both points are what ``kaohe score`` says there."""
    found = between(story, "2022-05-01@#7", "2023-01-31")
    for side, asked in (("from", ("2022-05-01", "#7")), ("to", ("2023-01-31", "#11"))):
        sheet = story.sheets("--as-of", asked[0], "--known-at", asked[1])[COUNTY]
        shown = {key: found[side][key] for key in ("total", "base", "bonus")}
        assert shown == {key: sheet[key] for key in ("total", "base", "bonus")}
        assert (found[side]["as_of"], f"#{found[side]['known_at']['position']}") == asked


def test_points_in_two_years_are_compared_only_in_one_of_them(tmp_path: Path) -> None:
    """Without a year it is refused, naming both; with one, both points are asked for in it."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports([*BEGINNING, LATER])
    days = ("--from", "2022-12-01", "--to", "2023-01-31")
    message = refused(kaohe, "diff", COUNTY, *days)
    assert "“2022”" in message
    assert "“2023”" in message
    found = between(kaohe, "2022-12-01", "2023-01-31", "--cycle", "2022")
    assert (found["cycle"], found["change"]["total"]) == ("2022", "-3")
    found = between(kaohe, "2022-12-01", "2023-01-31", "--cycle", "2023")
    assert (found["from"]["cycle"], found["change"]["total"]) == ("2023", "0")
    assert between(kaohe, "2021-12-31", "2022-12-31")["from"]["total"] == "80"


def test_nothing_changed_is_said(story: Kaohe) -> None:
    """Two points with the same lines give empty lists and one sentence."""
    found = between(story, DAY, DAY)
    assert [found[key] for key in ("went", "came", "caps", "weights")] == [[], [], [], []]
    page = story("diff", COUNTY, "--from", DAY, "--to", DAY).stdout
    assert "两个时点的得分条目完全相同" in page


def test_the_printed_parts_name_their_events(story: Kaohe) -> None:
    """The page lists each part with its sign, its reason, and the events with file and row."""
    page = story("diff", COUNTY, "--from", "2022-05-05@#8", "--to", "2022-06-30").stdout
    for said in (
        "总分 75 → 75（0）",
        "点名批评（F1）",
        "#9 事件撤销",
        "约稿 C1“秋粮”未在 2022-05-20 前报回",
        "2022-05-21 起计入（约稿答复期限为 2022-05-20）",
        "引起变化的事件",
        "来源：登记.jsonl 第 11 行",
    ):
        assert said in page


def test_known_at_a_day(story: Kaohe) -> None:
    """What follows ``@`` may be a day: everything here was recorded later, so nothing is known."""
    said = story("diff", COUNTY, "--from", f"{DAY}@2022-12-31", "--to", DAY, exit_code=1).stderr
    assert "到 #0 为止没有登记过考核年度“2022”" in said


@pytest.mark.parametrize(
    "point", ["@#3", "2022-13-01", "2022-12-31@", "2022-12-31@三月", "昨天", "2022-12-31@#x"]
)
def test_a_point_that_cannot_be_read_is_wrong_usage(story: Kaohe, point: str) -> None:
    """A point without a day, or with a moment that is none, is refused and a right one shown."""
    said = story("diff", COUNTY, "--from", point, "--to", DAY, exit_code=2).stderr
    assert "应写成 2022-12-31" in said


def test_a_position_past_the_end_is_refused(story: Kaohe) -> None:
    """A position that the log does not have is no point."""
    said = story("diff", COUNTY, "--from", f"{DAY}@#99", "--to", DAY, exit_code=1).stderr
    assert "日志只到 #11" in said


def test_a_unit_unknown_at_one_point_is_refused(story: Kaohe) -> None:
    """Before its enrolment a unit has no score to compare with; the message says where."""
    said = story("diff", OFFICE, "--from", f"{DAY}@#2", "--to", DAY, exit_code=1).stderr
    assert f"到 #2 为止没有登记过单位“{OFFICE}”" in said
