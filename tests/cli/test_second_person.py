"""Corrections through the command line: one person proposes, another confirms or refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import contents, events_of, refused, totals_of
from tests.cli.offices import DAY, FIRST, SECOND, TWO, YEAR, Office
from tests.cli.registers import OPENING, adopted, brief, corrected, enrolled, retracted, studied


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Office:
    """An office of two people, on either database."""
    return Office(tmp_path, database_url).opened()


def proposals(office: Office, *more: str) -> list[dict[str, Any]]:
    """Return what waits for a second person."""
    found: list[dict[str, Any]] = office.first.json("proposals", *more)["proposals"]
    return found


def test_a_retraction_waits_for_another_person(office: Office) -> None:
    """It changes nothing until it is confirmed, by somebody who did not propose it."""
    said = office.first("retract", "约一", "--reason", "发错单位").stderr
    assert "已登记为 #9：提案 1" in said
    assert "kaohe confirm 1" in said
    assert totals_of(office.first, "--as-of", DAY)["应县"] == "80"
    (waiting,) = proposals(office)
    assert (waiting["actor"], waiting["reason"], waiting["state"]) == (FIRST, "发错单位", "open")
    assert waiting["summaries"] == [
        "撤销 #6 向应县约稿 约1《约稿约1》，截止 2022-05-10（发错单位）"
    ]
    assert "不能由同一人确认" in refused(office.first, "confirm", "1")
    told = office.second("confirm", "1").stderr
    assert "已登记为 #10：确认提案 1" in told
    assert "已登记为 #11：撤销事件 #6" in told
    assert totals_of(office.first, "--as-of", DAY)["应县"] == "82"
    assert [event["actor"] for event in events_of(office.first)[-3:]] == [FIRST, SECOND, SECOND]
    assert proposals(office) == []
    assert "已登记为 #10" in refused(office.second, "confirm", "1")
    office.first("check")


def test_a_refused_proposal_leaves_its_trace(office: Office) -> None:
    """Nothing of it is recorded; it is listed with all, and cannot be confirmed any more."""
    office.first("correct", "采甲", "level=province", "--reason", "登记错层级")
    office.second("refuse", "1", "--reason", "原登记无误")
    assert proposals(office) == []
    (ended,) = proposals(office, "--all")
    assert (ended["state"], ended["ended_by"], ended["ended_actor"]) == ("refused", 10, SECOND)
    assert "已驳回" in office.first("proposals", "--all").stdout
    assert "驳回" in refused(office.second, "confirm", "1")
    assert totals_of(office.first, "--as-of", DAY)["应县"] == "80"


def test_plain_lines_wait_once_their_day_is_published(office: Office) -> None:
    """Before that, and on later days, they are recorded at once."""
    office.first.imports([studied()], "先.jsonl")
    office.publish()
    said = office.first.imports([studied(on="2022-04-01"), brief("乙")], "补.jsonl").stderr
    assert "补.jsonl：2 条已作为提案 1 登记" in said
    assert DAY in said
    office.first("record", "DeploymentStudied", "on=2023-01-05", "unit=应县", "topics=brief")
    kinds = [event["type"] for event in events_of(office.first)][-4:]
    assert kinds == [
        "DeploymentStudied",
        "ScoresPublished",
        "CorrectionProposed",
        "DeploymentStudied",
    ]


def test_a_file_is_proposed_as_a_whole_and_keeps_its_rows(office: Office) -> None:
    """One late line is enough; each event then says the row that it came from, and by its file."""
    office.publish()
    later = studied(on="2023-02-01")
    lines = [
        later,
        brief("乙", unit="应县人民政府", ref="乙"),
        adopted("乙"),
        retracted("乙的采用"),
    ]
    lines[2]["ref"] = "乙的采用"
    office.first.imports(lines, "补.jsonl")
    assert len(events_of(office.first)) == 10
    office.second("confirm", "1")
    events = events_of(office.first)[11:]
    assert [event["type"] for event in events] == [line["type"] for line in lines]
    assert [event["source"]["row"] for event in events] == [1, 2, 3, 4]
    assert {event["source"]["file"] for event in events} == {"补.jsonl"}
    assert events[1]["fields"]["units"] == ["应县"]
    assert events[3]["fields"]["target"] == 14
    again = office.first.imports(lines, "补.jsonl").stderr
    assert "登记 0 条事件，跳过以前登记过的 4 行" in again


def test_lines_that_could_not_be_recorded_are_not_proposed(office: Office) -> None:
    """Every fault is told there and then, and the log stays as it was."""
    office.publish()
    path = office.first.file([adopted("没有"), studied(), retracted("没有")], "错.jsonl")
    said = refused(office.first, "import", path)
    assert "第 1 行" in said
    assert "第 3 行" in said
    assert len(events_of(office.first)) == 9


def test_what_no_longer_holds_is_not_confirmed(office: Office) -> None:
    """All or nothing: the lines are decided again on what is known then."""
    office.first("retract", "采甲", "--reason", "误登")
    office.first.imports([corrected("采甲", level="province"), retracted("约一")], "更正.jsonl")
    office.second("confirm", "1")
    head = len(events_of(office.first))
    said = refused(office.second, "confirm", "2")
    assert "更正.jsonl 第 1 行" in said
    assert "撤销" in said
    assert len(events_of(office.first)) == head
    office.first("refuse", "2", "--reason", "已撤销")


def test_the_same_lines_are_proposed_once(office: Office) -> None:
    """While they wait, the same again is refused, naming the proposal."""
    office.first("retract", "约一", "--reason", "误")
    assert "提案 1" in refused(office.first, "retract", "约一", "--reason", "误")
    office.first("retract", "约一", "--reason", "另有理由")
    assert [waiting["proposal"] for waiting in proposals(office)] == [1, 2]


def test_an_event_of_the_same_file_is_named_by_ref(office: Office) -> None:
    """By position it would be another one by the time it is confirmed."""
    office.publish()
    path = office.first.file([brief("乙"), retracted(10)], "补.jsonl")
    assert "ref" in refused(office.first, "import", path)


def test_a_long_proposal_has_several_parts(office: Office) -> None:
    """It is confirmed as one; each part fits into an entry, and into a workbook's cell."""
    office.publish()
    lines = [brief(f"丙{n}", title="长" * 180) for n in range(150)]
    office.first.imports(lines, "长.jsonl")
    parts = events_of(office.first)[9:]
    assert len(parts) > 1
    assert [part["fields"]["part"] for part in parts] == list(range(1, len(parts) + 1))
    assert {part["fields"]["parts"] for part in parts} == {len(parts)}
    office.second("confirm", "1")
    assert len(events_of(office.first)) == 9 + len(parts) + 1 + len(lines)
    path = office.first.folder / "导出.xlsx"
    office.first("export", "register", "--to", path)


def test_what_is_no_correction_is_not_mixed_with_one(office: Office) -> None:
    """A publication in a file that needs a second person is told apart."""
    published = {"type": "CycleClosed", "on": "2023-02-01", "cycle": "2022", "as_of": DAY}
    path = office.first.file([retracted("约一"), published], "混.jsonl")
    assert "请分开提交" in refused(office.first, "import", path)


def test_a_trial_run_says_that_a_second_person_is_needed(office: Office) -> None:
    """And records nothing."""
    said = office.first("retract", "约一", "--reason", "误", "--dry-run").stderr
    assert "需要另一人确认" in said
    path = office.first.file([retracted("约一")], "更正.jsonl")
    assert "将作为提案" in office.first("import", path, "--dry-run").stderr
    assert len(events_of(office.first)) == len(YEAR)


def test_a_closed_year_asks_for_two_people(office: Office) -> None:
    """Closing itself does not; what would change the closed score does, and so does reopening."""
    office.first("record", "CycleClosed", "on=2023-02-01", "cycle=2022", f"as_of={DAY}", "ref=关")
    assert (
        "提案 1"
        in office.first(
            "record", "DeploymentStudied", "on=2022-05-01", "unit=应县", "topics=brief"
        ).stderr
    )
    assert "提案 2" in office.first("retract", "关", "--reason", "误关").stderr


def test_one_person_is_enough_where_the_year_says_so(tmp_path: Path) -> None:
    """With two_person off nothing is proposed, published or not."""
    office = Office(tmp_path).opened([*OPENING, *YEAR[len(TWO) :]])
    office.publish()
    office.first("retract", "约一", "--reason", "误")
    office.first.imports([studied()])
    assert proposals(office, "--all") == []
    assert totals_of(office.first, "--as-of", DAY)["应县"] != "80"


def test_a_register_exported_and_imported_is_the_same(office: Office, tmp_path: Path) -> None:
    """With publications, appeals, proposals and all they brought, in one go and by one person."""
    office.publish()
    office.first("retract", "约一", "--reason", "误")
    office.second("confirm", "1")
    office.first.imports([enrolled("怀仁市", "county"), brief("丁")], "补.jsonl")
    office.second("refuse", "2", "--reason", "不必")
    number = office.appeal("应县", "--event", "采甲")
    office.propose(number, "upheld", [studied(), retracted("采甲")])
    office.decide(number, "upheld")
    office.publish()
    path = tmp_path / "导出.xlsx"
    office.first("export", "register", "--to", path)
    other = Office(tmp_path / "另一处")
    (tmp_path / "另一处").mkdir()
    other.first("import", path)
    assert contents(events_of(other.first)) == contents(events_of(office.first))
    assert totals_of(other.first, "--as-of", DAY) == totals_of(office.first, "--as-of", DAY)
    assert "登记 0 条" in other.first("import", path).stderr
    assert "登记 0 条" in office.first("import", path).stderr
    assert "不能与摘要比对" in other.first("publication", "show", "1").stderr
