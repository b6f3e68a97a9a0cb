"""What waits for a second person is told line by line: what it is about, old and new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.driving import events_of, refused, totals_of
from tests.cli.offices import DAY, YEAR, Office
from tests.cli.registers import Line, adopted, brief, retracted
from tests.cli.trails import trail_of

if TYPE_CHECKING:
    from pathlib import Path

CHANGE: Line = {
    "type": "StaffChanged", "on": "2022-06-01", "unit": "应县", "change": "变1", "role": "staff",
    "out": "甲某", "into": "乙某", "note": "来文", "ref": "变",
}  # fmt: skip
LINES: list[Line] = [
    {
        "type": "EventCorrected", "on": "2022-09-01", "target": "变", "reason": "名单抄错",
        "changes": {"role": "leader", "into": "丙某", "note": None},
    },
    {
        "type": "EventCorrected", "on": "2022-09-01", "target": "报甲", "reason": "漏看标注",
        "changes": {"labelled": False, "characters": 1600},
    },
    retracted("约一"),
    brief("乙", unit="应县人民政府", on="2022-07-05", note="补记", ref="报乙"),
    adopted("乙", ref="采乙"),
    {
        "type": "EventCorrected", "on": "2022-09-01", "target": "采乙", "reason": "看错层级",
        "changes": {"level": "province"},
    },
]  # fmt: skip
"""A code, a flag, a null, a field with a heading of its own, and an event of the same file."""
TOLD = [
    (
        "更正 #9 应县业务人员变动（变1），原任甲某，接任乙某："
        "变动岗位 业务人员 → 分管领导；接任 乙某 → 丙某；备注 来文 → （无）（名单抄错）"
    ),
    (
        "更正 #7 信息 甲《简报甲》由应县报送（简报，1620 字）："
        "字数 1620 → 1600；是否标注 是 → 否（漏看标注）"
    ),
    "撤销 #6 向应县约稿 约1《约稿约1》，截止 2022-05-10（登记有误）",
    "新登记 2022-07-05：信息 乙《简报乙》由应县报送（简报）；备注：补记",
    "新登记 2022-08-05：信息 乙 被市政府办公室采用（应县）",
    "更正 第 5 条 信息 乙 被市政府办公室采用（应县）：层级 市政府办公室 → 省政府办公厅（看错层级）",
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with a staff change, and an item of 1620 signs."""
    item = brief("甲", ref="报甲", characters=1620)
    return Office(tmp_path).opened([*YEAR[:6], item, YEAR[7], CHANGE])


def told(office: Office, *more: str) -> list[str]:
    """Return what the last proposal that is listed says, line by line."""
    found: list[str] = office.first.json("proposals", *more)["proposals"][-1]["summaries"]
    return found


def test_a_proposal_says_what_each_line_is_about(office: Office) -> None:
    """Old and new in the office's words, what is retracted, and what a new event says."""
    office.first.imports(LINES, "更正.jsonl")
    assert told(office) == TOLD
    shown = "".join(office.first("proposals").stdout.split())
    assert all("".join(said.split()) in shown for said in ("更正 #9", "乙某 → 丙某", "撤销 #6"))
    office.second("confirm", "1")
    assert told(office, "--all") == TOLD


def test_the_old_value_is_that_which_stands(office: Office) -> None:
    """While it waits, another correction may come first; what no longer can be is told as it was.

    Once refused, it is told as it was when it was proposed.
    """
    office.first.imports(LINES[1:2], "甲.jsonl")
    office.first("correct", "报甲", "characters=1700", "--reason", "重数")
    office.second("confirm", "2")
    assert "字数 1700 → 1600" in told(office)[0]
    for number, ref in (("3", "采甲"), ("4", "报甲")):
        office.first("retract", ref, "--reason", "误登")
        office.second("confirm", number)
    assert told(office) == TOLD[1:2]
    office.second("refuse", "1", "--reason", "已撤销")
    assert TOLD[1] in str(office.first.json("proposals", "--all"))


def test_other_evidence_is_told_by_its_bytes(office: Office) -> None:
    """A file of the same name may hold something else, and a correction may be corrected."""
    proofs = [{"name": "收文簿.pdf", "sha256": digit * 64} for digit in "ab"]
    change = {"type": "EventCorrected", "on": "2022-09-01", "target": "采甲", "reason": "误附"}
    first = {**change, "changes": {"evidence": proofs[:1]}, "ref": "改一"}
    office.first.imports([first], "一.jsonl")
    office.second("confirm", "1")
    office.first.imports([{**change, "changes": {"evidence": proofs[1:]}}], "二.jsonl")
    was, would = (f"收文簿.pdf（SHA-256 {proof['sha256']}）" for proof in proofs)
    about = "更正 #8 信息 甲 被市政府办公室采用（应县）"
    assert told(office) == [f"{about}：佐证材料 {was} → {would}（误附）"]
    again = {**change, "target": "改一", "changes": {"changes": {"level": "province"}}}
    office.first.imports([again], "三.jsonl")
    assert "层级改为省政府办公厅" in told(office)[0]


def test_the_paper_has_the_same_words(office: Office) -> None:
    """The corrections proposed in an appeal, before the decision and after it."""
    office.publish()
    number = office.appeal("应县", "--event", "约一")
    office.propose(number, "upheld", LINES)
    (offered,) = trail_of(office.first, number)["proposals"]
    assert offered["corrections"] == TOLD
    office.decide(number, "upheld")
    (offered,) = trail_of(office.first, number)["proposals"]
    assert offered["corrections"] == TOLD


def test_lines_that_fit_no_register_are_told_as_written(tmp_path: Path) -> None:
    """A register that is imported may hold a proposal about an event that it does not hold."""
    proposal: Line = {
        "type": "CorrectionProposed", "on": DAY, "proposal": 1, "reason": "误",
        "lines": [{"type": "EventRetracted", "on": DAY, "target": 99, "reason": "发错"}],
    }  # fmt: skip
    office = Office(tmp_path).opened([*YEAR, proposal])
    assert told(office) == [f"事件撤销（照原样）：on {DAY}；reason 发错；target 99"]


def test_who_confirms_sees_first_whose_total_changes(office: Office) -> None:
    """What is foreseen of a proposal, by its proposer or another, is what the confirmation gives.

    One of another number, or one that is confirmed already, is not foreseen.
    """
    office.first.imports(LINES, "更正.jsonl")
    assert "kaohe what-if --proposal" in office.second("proposals").stdout
    asked = ("what-if", "--proposal", "1", "--as-of", DAY)
    found = office.second.json(*asked)
    assert office.first.json(*asked) == found
    changed = next(unit for unit in found["units"] if unit["unit"] == "应县")
    assert changed["change"]["total"] == "7"
    head = len(events_of(office.first))
    assert "没有提案 2" in refused(office.second, "what-if", "--proposal", "2")
    office.second("confirm", "1")
    assert totals_of(office.first, "--as-of", DAY)["应县"] == changed["then"]["total"]
    assert "提案 1 已确认" in refused(office.second, *asked)
    before = office.second.json(*asked, "--known-at", f"#{head}", "--unit", "应县")
    assert before["units"][0]["change"] == changed["change"]
