"""``kaohe list``: what each list says of small registers, at any day and moment of knowledge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.cli.driving import misused, refused
from tests.cli.lists import NEXT_YEAR, listed, told
from tests.cli.registers import (
    OPENING,
    YEAR_END,
    adopted,
    brief,
    corrected,
    issued,
    retracted,
    studied,
)
from tests.running import Kaohe

if TYPE_CHECKING:
    import pytest

END = ("--as-of", YEAR_END)


def test_corrections_and_retractions_count_from_when_they_are_known(opened: Kaohe) -> None:
    """A title corrected and an adoption taken back: as known before, and as known now."""
    opened.imports(
        [
            brief("甲"),
            adopted("甲", level="province"),
            corrected(6, title="改过"),
            retracted(7),
        ]
    )
    now = listed(opened, "submissions", *END)
    assert told(now, "title", "events") == [("改过", [6, 8])]
    assert listed(opened, "adoptions", *END) == []
    before = ("--known-at", "#7")
    assert told(listed(opened, "submissions", *END, *before), "title", "events") == [
        ("简报甲", [6])
    ]
    assert told(listed(opened, "adoptions", *END, *before), "item", "level", "counts") == [
        ("甲", "province", "first")
    ]
    assert listed(opened, "submissions", "--as-of", "2022-07-31") == []


def test_a_list_may_be_called_by_its_title(opened: Kaohe) -> None:
    """What the help shows beside each name is a name too; anything else is told what there is."""
    opened.imports([brief("甲"), adopted("甲")])
    assert opened("list", "信息采用", *END).stdout == opened("list", "adoptions", *END).stdout
    assert opened("list", "全部", *END).stdout == opened("list", "all", *END).stdout
    assert "adoptions（信息采用）" in misused(opened, "list", "采编")


def test_a_list_may_begin_on_a_day(opened: Kaohe) -> None:
    """Only what happened then or later is listed, and the list says so; posts are never vacant."""
    opened.imports(
        [brief("甲", on="2022-08-01T23:00"), brief("乙", on="2022-08-02"), issued("约1")]
    )
    begun = ("--from", "2022-8-2")
    assert told(listed(opened, "submissions", *END, *begun), "item") == [("乙",)]
    assert len(listed(opened, "submissions", *END, "--from", "2022-8-1")) == 2
    assert listed(opened, "staff", *END, *begun) == []
    assert listed(opened, "staff", *END) != []
    everything = opened("list", "all", *END, *begun).stdout
    assert "只列 2022-08-02 起的。" in everything
    assert "约1" not in everything
    assert "晚于清单的日期" in misused(opened, "list", "all", *END, "--from", "2023-01-01")


def test_why_a_submission_does_not_count(opened: Kaohe) -> None:
    """Channel and reasons by the scheme; of two authors the one without a quota has none."""
    quota = {
        "type": "QuotaSet", "on": "2022-07-01", "kind": "brief", "required": 2,
        "from": "2022-07-01", "to": "2022-09-30", "units": ["应县"],
    }  # fmt: skip
    opened.imports(
        [
            quota,
            brief("一", mailbox="szxxgkk@126.com"),
            brief("二", labelled=False, mailbox="szszwxx@126.com"),
            brief("三", content="party_affairs"),
            brief("四", on="2022-06-30"),
            brief("五", on="2022-10-01"),
            brief("六", unit="应县、市财政局"),
            brief("七", kind="special", characters=1499, labelled=False),
        ]
    )
    rows = listed(opened, "submissions", *END)
    assert told(rows, "item", "channel", "counted", "counted_for", "why_not") == [
        ("四", "regular", "not_counted", [], ["before_counting"]),
        ("一", "regular", "counted", ["应县"], []),
        ("二", "unlabelled_mis_sent", "not_counted", [], ["unlabelled", "mailbox"]),
        ("三", "regular", "not_counted", [], ["content"]),
        ("六", "regular", "partly", ["应县"], ["no_quota"]),
        ("七", "unlabelled", "not_counted", [], ["characters", "unlabelled"]),
        ("五", "regular", "not_counted", [], ["no_period"]),
    ]
    mine = listed(opened, "submissions", *END, "--unit", "市财政局")
    assert told(mine, "item") == [("六",)]


def test_endorsements_say_whether_they_count(opened: Kaohe) -> None:
    """The first of a level does, a second not, nor one of the party, nor one without adoption."""
    endorsed = {"type": "ItemEndorsed", "on": "2022-08-06", "item": "甲", "level": "city"}
    opened.imports(
        [
            brief("甲"), brief("乙"), adopted("甲"), endorsed, {**endorsed, "on": "2022-08-07"},
            {**endorsed, "body": "party"}, {**endorsed, "item": "乙", "on": "2022-08-08"},
        ]
    )  # fmt: skip
    rows = listed(opened, "endorsements", *END)
    assert told(rows, "item", "adopted_on", "counts", "events") == [
        ("甲", "2022-08-05", "first", [6, 8, 9]),
        ("甲", "2022-08-05", "elsewhere", [6, 8, 11]),
        ("甲", "2022-08-05", "repeated", [6, 8, 10]),
        ("乙", None, "not_adopted", [7, 12]),
    ]


def test_a_merged_item_has_the_authors_of_its_parts(opened: Kaohe) -> None:
    """Its adoption is listed for each of them, and rests on what says so."""
    merger = {
        "type": "ItemsMerged", "on": "2022-08-03", "item": "合", "items": ["甲", "乙"],
        "kind": "brief", "title": "合编",
    }  # fmt: skip
    opened.imports([brief("甲"), brief("乙", unit="开发区"), merger, adopted("合")])
    rows = listed(opened, "adoptions", *END, "--unit", "开发区")
    assert told(rows, "item", "units", "events") == [("合", ["应县", "开发区"], [6, 7, 8, 9])]


def test_evidence_of_the_year_may_come_after_its_end(opened: Kaohe) -> None:
    """A meeting in January still counts for the year, and is listed; one before it is not."""
    days = ("2021-12-31", "2022-01-01", "2023-01-10")
    opened.imports([studied(on=day) for day in days])
    rows = listed(opened, "meetings", "--as-of", "2023-01-31", "--cycle", "2022")
    assert told(rows, "on", "topics") == [("2022-01-01", ["brief"]), ("2023-01-10", ["brief"])]


def test_instructions_and_a_document_not_due_yet(opened: Kaohe) -> None:
    """Acted upon in time and late, awaited on the day of the due, missing the day after."""
    document = {
        "type": "DocumentIssued", "on": "2022-03-01", "document": "通1", "title": "通报",
        "kind": "circular", "instruction_due": "2022-03-20",
    }  # fmt: skip
    written = {"type": "LeaderInstructed", "on": "2022-03-20", "unit": "应县", "document": "通1"}
    opened.imports(
        [document, {**written, "leader": "县长"}, {**written, "on": "2022-03-22", "unit": "开发区"}]
    )
    states = {
        day: told(listed(opened, "instructions", "--as-of", day), "unit", "state")
        for day in ("2022-03-20", "2022-03-21", "2022-03-22")
    }
    assert states["2022-03-20"] == [
        ("应县", "in_time"), ("开发区", "open"), ("市财政局", "open"), ("市教育局", "open"),
    ]  # fmt: skip
    assert {state for _, state in states["2022-03-21"]} == {"in_time", "missing"}
    assert states["2022-03-22"] == [
        ("应县", "in_time"), ("开发区", "late"), ("市财政局", "missing"), ("市教育局", "missing"),
    ]  # fmt: skip
    (row,) = listed(opened, "instructions", *END, "--unit", "应县")
    assert (row["leader"], row["on"], row["due"]) == ("县长", "2022-03-20", "2022-03-20")


def test_rulings_say_from_which_event_they_hold(opened: Kaohe) -> None:
    """A later ruling overtakes an earlier one; before it is known, the earlier one holds.

    One for another year is not listed.
    """
    ruled = {
        "type": "RulingMade", "on": "2022-06-01", "parameter": "liaison.notice_days", "value": 15,
        "reason": "会议纪要", "document": "纪要1号",
    }  # fmt: skip
    opened.imports([ruled, {**ruled, "on": "2022-07-01", "value": 20, "cycle": "2022"}])
    opened.imports([NEXT_YEAR, {**ruled, "value": 30, "cycle": "2023"}], "次年.jsonl")
    keys = ("position", "value", "default", "cycle", "in_force", "actor")
    rows = listed(opened, "rulings", "--as-of", "2022-03-01")
    assert told(rows, *keys) == [
        (6, "15", "10", None, False, "张三"),
        (7, "20", "10", "2022", True, "张三"),
    ]
    known = listed(opened, "rulings", *END, "--known-at", "#6")
    assert told(known, *keys) == [(6, "15", "10", None, True, "张三")]


def test_secondments_at_the_ends_of_months(opened: Kaohe) -> None:
    """From 30 November three months are complete on 28 February, not a day earlier."""
    started = {
        "type": "SecondmentStarted", "on": "2022-11-30", "secondment": "跟1", "unit": "应县",
        "person": "赵六", "host": "city",
    }  # fmt: skip
    whole = {**started, "secondment": "跟2", "unit": "开发区"}
    opened.imports([started, whole])
    keys = ("months", "days", "complete_on", "state")
    for day, months, days in (("2023-02-27", 2, 28), ("2023-02-28", 3, 0)):
        rows = listed(opened, "secondments", "--as-of", day, "--unit", "应县")
        assert told(rows, *keys) == [(months, days, "2023-02-28", "running")]
    ended = {"type": "SecondmentEnded", "on": "2023-02-27", "secondment": "跟1"}
    opened.imports([ended, {**ended, "on": "2023-02-28", "secondment": "跟2"}], "返.jsonl")
    assert told(listed(opened, "secondments", "--as-of", "2023-03-31"), *keys) == [
        (2, 28, "2023-02-28", "early"),
        (3, 0, "2023-02-28", "complete"),
    ]


def test_units_are_found_by_alias_and_width(opened: Kaohe) -> None:
    """An alias, full-width letters and white space find a unit; a wrong one is told the nearest."""
    enrolled = {
        "type": "UnitEnrolled",
        "on": "2022-01-01",
        "unit": "ＡＢＣ中心",
        "category": "zone",
    }
    opened.imports([enrolled, studied(), studied(unit="abc中心".upper()), studied(unit="开发区")])
    rows = listed(opened, "meetings", *END, "--unit", "应县人民政府", "--unit", " ABC 中心")
    assert told(rows, "unit") == [("应县",), ("ＡＢＣ中心",)]
    assert "最接近的有：应县" in refused(opened, "list", "meetings", "--unit", "应")


def test_units_are_called_as_on_the_day(opened: Kaohe) -> None:
    """A renamed unit has its old name before the day, and its new one from it on."""
    renamed = {"type": "UnitChanged", "on": "2022-06-01", "unit": "开发区", "name": "高新区"}
    opened.imports([studied(unit="开发区"), renamed])
    for day, name in (("2022-05-31", "开发区"), ("2022-06-01", "高新区")):
        assert told(listed(opened, "meetings", "--as-of", day), "unit") == [(name,)]


def test_what_cannot_be_listed_is_told(opened: Kaohe) -> None:
    """An unknown list, one in which nothing is ever open, and a workbook on the screen."""
    assert "submissions" in misused(opened, "list", "任务")
    assert "commissions" in refused(opened, "list", "findings", "--open")
    assert "--to" in misused(opened, "list", "staff", "--format", "xlsx")
    assert "xlsx" in misused(opened, "list", "all", "--format", "csv")


def test_a_register_without_a_year_has_no_lists(kaohe: Kaohe) -> None:
    """It says what has to be recorded first."""
    kaohe("init")
    assert "CycleOpened" in refused(kaohe, "list", "staff")


def test_lists_on_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> None:
    """The very same lists, every one of them, from the same events on both databases."""
    roster = {"type": "DutyRosterReported", "on": "2022-03-01", "unit": "应县", "leader": "王一"}
    joint = brief("甲", unit="应县、开发区")
    lines = [*OPENING, joint, adopted("甲"), issued("约1"), roster, studied()]
    answers = []
    for database in (None, postgres_url):
        kaohe = Kaohe(tmp_path_factory.mktemp("office"), database)
        kaohe.imports(lines)
        text = kaohe("list", "all", *END, "--format", "json").stdout
        answers.append(re.sub(r'"recorded_at": "[^"]+"', "", text))
    assert answers[0] == answers[1]
    assert answers[0].count("王一") > 0
