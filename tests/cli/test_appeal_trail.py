"""``kaohe appeal trail``: the answer to the unit says what the sheets and the log say."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import events_of
from tests.cli.offices import DAY, FIRST, SECOND, TWO, YEAR, Office
from tests.cli.registers import adopted, corrected, issued, retracted, studied
from tests.cli.trails import ANOTHER, decided, lines, only, sheet_at, sheet_of, trail_of

PROOF = b"%PDF receipt"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with its year published."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def test_before_and_after_are_the_publications(tmp_path: Path, database_url: str) -> None:
    """Two appeals, one upheld with an addition and a retraction, one rejected, published again.

    Line by line the trail's two sides are both publications and what ``score`` gives there, on
    either database; both publications are reproduced bit for bit.
    """
    office = Office(tmp_path, database_url).opened([*YEAR, *ANOTHER])
    office.publish()
    first = office.published(1)
    upheld, rejected = office.appeal("应县", "--event", "约一"), office.appeal("开发区")
    added = adopted("甲", on="2022-08-09", level="province", ref="省甲")
    office.propose(upheld, "upheld", [added, retracted("约一", ref="撤约")])
    office.propose(rejected, "rejected")
    office.decide(upheld, "upheld")
    office.decide(rejected, "rejected")
    office.publish()
    second = office.published(2)
    for number, unit in ((upheld, "应县"), (rejected, "开发区")):
        trail = trail_of(office.first, number)
        for side, publication in (("before", first), ("after", second)):
            assert sheet_at(trail, side) == sheet_of(publication, unit)
            known = f"#{trail[side]['known_at']['position']}"
            score = office.first.json("score", "--as-of", DAY, "--known-at", known)
            assert sheet_at(trail, side) == sheet_of(score, unit)
        assert trail["before"]["sheets"] == first["sheets"] == trail["publication"]["sheets"]
        assert trail["publication"]["agrees"] is True
        assert trail["after"]["known_at"]["position"] == trail["after"]["recorded_upto"]
        (later,) = trail["later"]
        assert (later["publication"], later["agrees"], later["same_as_after"]) == (2, True, True)
    assert office.published(1) == first
    assert office.published(2) == second


def test_what_the_decision_did_is_told_from_what_others_did(tmp_path: Path) -> None:
    """Totals, steps and ranks add up; another appeal's correction is not the decision's own."""
    office = Office(tmp_path).opened([*YEAR, *ANOTHER])
    office.publish()
    one = decided(office, "upheld", [adopted("甲", on="2022-08-09", level="province")])
    two = decided(office, "partly", [retracted("约一")], event="约一")
    trail = trail_of(office.first, two)
    assert trail["change"] == {"total": "7", "meanwhile": "5", "by_decision": "2"}
    assert sum(Decimal(step["change"]) for step in trail["steps"]) == 7
    totals = [trail[side]["total"] for side in ("before", "eve", "after")]
    assert totals == ["80", "85", "87"]
    moved = {unit["unit"]: unit for unit in trail["ranks"]}
    assert [moved["应县"][side]["rank"] for side in ("before", "eve", "after")] == [2, 1, 1]
    assert [moved["开发区"][side]["rank"] for side in ("before", "eve", "after")] == [1, 2, 2]
    assert {name: unit["after"]["rank"] for name, unit in moved.items()} == {
        "应县": 1,
        "开发区": 2,
        "市财政局": 3,
        "市教育局": 3,
    }
    first = trail_of(office.first, one)["corrections"]
    causes = [only(trail, text="简报甲（甲）被省政府办公厅采用")["causes"], trail["corrections"]]
    assert causes == [first, [trail["end"]["event"] + 1]]
    assert "引起 +5" in office.first("appeal", "trail", two).stdout


def test_a_line_that_stays_is_told_beside_one_that_went(office: Office) -> None:
    """What the appeal names is contested, what changed is explained too, the rest only listed."""
    number = decided(office, "partly", [studied()], event="约一")
    trail = trail_of(office.first, number)
    told = {line["code"]: line for line in lines(trail) if line["detailed"]}
    assert set(told) == {"commission_overdue", "deployment_missing"}
    overdue = told["commission_overdue"]
    assert (overdue["contested"], overdue["changed"]) == (True, False)
    assert (overdue["points"], overdue["events"], overdue["causes"]) == ("-2", [6], [])
    pending = told["deployment_missing"]
    assert (pending["contested"], pending["before"]["state"]) == (False, "pending")
    assert pending["after"] is None
    assert pending["causes"] == trail["corrections"]
    named = {at for line in told.values() for at in (*line["events"], *line["causes"])}
    assert named <= {event["position"] for event in trail["events"]}
    assert trail["change"]["total"] == "0"


def test_every_event_is_told_with_where_it_came_from(office: Office) -> None:
    """Its day, when and by whom it was recorded, file and row, evidence, and what became of it."""
    number = office.appeal("应县", "--event", "约一")
    file = office.first.folder / "收文簿.pdf"
    file.write_bytes(PROOF)
    step = ("appeal", "evidence", number, "--description", "收文簿", "--evidence", file)
    office.second(*step)
    office.propose(number, "upheld", [retracted("约一")])
    office.decide(number, "upheld")
    trail = trail_of(office.first, number)
    events = {event["position"]: event for event in trail["events"]}
    logged = {event["position"]: event for event in events_of(office.first)}
    for at, event in events.items():
        for name in ("recorded_at", "type", "on", "ref", "actor", "source", "retracted_by"):
            assert event[name] == logged[at][name]
    assert [events[at]["type"] for at in trail["course"]] == [
        "AppealLodged",
        "AppealEvidenceAdded",
        "AppealProposed",
        "AppealDecided",
    ]
    assert events[6]["retracted_by"] == trail["corrections"][0]
    assert (events[6]["source"]["file"], events[6]["source"]["row"]) == ("年.jsonl", 6)
    (held,) = events[trail["course"][1]]["evidence"]
    assert held["name"] == "收文簿.pdf"
    assert (trail["end"]["actor"], trail["proposals"][0]["actor"]) == (SECOND, FIRST)
    text = office.first("appeal", "trail", number).stdout
    for said in (
        held["sha256"],
        "年.jsonl 第 6 行",
        f"由 #{events[6]['retracted_by']} 撤销",
        events[6]["leaf"],
    ):
        assert said in text


@pytest.mark.parametrize("form", ["", ".html", ".md"])
def test_every_line_of_the_sheets_can_be_traced(tmp_path: Path, form: str) -> None:
    """Also one that is not contested names its events, each of them with its file and row.

    What was recorded one by one says so; what is told in full is not told again.
    """
    office = Office(tmp_path).opened()
    item = ("on=2022-08-02", "item=乙", "unit=应县", "kind=brief", "title=乙")
    office.first("record", "SubmissionReceived", *item)
    office.first.imports([adopted("乙", on="2022-08-07")], "补.jsonl")
    office.publish()
    number = decided(office, "upheld", [retracted("约一")], event="约一")
    trail = trail_of(office.first, number)
    told = {event["position"] for event in trail["events"]}
    logged = {event["position"]: event["source"] for event in events_of(office.first)}
    rows = {
        place["event"]: (source["file"], source["sha256"], sheet["sheet"], place["row"])
        for source in trail["sources"]
        for sheet in source["sheets"]
        for place in sheet["rows"]
    }
    behind = {at for line in lines(trail) for at in line["events"]}
    assert rows.keys() == behind - told
    for at, place in rows.items():
        source = logged[at] or {}
        assert place == tuple(source.get(name) for name in ("file", "sha256", "sheet", "row"))
    assert {file for file, *_ in rows.values()} == {"年.jsonl", "补.jsonl", None}
    file = office.first.folder / f"答复{form}"
    asked = ("--out", file) if form else ()
    said = office.first("appeal", "trail", number, *asked).stdout or file.read_text("utf-8")
    text = re.sub("<[^>]*>", "", said)
    for at, (_, digest, _, row) in rows.items():
        assert (f"#{at} 第 {row} 行" if row else f"#{at}") in text
        assert (digest or "逐条登记，没有文件") in text
    kept = only(trail, text="简报甲（甲）被市政府办公室采用")
    assert "、".join(f"#{at}" for at in kept["events"]) in text


def test_refused_late_and_withdrawn_appeals_leave_their_trace(tmp_path: Path) -> None:
    """The late reason, who refused and why, and that a unit took its appeal back."""
    office = Office(tmp_path).opened()
    office.first("publish", "--as-of", DAY, "--on", "2023-02-01")
    late = ("--on", "2023-02-12", "--late-reason", "公文在途")
    refused_late = office.appeal("应县", *late)
    withdrawn = office.appeal("开发区", "--on", "2023-02-11", "--as-of", "2022-11-30")
    office.propose(refused_late, "upheld", [studied()])
    office.decide(refused_late, "rejected")
    office.first("appeal", "withdraw", withdrawn, "--reason", "已核对")
    trail = trail_of(office.first, refused_late)
    told = trail["appeal"]
    assert (told["late"], told["late_reason"], told["last_day"]) == (True, "公文在途", "2023-02-11")
    assert (trail["end"]["outcome"], trail["end"]["actor"]) == ("rejected", SECOND)
    assert trail["corrections"] == []
    assert "研究部署" in trail["proposals"][0]["corrections"][0]
    assert trail["before"]["total"] == trail["after"]["total"]
    text = office.first("appeal", "trail", refused_late).stdout
    assert "已决定：不予支持（逾期受理）" in text
    assert "公文在途" in text
    ended = trail_of(office.first, withdrawn)
    assert (ended["end"]["kind"], ended["end"]["reasons"]) == ("withdrawn", "已核对")
    text = office.first("appeal", "trail", withdrawn).stdout
    assert "单位已撤回" in text
    assert "单位写明截至 2022-11-30 的得分；本文按公布的 2022-12-31 比较" in text


def test_a_unit_that_was_renamed_and_an_event_that_was_corrected(tmp_path: Path) -> None:
    """The unit is called as on the day; a contested event counts as it was corrected."""
    renamed = {"type": "UnitChanged", "on": "2022-06-01", "unit": "应县", "name": "应州市"}
    fixed = corrected("采甲", level="province", on="2022-08-06")
    office = Office(tmp_path).opened([*YEAR, renamed, fixed])
    office.publish()
    trail = trail_of(office.first, decided(office, "rejected", event="采甲"))
    assert (trail["appeal"]["unit"], trail["appeal"]["enrolled_as"]) == ("应州市", "应县")
    line = only(trail, contested=True)
    assert (line["points"], line["events"]) == ("5", [7, 8, 10])
    (counts,) = line["corrected"]
    assert (counts["event"], counts["by"], counts["on"]) == (8, [10], "2022-08-06")
    assert "省政府办公厅" in counts["summary"]
    (contested,) = (event for event in trail["events"] if event["position"] == 8)
    assert contested["corrected_by"] == [10]
    assert "关于应州市申诉 1 的答复" in office.first("appeal", "trail", "1").stdout


def test_the_readings_of_both_sides_and_their_rulings(office: Office) -> None:
    """A ruling between publication and decision is named, with the value that held before."""
    number = office.appeal("应县", "--indicator", "commissioned", "--remedy", "重定口径")
    ruling: dict[str, Any] = {"type": "RulingMade", "on": "2023-01-03", "reason": "办公会定"}
    ruling |= {"parameter": "indicators.commissioned.points", "value": -1}
    office.propose(number, "upheld", [ruling])
    office.decide(number, "upheld")
    trail = trail_of(office.first, number)
    (indicator,) = (
        i for g in trail["groups"] for i in g["indicators"] if i["id"] == "commissioned"
    )
    (price,) = indicator["prices"]
    assert (price["before"], price["points"]) == ("-2", "-1")
    (reading,) = (r for r in indicator["readings"] if r["ruling"])
    assert (reading["before"], reading["value"]) == ("-2", "-1")
    assert [reading["ruling"]] == trail["corrections"]
    text = office.first("appeal", "trail", number, "--brief").stdout
    assert f"裁定 #{reading['ruling']}：办公会定" in text
    assert "公布时取 -2" in text


def test_lines_under_a_cap_and_under_a_weight(tmp_path: Path) -> None:
    """What the cap and the group's weight swallow of a contested line is told, on both sides."""
    many = [issued(f"约{n}", ref=f"第{n}件") for n in range(1, 12)]
    found = [
        {"type": "FindingMade", "on": "2022-05-01", "finding": f"F{n}", "unit": "应县",
         "kind": "plagiarism"} for n in range(1, 9)
    ]  # fmt: skip
    named = [{**found[0], "finding": f"N{n}", "kind": "non_cooperation"} for n in range(1, 10)]
    office = Office(tmp_path).opened([*TWO, *many, *found, *named])
    office.publish()
    trail = trail_of(office.first, decided(office, "upheld", [retracted("第11件")], event="第11件"))
    assert only(trail, contested=True)["before"]["absorbed_by_cap"] == "2"
    assert (trail["before"]["total"], trail["change"]["total"]) == ("45", "0")
    assert sorted((step["kind"], step["change"]) for step in trail["steps"]) == [
        ("cap", "-2"),
        ("went", "2"),
    ]
    other = trail_of(office.first, decided(office, "rejected", indicator="feedback"))
    swallowed = [line["after"]["absorbed_by_weight"] for line in lines(other) if line["contested"]]
    assert swallowed.count("1") == 2
    assert "超出权重 15 的 2 分不扣" in office.first("appeal", "trail", "2").stdout


def test_a_later_publication_that_differs_names_what_did_it(office: Office) -> None:
    """One before the decision does not hold its outcome; one after it may hold more."""
    number = office.appeal("应县", "--event", "约一")
    office.publish()
    office.propose(number, "upheld", [retracted("约一")])
    office.decide(number, "upheld")
    office.first("record", "ItemAdopted", "item=甲", "level=province", "on=2022-09-01")
    office.second("confirm", "1")
    head = len(events_of(office.first))
    office.publish()
    trail = trail_of(office.first, number)
    early, late = trail["later"]
    assert (early["follows"], early["same_as_after"]) == (False, None)
    assert (late["follows"], late["same_as_after"], late["differs_by"]) == (True, False, [head])
    assert (trail["after"]["total"], late["total"]) == ("82", "87")
