"""``kaohe log``: the events in the order in which they were recorded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.events.catalogue import CATALOGUE
from tests.cli.driving import events_of, refused
from tests.cli.registers import adopted, brief, corrected, retracted, studied
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe


@pytest.fixture
def items(opened: Kaohe) -> Kaohe:
    """#6 and #7 are an item of two units and its adoption, corrected by #8, retracted by #9."""
    opened.imports(
        [
            brief("甲", unit="应县、市教育局", ref="a"),
            adopted("甲", on="2022-08-05T17:30:00+08:00"),
            corrected(7, level="province"),
            retracted(7),
            studied(unit="市财政局"),
        ]
    )
    return opened


def test_every_event_stands_in_its_order_with_what_the_contract_lists(items: Kaohe) -> None:
    """Positions are dense from 1; each entry has its time, type, day, ref, actor and summary."""
    before = datetime.now(UTC)
    events = events_of(items)
    assert [event["position"] for event in events] == list(range(1, 11))
    wanted = {"position", "recorded_at", "type", "on", "ref", "actor", "summary"}
    assert all(event.keys() >= wanted for event in events)
    moments = [datetime.fromisoformat(event["recorded_at"]) for event in events]
    assert moments == sorted(moments)
    assert all(moment <= before and moment.tzinfo == UTC for moment in moments)
    assert [event["ref"] for event in events] == [None] * 5 + ["a"] + [None] * 4
    assert events[6]["on"] == "2022-08-05T17:30:00+08:00"


def test_what_became_of_an_event_is_told(items: Kaohe) -> None:
    """A corrected or retracted event is marked with the numbers of what did it."""
    entry = events_of(items)[6]
    assert (entry["corrected_by"], entry["retracted_by"]) == ([8], 9)
    said = items("log").stdout
    assert "【已由 #9 撤销】" in said
    assert "更正事件 #7：层级改为省政府办公厅（登记有误）" in said
    assert "撤销事件 #7（登记有误）" in said


def test_what_became_of_an_event_is_told_as_known(items: Kaohe) -> None:
    """With ``--known-at`` nothing is told that was recorded later."""
    for known, amended in (("#7", ([], None)), ("#8", ([8], None)), ("#9", ([8], 9))):
        entry = events_of(items, "--known-at", known)[6]
        assert (entry["corrected_by"], entry["retracted_by"]) == amended
    assert "撤销】" not in items("log", "--known-at", "#8").stdout


def test_the_log_of_a_unit_holds_what_is_about_it(items: Kaohe) -> None:
    """Its enrolment, its items also where it is a co-author, and what amended them; no more."""
    assert [event["position"] for event in events_of(items, "--unit", "市教育局")] == [
        5,
        6,
        7,
        8,
        9,
    ]
    assert [event["position"] for event in events_of(items, "--unit", "市财政局")] == [4, 10]
    assert events_of(items, "--unit", "应县人民政府") == events_of(items, "--unit", "应县")


def test_parts_of_the_log_are_asked_for(items: Kaohe) -> None:
    """``--after`` and ``--last`` cut the list, alone, together and with a unit."""
    asked = [("--after", 8), ("--last", 3), ("--after", 8, "--last", 1), ("--after", 99)]
    found = [[event["position"] for event in events_of(items, *part)] for part in asked]
    assert found == [[9, 10], [8, 9, 10], [10], []]
    assert [e["position"] for e in events_of(items, "--unit", "应县", "--last", 2)] == [8, 9]


def test_every_event_type_has_a_summary_in_chinese(kaohe: Kaohe) -> None:
    """Each type is told in the words of the office, with labels instead of codes."""
    kaohe.imports(EVERY_TYPE)
    events = events_of(kaohe)
    assert {event["type"] for event in events} == {entry.name for entry in CATALOGUE}
    codes = ("department", "commissioned", "outline_only", "leader_activity", "meeting_news")
    for event in events:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in event["summary"]), event
        assert not [code for code in codes if code in event["summary"]], event
        assert "None" not in event["summary"]
    said = kaohe("log").stdout
    assert all(f"#{position} " in said for position in range(1, len(events) + 1))


def test_an_empty_log_is_an_answer(kaohe: Kaohe) -> None:
    """A register without events has an empty log, and a log without a register is refused."""
    assert "没有数据库" in refused(kaohe, "log")
    kaohe("init")
    assert kaohe.json("log") == {"events": []}
    assert kaohe("log").stderr == ""


def test_a_negative_position_is_wrong_usage(opened: Kaohe) -> None:
    """``--after`` is a position."""
    opened("log", "--after", "-1", exit_code=2)


def test_the_events_of_the_opening_are_told(opened: Kaohe) -> None:
    """The first lines of a register read as a clerk would say them."""
    assert [event["summary"] for event in events_of(opened)][:3] == [
        "考核年度 2022 开始：2022-01-01 至 2022-12-31，采用 shuozhou-2022",
        "登记单位应县，县（市、区），别名应县人民政府",
        "登记单位开发区，开发区",
    ]
