"""What was recorded late, and what came after it was made public."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cli.office import today
from tests.cli.driving import misused, refused
from tests.cli.offices import DAY, TWO, YEAR, Office
from tests.cli.registers import OPENING, Line, adopted, brief, retracted, studied


def test_days_are_counted_to_the_day_of_recording(tmp_path: Path) -> None:
    """Ten days are not yet late, eleven are; another number may be asked for."""
    kaohe = Office(tmp_path).opened(OPENING).first
    days = [str(today() - timedelta(days=count)) for count in (10, 11, 0)]
    kaohe.imports([studied(on=day) for day in days])
    found = [(e["position"], e["days"]) for e in kaohe.json("late")["late"] if e["position"] > 5]
    assert found == [(7, 11)]
    more = [e["position"] for e in kaohe.json("late", "--days", 9)["late"] if e["position"] > 5]
    assert more == [6, 7]
    text = kaohe("late").stdout
    assert "发生 10 天以后才登记的" in text
    assert "没有公布以后才登记" in text
    assert "--days" in misused(kaohe, "late", "--days", "-1")


def test_what_would_have_changed_a_publication_is_named(tmp_path: Path) -> None:
    """An addition and a retraction are; an event of a later day, or one without points, is not."""
    office = Office(tmp_path).opened()
    office.publish()
    office.first.imports([brief("乙", on="2023-01-05")], "后.jsonl")
    office.first.imports(
        [studied(), adopted("甲", level="province"), retracted("约一")], "补.jsonl"
    )
    office.second("confirm", "1")
    office.publish()
    (changed,) = office.first.json("late")["after_publication"]
    assert (changed["publication"], changed["position"]) == (1, 8)
    kinds = [(event["type"], event["position"]) for event in changed["events"]]
    assert kinds == [("ItemAdopted", 14), ("EventRetracted", 15)]
    text = office.first("late").stdout
    assert f"第 1 号公布（截至 {DAY}）以后登记、会改变它的" in text
    assert "第 2 号" not in text


def test_what_is_granted_afterwards_takes_two_and_is_named(tmp_path: Path) -> None:
    """An extension of a later day lifts a deduction that was made public."""
    office = Office(tmp_path).opened([*YEAR, brief("答", on="2022-05-12", commission="约1")])
    office.publish()
    extended = {
        "type": "CommissionExtended", "on": "2023-01-20", "commission": "约1", "due": "2022-05-15",
    }  # fmt: skip
    before = office.first.sheets("--as-of", DAY)["应县"]["total"]
    assert "2022-05-11 不晚于" in office.first.imports([extended], "延.jsonl").stderr
    office.second("confirm", "1")
    after = office.first.sheets("--as-of", DAY)["应县"]["total"]
    assert (before, after) == ("80", "82")
    (changed,) = office.first.json("late")["after_publication"]
    assert [event["type"] for event in changed["events"]] == ["CommissionExtended"]


def test_what_changes_a_publication_without_any_line_is_named(tmp_path: Path) -> None:
    """A ruling on a cap and a unit in another category are; a cap that cuts nothing is not."""
    found = {"type": "FindingMade", "on": "2022-09-01", "unit": "应县", "kind": "named_criticism"}
    office = Office(tmp_path).opened([*OPENING, {**found, "finding": "一"}])
    office.publish()
    ruling = {"type": "RulingMade", "on": "2023-02-01", "reason": "会议"}
    moved = {"type": "UnitChanged", "on": "2022-11-01", "unit": "应县", "category": "department"}
    renamed = {"type": "UnitChanged", "on": "2023-02-01", "unit": "应县", "aliases": ["应"]}
    cap = "indicators.{}.cap"
    more: list[Line] = [
        {**ruling, "parameter": cap.format("accuracy"), "value": 3},
        {**ruling, "parameter": cap.format("format"), "value": 3},
        moved,
        renamed,
    ]
    office.first.imports(more, "后.jsonl")
    (changed,) = office.first.json("late")["after_publication"]
    kinds = [(event["type"], event["position"]) for event in changed["events"]]
    assert kinds == [("RulingMade", 8), ("UnitChanged", 10)]


def test_a_register_without_anything_late_says_so(tmp_path: Path) -> None:
    """Both answers are given in words."""
    day = str(today())
    opened = {**OPENING[0], "on": day}
    kaohe = Office(tmp_path).opened([opened]).first
    said = kaohe("late").stdout.splitlines()
    assert said == [
        "没有发生 10 天以后才登记的事件。",
        "没有公布以后才登记、会改变那次公布的事件。",
    ]


def test_one_year_may_be_asked_for_and_a_moment_of_knowledge(tmp_path: Path) -> None:
    """Only what happened in that year, only its publications, only what was recorded by then."""
    earlier = {
        **TWO[0], "on": "2021-01-01", "cycle": "2021", "starts": "2021-01-01",
        "ends": "2021-12-31", "evidence_due": "2022-01-15",
    }  # fmt: skip
    office = Office(tmp_path).opened([*TWO, studied(), studied(on="2021-03-01"), earlier])
    office.publish()
    office.first.imports([adopted("甲"), brief("甲")][::-1], "后.jsonl")
    office.second("confirm", "1")

    def found(*arguments: object) -> tuple[list[int], list[int]]:
        told = office.first.json("late", *arguments)
        slow = [event["position"] for event in told["late"]]
        return slow, [each["publication"] for each in told["after_publication"]]

    assert found("--cycle", "2021") == ([7, 8], [])
    assert found("--cycle", "2022", "--known-at", "#9") == ([1, 2, 3, 4, 5, 6], [])
    assert found("--cycle", "2022")[1] == [1]
    assert "2021" in refused(office.first, "late", "--cycle", "2020")
