"""``kaohe diff``: what changed between two points, and which events did it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.stories import BEGINNING, COUNTY, OFFICE, OPENED, STORY, finding
from tests.running import Kaohe

DAY = "2022-12-31"


@pytest.fixture
def kaohe(tmp_path: Path) -> Kaohe:
    """An office in whose register the story stands."""
    office = Kaohe(tmp_path)
    office.imports(STORY)
    return office


def between(kaohe: Kaohe, start: str, end: str, *more: str) -> dict[str, Any]:
    """The difference of two points of the county."""
    return dict(kaohe.json("diff", COUNTY, "--from", start, "--to", end, *more))


def causes(line: dict[str, Any]) -> list[object]:
    """The positions and days that caused a change."""
    return [cause.get("position") or cause["day"] for cause in line["causes"]]


def test_a_retraction_takes_its_line_away(kaohe: Kaohe) -> None:
    """Between the positions around a retraction only its line went, caused by that event."""
    found = between(kaohe, f"{DAY}@#8", f"{DAY}@#9")
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
    page = kaohe("diff", COUNTY, "--from", f"{DAY}@#8", "--to", f"{DAY}@#9").stdout
    assert "吸收 5 → 0，随条目增减" in page


def test_a_correction_swaps_a_line(kaohe: Kaohe) -> None:
    """A corrected adoption goes with its old content and comes with the new one."""
    found = between(kaohe, f"{DAY}@#5", f"{DAY}@#6")
    ((went,), (came,)) = found["went"], found["came"]
    assert (went["effective_from"], came["effective_from"]) == ("2022-03-05", "2022-03-06")
    assert causes(went) == causes(came) == [6]
    assert came["causes"][0]["summary"].startswith("更正事件 #5：层级改为省政府办公厅")


def test_a_deadline_that_passed_is_a_day(kaohe: Kaohe) -> None:
    """With the same knowledge, a commission's line comes because its due day passed."""
    found = between(kaohe, "2022-05-20", "2022-05-21")
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


def test_an_event_and_a_day_may_both_be_needed(kaohe: Kaohe) -> None:
    """A commission unknown at the first point and not yet due on its day has both causes."""
    (line,) = between(kaohe, "2022-05-20@#10", "2022-05-21")["came"]
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


def test_a_ruling_on_a_cap_is_named_beside_the_cap(kaohe: Kaohe) -> None:
    """A lower cap absorbs more; the ruling that set it is the cause."""
    found = between(kaohe, f"{DAY}@#9", f"{DAY}@#10")
    (cap,) = found["caps"]
    assert (cap["cap_before"], cap["cap_after"], cap["change"]) == ("5", "3", "2")
    assert causes(cap) == [10]
    assert (found["went"], found["came"], found["change"]["total"]) == ([], [], "2")
    page = kaohe("diff", COUNTY, "--from", f"{DAY}@9", "--to", f"{DAY}@10").stdout
    assert "上限 5 → 3，吸收 0 → 2" in page
    assert "#10 口径裁定" in page


def test_a_retracted_ruling_is_a_cause_too(kaohe: Kaohe) -> None:
    """Taking the ruling back brings the cap back, caused by the retraction."""
    kaohe("retract", "#10", "--reason", "办公会未通过", "--on", "2022-06-10")
    (cap,) = between(kaohe, f"{DAY}@#11", DAY)["caps"]
    assert (cap["cap_before"], cap["cap_after"], cap["change"]) == ("3", "5", "-2")
    assert causes(cap) == [12]


def test_a_ruling_corrected_twice_is_a_cause_each_time(kaohe: Kaohe) -> None:
    """A parameter that it was about only in between goes back by the second correction."""
    for parameter, value in (("indicators.liaison.cap", 1), ("liaison.notice_days", 15)):
        changes = (f"parameter={parameter}", f"value={value}")
        kaohe("correct", "#10", *changes, "--reason", "写错了参数", "--on", "2022-06-10")
    (cap,) = between(kaohe, f"{DAY}@#12", f"{DAY}@#13")["caps"]
    assert (cap["indicator"], cap["cap_before"], cap["cap_after"]) == ("liaison", "1", "2")
    assert causes(cap) == [13]
    (back, set_) = between(kaohe, f"{DAY}@#11", f"{DAY}@#12")["caps"]
    assert {cap["indicator"] for cap in (back, set_)} == {"accuracy", "liaison"}
    assert causes(back) == causes(set_) == [12]


def test_a_ruling_on_a_price_swaps_the_lines(kaohe: Kaohe) -> None:
    """Lines at the old price went and lines at the new one came, both by the ruling."""
    parameter = "parameter=indicators.special_adoption.points.province"
    kaohe("record", "RulingMade", "on=2022-06-02", parameter, "value=6", "reason=办公会定")
    found = between(kaohe, f"{DAY}@#11", DAY)
    assert [(line["change"], causes(line)) for line in (*found["went"], *found["came"])] == [
        ("-5", [12]),
        ("6", [12]),
    ]


def test_the_weight_of_a_group_is_a_part_of_its_own(tmp_path: Path) -> None:
    """What a group's weight swallows of new lines is shown, so that the parts add up."""
    kaohe = Kaohe(tmp_path)
    copied = [finding(f"抄{n}", f"2022-06-{n:02}", "plagiarism") for n in range(1, 13)]
    kaohe.imports([*BEGINNING, *copied])
    refusals = [finding(f"拒{n}", "2022-06-30", "non_cooperation") for n in range(1, 8)]
    kaohe.imports(refusals, "续.jsonl")
    found = between(kaohe, f"{DAY}@#15", DAY)
    (weight,) = found["weights"]
    assert (weight["group"], weight["weight"], weight["change"]) == ("support", "15", "2")
    assert (weight["absorbed_before"], weight["absorbed_after"]) == ("0", "2")
    assert causes(weight) == [16, 17, 18, 19, 20, 21, 22]
    parts = [part["change"] for key in ("went", "came", "caps", "weights") for part in found[key]]
    assert sum(map(Decimal, parts)) == Decimal(found["change"]["total"]) == -5


def test_the_cap_of_a_bonus_takes_from_what_came(tmp_path: Path) -> None:
    """A second person seconded adds nothing over the cap of 10, and the cap's part says so."""
    kaohe = Kaohe(tmp_path)
    seconded = {"type": "SecondmentStarted", "on": "2022-02-01", "unit": COUNTY, "host": "city"}
    kaohe.imports(
        [*BEGINNING, *({**seconded, "secondment": n, "person": f"人员{n}"} for n in "12")]
    )
    found = between(kaohe, "2022-04-30", "2022-05-01")
    assert [line["change"] for line in found["came"]] == ["10", "10"]
    (cap,) = found["caps"]
    assert (cap["indicator"], cap["change"], cap["absorbed_after"]) == ("secondment", "-10", "10")
    assert causes(cap) == ["2022-05-01"]
    assert found["change"] == {"total": "10", "base": "0", "bonus": "10"}


def test_another_rulebook_is_a_part_of_the_difference(tmp_path: Path) -> None:
    """When the cycle's rulebook is corrected, other weights are parts, caused by the correction."""
    kaohe = Kaohe(tmp_path)
    text = Path("domain/rulebooks/shuozhou-2022.toml").read_text(encoding="utf-8")
    for old, new in (
        ('id = "shuozhou-2022"', 'id = "shuozhou-b"'),
        ('"组织领导"\nweight = 16', '"组织领导"\nweight = 17'),
        ('"信息保障"\nweight = 15', '"信息保障"\nweight = 14'),
        ('group = "organisation"\nweight = 6', 'group = "organisation"\nweight = 7'),
        (
            '"信息质量情况"\ngroup = "support"\nweight = 5',
            '"信息质量情况"\ngroup = "support"\nweight = 4',
        ),
        ('rule = "finding"\npoints = -5\ncap = 5', 'rule = "finding"\npoints = -5\ncap = 4'),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "shuozhou-b.toml").write_text(text, encoding="utf-8")
    register = kaohe.file([*BEGINNING, finding("F1", "2022-02-01")])
    other = ("--rulebooks", tmp_path)
    kaohe(*other, "import", register)
    kaohe(*other, "correct", "#1", "rulebook=shuozhou-b", "--reason", "细则调整")
    found = kaohe.json(*other, "diff", COUNTY, "--from", "2022-02-01@#4", "--to", "2022-02-01")
    assert (found["from"]["rulebook"], found["to"]["rulebook"]) == ("shuozhou-2022", "shuozhou-b")
    assert [(w["group"], w["change"], causes(w)) for w in found["weights"]] == [
        ("organisation", "1", [5]),
        ("support", "-1", [5]),
    ]
    assert [(c["cap_before"], c["cap_after"], causes(c)) for c in found["caps"]] == [
        ("5", "4", [5])
    ]
    assert found["change"]["total"] == "1"


def test_both_sides_are_those_of_the_score(kaohe: Kaohe) -> None:
    """The totals of both points are what ``kaohe score`` says there."""
    found = between(kaohe, "2022-05-01@#7", "2023-01-31")
    for side, asked in (("from", ("2022-05-01", "#7")), ("to", ("2023-01-31", "#11"))):
        sheet = kaohe.sheets("--as-of", asked[0], "--known-at", asked[1])[COUNTY]
        shown = {key: found[side][key] for key in ("total", "base", "bonus")}
        assert shown == {key: sheet[key] for key in ("total", "base", "bonus")}
        assert (found[side]["as_of"], f"#{found[side]['known_at']['position']}") == asked


LATER = {
    **OPENED,
    "cycle": "2023",
    "on": "2023-01-01",
    "starts": "2023-01-01",
    "ends": "2023-12-31",
    "evidence_due": "2024-01-15",
    "duty_due": "2023-03-31",
}


def test_a_ruling_for_another_cycle_is_no_cause(tmp_path: Path) -> None:
    """Of two rulings on one cap, only the one for the cycle asked about moved it."""
    kaohe = Kaohe(tmp_path)
    ruling = {
        "type": "RulingMade",
        "on": "2023-02-01",
        "parameter": "indicators.accuracy.cap",
        "value": 3,
        "reason": "办公会定",
    }
    rulings = [{**ruling, "cycle": "2023"}, {**ruling, "cycle": "2022"}]
    kaohe.imports([*BEGINNING, LATER, finding("F1", "2022-02-01"), *rulings])
    (cap,) = between(kaohe, "2022-12-31@#5", "2022-12-31")["caps"]
    assert causes(cap) == [7]


def test_the_cycle_is_that_of_the_end(tmp_path: Path) -> None:
    """Both points are asked in the cycle of the second, unless one is named."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports([*BEGINNING, LATER])
    found = between(kaohe, "2022-12-01", "2023-01-31")
    assert (found["cycle"], found["from"]["cycle"], found["change"]["total"]) == (
        "2023",
        "2023",
        "0",
    )
    found = between(kaohe, "2022-12-01", "2023-01-31", "--cycle", "2022")
    assert (found["cycle"], found["change"]["total"]) == ("2022", "-3")


def test_nothing_changed_is_said(kaohe: Kaohe) -> None:
    """Two points with the same lines give empty lists and one sentence."""
    found = between(kaohe, DAY, DAY)
    assert [found[key] for key in ("went", "came", "caps", "weights")] == [[], [], [], []]
    page = kaohe("diff", COUNTY, "--from", DAY, "--to", DAY).stdout
    assert "两个时点的得分条目完全相同" in page


def test_the_printed_parts_name_their_events(kaohe: Kaohe) -> None:
    """The page lists each part with its sign, its reason, and the events with file and row."""
    page = kaohe("diff", COUNTY, "--from", "2022-05-05@#8", "--to", "2022-06-30").stdout
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


def test_known_at_a_day(kaohe: Kaohe) -> None:
    """What follows ``@`` may be a day: everything here was recorded later, so nothing is known."""
    said = kaohe("diff", COUNTY, "--from", f"{DAY}@2022-12-31", "--to", DAY, exit_code=1).stderr
    assert "到 #0 为止没有登记过考核年度“2022”" in said


@pytest.mark.parametrize(
    "point", ["@#3", "2022-13-01", "2022-12-31@", "2022-12-31@三月", "昨天", "2022-12-31@#x"]
)
def test_a_point_that_cannot_be_read_is_wrong_usage(kaohe: Kaohe, point: str) -> None:
    """A point without a day, or with a moment that is none, is refused and a right one shown."""
    said = kaohe("diff", COUNTY, "--from", point, "--to", DAY, exit_code=2).stderr
    assert "应写成 2022-12-31" in said


def test_a_position_past_the_end_is_refused(kaohe: Kaohe) -> None:
    """A position that the log does not have is no point."""
    said = kaohe("diff", COUNTY, "--from", f"{DAY}@#99", "--to", DAY, exit_code=1).stderr
    assert "日志只到 #11" in said


def test_a_unit_unknown_at_one_point_is_refused(kaohe: Kaohe) -> None:
    """Before its enrolment a unit has no score to compare with; the message says where."""
    said = kaohe("diff", OFFICE, "--from", f"{DAY}@#2", "--to", DAY, exit_code=1).stderr
    assert f"到 #2 为止没有登记过单位“{OFFICE}”" in said
