"""Lines that rest on something missing: what was looked for, by when, and what there was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.offices import TWO, Office
from tests.cli.registers import Line, brief, issued, studied
from tests.cli.trails import decided, lines, only, trail_of

END = "2023-01-31"
YEAR: list[Line] = [
    {**TWO[0], "duty_due": "2022-03-31"},
    *TWO[1:],
    {"type": "QuotaSet", "on": "2022-06-01", "kind": "brief", "required": 3,
     "from": "2022-07-01", "to": "2022-09-30"},
    {"type": "DocumentIssued", "on": "2022-02-01", "document": "文1", "title": "工作通知",
     "kind": "notice", "instruction_due": "2022-03-01"},
    {"type": "LeaderInstructed", "on": "2022-03-09", "unit": "应县", "document": "文1"},
    studied(on="2023-01-20", topics=["brief"]),
    {"type": "DutyRosterReported", "on": "2022-03-20", "unit": "应县", "leader": "赵某"},
    {"type": "DutyRosterReported", "on": "2022-04-20", "unit": "应县", "agency": "秘书科"},
    {"type": "StaffChanged", "on": "2022-05-01", "change": "变1", "unit": "应县", "role": "staff"},
    {"type": "StaffChangeNotified", "on": "2022-05-30", "change": "变1"},
    issued("约1"),
    {"type": "CommissionExtended", "on": "2022-05-08", "commission": "约1",
     "due": "2022-05-20T17:00:00+08:00"},
    {"type": "SubmissionReceived", "on": "2022-05-25", "item": "Y1", "unit": "应县",
     "kind": "commissioned", "title": "答复", "commission": "约1"},
    issued("约2", on="2022-06-01", due="2022-06-10"),
    brief("甲"),
    brief("乙", labelled=False),
    brief("丙", content="party_affairs"),
    brief("丁", unit="开发区"),
    {"type": "ItemEndorsed", "on": "2022-09-01", "item": "甲", "level": "city"},
    {"type": "RulingMade", "on": "2022-12-01", "parameter": "evidence.cure", "value": "never",
     "reason": "逾期不补"},
]  # fmt: skip
"""Positions: 6 quota, 7 and 8 document, 9 meeting, 10 and 11 rosters, 12 and 13 change, 14 to 17
commissions, 18 to 20 briefs, 22 endorsement."""
CODES = {
    "instruction_missing", "deployment_missing", "duty_missing", "duties_late",
    "change_unreported", "commission_overdue", "quota_shortfall", "endorsed_not_adopted",
}  # fmt: skip
"""All codes of lines that stand for something that is not there."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, dict[str, Any]]:
    """An office that answered an appeal against a whole sheet on which much is missing."""
    office = Office(tmp_path_factory.mktemp("missing")).opened(YEAR)
    office.first("publish", "--as-of", END)
    return office, trail_of(office.first, decided(office, "rejected"))


@pytest.mark.parametrize(
    ("wanted", "looked_for", "due", "found"),
    [
        ({"code": "instruction_missing"}, "应县主要领导在 文1《工作通知》上的批示", "2022-03-01",
         [(8, False, "2022-03-09 批示，晚于期限")]),
        ({"code": "deployment_missing", "text": "未对简报任务进行会议研究部署"},
         "应县在本年度内对简报任务的会议研究部署", "2023-01-15",
         [(9, False, "2023-01-20 研究部署，晚于期限")]),
        ({"code": "deployment_missing", "text": "未对专报任务进行会议研究部署"},
         "应县在本年度内对专报任务的会议研究部署", "2023-01-15", []),
        ({"code": "duty_missing", "text": "未在规定时间内明确承办机构"},
         "应县在本年度内报送的职责名单，其中明确承办机构", "2022-03-31",
         [(11, False, "2022-04-20 报送，晚于期限")]),
        ({"code": "duties_late"},
         "应县在本年度内报送的职责名单，分管领导、承办机构、业务人员都要报齐",
         "2022-03-31",
         [(10, True, "2022-03-20 报送，有分管领导"),
          (11, False, "2022-04-20 报送，有承办机构，已逾期")]),
        ({"code": "change_unreported"}, "应县告知人员变动 变1", "2022-05-11",
         [(13, False, "2022-05-30 告知，晚于期限")]),
        ({"code": "commission_overdue", "effective_from": "2022-05-20"},
         "应县对约稿 约1 的报送，或与本单位无关的反馈", "2022-05-20T17:00:00+08:00",
         [(16, False, "2022-05-25 答复，晚于期限")]),
        ({"code": "commission_overdue", "effective_from": "2022-06-11"},
         "应县对约稿 约2 的报送，或与本单位无关的反馈", "2022-06-10", []),
        ({"code": "endorsed_not_adopted"}, "信息 甲 被任何一级采用的登记", None, []),
    ],
)  # fmt: skip
def test_what_was_looked_for(
    asked: tuple[Office, dict[str, Any]],
    wanted: dict[str, str],
    looked_for: str,
    due: str | None,
    found: list[tuple[int, bool, str]],
) -> None:
    """The duty, its due in force, how far the log was searched, and what came too late."""
    _, trail = asked
    told = {line["effective_to"]: line for line in lines(trail) if wanted.items() <= line.items()}
    missing = next(iter(told.values()))["missing"]
    assert (missing["looked_for"], missing["due"]) == (looked_for, due)
    assert [(one["event"], one["counts"], one["text"]) for one in missing["found"]] == found
    assert missing["upto"] == trail["end"]["event"]
    assert {one[0] for one in found} <= {event["position"] for event in trail["events"]}


def test_a_quota_that_was_not_filled(asked: tuple[Office, dict[str, Any]]) -> None:
    """How many were due, which counted, and why each of the others of the unit did not."""
    office, trail = asked
    missing = only(trail, code="quota_shortfall")["missing"]
    assert (missing["required"], missing["counted"], missing["due"]) == (3, 1, "2022-09-30")
    assert [(one["event"], one["counts"]) for one in missing["found"]] == [
        (18, True),
        (19, False),
        (20, False),
    ]
    text = office.first("appeal", "trail", "1", "--brief").stdout
    assert "期限 2022-09-30；日志到 #27 为止，计入 1 条，少 2 条" in text
    assert "#19 不计入：乙：没有标注信息类型" in text
    assert "#20 不计入：丙：内容属于党务信息" in text


def test_every_kind_of_line_is_taken_up(asked: tuple[Office, dict[str, Any]]) -> None:
    """The register has a line of every code that rests on nothing; each says what is missing."""
    _, trail = asked
    told = [(line["code"], line["missing"] is not None) for line in lines(trail)]
    assert {code for code, _ in told} == CODES
    assert all(missing for _, missing in told)


def test_a_pending_line_says_that_its_due_is_to_come(tmp_path: Path) -> None:
    """As of a day before the due, the line is pending and so is the duty."""
    office = Office(tmp_path).opened(YEAR[:8])
    office.first("publish", "--as-of", "2022-12-31")
    trail = trail_of(office.first, decided(office, "rejected", indicator="deployment"))
    missing = next(line for line in lines(trail) if line["contested"])["missing"]
    assert missing["pending"] is True
    assert "期限 2023-01-15，尚未到期" in office.first("appeal", "trail", "1").stdout


def test_what_was_missing_when_published_and_came_with_the_decision(tmp_path: Path) -> None:
    """The line that went says up to which event there was none, and what took it away."""
    office = Office(tmp_path).opened(YEAR)
    office.first("publish", "--as-of", END)
    declined = {"type": "CommissionDeclined", "on": "2022-06-08", "commission": "约2"}
    number = decided(office, "upheld", [{**declined, "unit": "应县"}], indicator="commissioned")
    trail = trail_of(office.first, number)
    gone = next(line for line in lines(trail) if line["contested"] and line["after"] is None)
    assert gone["missing"]["upto"] == len(YEAR)
    assert gone["missing"]["found"] == []
    assert gone["causes"] == trail["corrections"]
