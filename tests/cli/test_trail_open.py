"""``kaohe appeal trail`` before the decision: how things stand, and what is proposed tried out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.driving import events_of, refused
from tests.cli.offices import FIRST, YEAR, Office, by
from tests.cli.registers import adopted, corrected, retracted
from tests.cli.trails import ANOTHER, only, sheet_at, trail_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with its year published."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def test_an_open_appeal_is_told_so_far(office: Office) -> None:
    """Before anything is proposed, the present score stands beside the one that was published."""
    number = office.appeal("应县", "--indicator", "commissioned")
    trail = trail_of(office.first, number)
    assert (trail["appeal"]["state"], trail["eve"], trail["end"]) == ("lodged", None, None)
    assert (trail["before"]["total"], trail["after"]["total"]) == ("80", "80")
    assert trail["after"]["kind"] == "now"
    assert only(trail, contested=True)["code"] == "commission_overdue"
    assert "尚未决定" in office.first("appeal", "trail", number, "--brief").stdout
    assert "指标：约稿信息报送情况" in office.first("appeal", "trail", number).stdout


def test_what_is_proposed_is_tried_out(tmp_path: Path) -> None:
    """The score that the decision would give, and then gives; nothing is recorded for it."""
    office = Office(tmp_path).opened([*YEAR, *ANOTHER])
    office.publish()
    number = office.appeal("应县", "--event", "约一")
    office.propose(number, "upheld", [adopted("甲", level="province"), retracted("约一")])
    head = len(events_of(office.first))
    tried = trail_of(office.first, number)
    alone = ("appeal", "decide", number, "--outcome", "upheld", "--reasons", "同意")
    assert "不能由同一人决定" in refused(by(office.first, f" {FIRST[0]}　{FIRST[1]}"), *alone)
    assert trail_of(office.first, number) == tried
    assert len(events_of(office.first)) == head == tried["known_at"]["position"]
    office.decide(number, "upheld")
    done = trail_of(office.first, number)
    assert (tried["after"]["kind"], done["after"]["kind"]) == ("proposed", "decided")
    assert tried["ranks"] == done["ranks"]
    names = dict(zip(tried["trial"]["events"], done["corrections"], strict=True))
    would = json.dumps(tried, ensure_ascii=False)
    for name, position in names.items():
        would = would.replace(f'"{name}"', str(position))
    then = json.loads(would)
    assert then["steps"] == done["steps"]
    assert sheet_at(then, "after") == sheet_at(done, "after")
    assert tried["after"]["sheets"] is None
    supposed = [event for event in tried["events"] if not event["recorded"]]
    assert [event["row"] for event in supposed] == list(names) == ["拟更正第 1 条", "拟更正第 2 条"]
    for event in supposed:
        assert (event["position"], event["leaf"], event["recorded_at"]) == (None, None, None)


@pytest.mark.parametrize("form", ["", ".html", ".md", ".json"])
def test_what_is_only_tried_out_is_not_cited_by_number(office: Office, form: str) -> None:
    """An event that is not recorded has no number yet: another may be recorded under it.

    Each form cites it by the correction that it would follow from, also as the target of another.
    """
    number = office.appeal("应县", "--event", "约一")
    added = adopted("甲", level="province", ref="省甲")
    fixed = [added, corrected("省甲", on="2022-08-06"), retracted("约一")]
    office.propose(number, "upheld", fixed)
    head = len(events_of(office.first))
    file = office.first.folder / f"答复{form}"
    asked = ("--out", file) if form else ()
    said = office.first("appeal", "trail", number, *asked).stdout or file.read_text("utf-8")
    text = re.sub(r"<[^>]*>|&#\d+;", "", said)
    assert f"#{head}" in text or form == ".json"
    for beyond in range(head + 1, head + 6):
        assert not re.search(rf"(?m)[#：]{beyond}\b|^ +{beyond},?$", text)
    assert text.count("拟更正第 3 条") >= 3
    assert "目标事件：拟更正第 1 条" in text or form == ".json"


def test_a_proposal_that_no_longer_holds_says_why(office: Office) -> None:
    """What could not be recorded any more is told, beside the score as it is."""
    number = office.appeal()
    office.propose(number, "upheld", [retracted("约一")])
    office.first("retract", "约一", "--reason", "已另行处理")
    office.second("confirm", "1")
    trail = trail_of(office.first, number)
    (fault,) = trail["trial"]["faults"]
    assert "撤销" in fault
    assert trail["trial"]["events"] == []
    assert (trail["before"]["total"], trail["after"]["total"]) == ("80", "82")
    assert f"拟作的更正现在不能登记：{fault}" in office.first("appeal", "trail", number).stdout
