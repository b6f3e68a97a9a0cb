"""Appeals through the command line, from the publication to the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.driving import events_of, refused, totals_of
from tests.cli.offices import DAY, FIRST, SECOND, TWO, YEAR, Office
from tests.cli.registers import OPENING, adopted, brief, retracted, studied
from tests.infra.files.registers import wide

PROOF = b"%PDF receipt"


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Office:
    """An office of two people, on either database, with its year published."""
    office = Office(tmp_path, database_url).opened()
    office.publish()
    return office


def test_a_year_is_published_appealed_and_published_again(office: Office) -> None:
    """One appeal is upheld with an addition and a retraction, one rejected; both publications stay.

    Each is reproduced bit for bit, and the score moves by just what was decided.
    """
    before = office.published(1)
    upheld, rejected = office.appeal("应县", "--event", "约一"), office.appeal("开发区")
    added = adopted("甲", on="2022-08-09", level="province", ref="省甲")
    office.propose(upheld, "支持", [added, retracted("约一", ref="撤约")])
    office.propose(rejected, "rejected")
    assert totals_of(office.first, "--as-of", DAY)["应县"] == "80"
    told = office.decide(upheld, "upheld").stderr
    office.decide(rejected, "不予支持")
    assert [line[:9] for line in told.splitlines()] == [
        "已登记为 #14：",
        "已登记为 #15：",
        "已登记为 #16：",
    ]
    assert totals_of(office.first, "--as-of", DAY)["应县"] == "87"
    office.publish()
    after = office.published(2)
    assert office.published(1) == before
    assert office.published(2) == after
    assert [total(each, "应县") for each in (before, after)] == ["80", "87"]
    assert [total(each, "开发区") for each in (before, after)] == ["80", "80"]
    assert before["sheets"] != after["sheets"]
    office.first("check")


def total(published: dict[str, Any], unit: str) -> str:
    """Return what a publication says a unit has."""
    found = next(sheet for sheet in published["units"] if sheet["unit"] == unit)
    return str(found["total"])


def test_an_appeal_shows_everything_of_it(office: Office) -> None:
    """Who lodged, proposed and decided, and each correction with its row, all naming the appeal."""
    number = office.appeal("应县", "--remedy", "补记", "--indicator", "special")
    file = office.first.folder / "收文簿.pdf"
    file.write_bytes(PROOF)
    step = ("appeal", "evidence", number, "--description", "收文簿", "--digest-only")
    office.second(*step, "--evidence", file)
    office.propose(number, "partly", [studied()])
    office.decide(number, "partly")
    shown = office.first.json("appeal", "show", number)
    assert [(event["type"], event["actor"]) for event in shown["events"]] == [
        ("AppealLodged", FIRST),
        ("AppealEvidenceAdded", SECOND),
        ("AppealProposed", FIRST),
        ("AppealDecided", SECOND),
        ("DeploymentStudied", SECOND),
    ]
    last = shown["events"][-1]
    assert (last["source"]["file"], last["source"]["row"]) == ("更正1.jsonl", 1)
    assert last["fields"]["appeal"] == number
    assert (shown["state"], shown["outcome"], shown["publication"]) == ("decided", "partly", 1)
    text = office.first("appeal", "show", number).stdout
    for said in ("部分支持", "收文簿.pdf", "更正1.jsonl 第 1 行", "#14"):
        assert said in text
    assert office.first("appeal", "list").stdout.count("已决定：部分支持") == 1
    assert office.first.json("appeal", "list", "--open") == {"appeals": []}


@pytest.mark.parametrize("name", [FIRST, f" {FIRST[0]}\u3000{FIRST[1]} ", "Zhang San"])
def test_who_proposed_does_not_decide(office: Office, name: str) -> None:
    """Whatever the width, the case or the spacing; nothing is recorded."""
    number = office.appeal()
    spelled = {"Zhang San": [wide("ZHANG"), "SAN"]}.get(name)
    if spelled:
        office.first.actor = name
        name = "\u3000".join(spelled)
    office.propose(number, "upheld", [studied()])
    head = len(events_of(office.first))
    office.second.actor = name
    said = refused(
        office.second, "appeal", "decide", number, "--outcome", "upheld", "--reasons", "同意"
    )
    assert "不能由同一人决定" in said
    assert len(events_of(office.first)) == head


def test_a_correction_is_refused_when_it_is_proposed(office: Office) -> None:
    """Not when it is decided: each fault with the row of its file, and nothing is recorded."""
    number = office.appeal()
    head = len(events_of(office.first))
    wrong = [adopted("没有"), studied(), retracted("没有"), brief("甲")]
    answer = office.propose(number, "upheld", wrong, exit_code=1)
    for row in (1, 3, 4):
        assert f"更正{number}.jsonl 第 {row} 行" in answer.stderr
    assert "第 2 行" not in answer.stderr
    assert len(events_of(office.first)) == head


def test_a_decision_keeps_to_what_was_proposed(office: Office) -> None:
    """All corrections come with it, so that another outcome takes another proposal, or is none."""
    number = office.appeal()
    office.propose(number, "upheld", [studied(), retracted("约一")])
    head = len(events_of(office.first))
    asked = ("appeal", "decide", number, "--reasons", "同意", "--outcome")
    said = refused(office.second, *asked, "partly")
    assert "处理意见是支持（事件 #11），所附更正会全部登记；不能决定为部分支持" in said
    assert "另提处理意见" in said
    assert len(events_of(office.first)) == head
    office.propose(number, "partly", [studied()])
    assert "不能决定为支持" in refused(office.second, *asked, "upheld")
    office.second(*asked, "partly")
    kinds = [event["type"] for event in events_of(office.first)]
    assert kinds[head:] == ["AppealProposed", "AppealDecided", "DeploymentStudied"]


def test_a_register_that_was_decided_otherwise_still_loads(tmp_path: Path) -> None:
    """A register of an earlier version may hold such a decision, with what was recorded by it."""
    lodged = {"type": "AppealLodged", "on": "2023-02-02", "appeal": "1", "unit": "应县"}
    published = {"type": "ScoresPublished", "on": "2023-02-01", "publication": 1, "cycle": "2022"}
    lines = [
        *YEAR,
        {**published, "as_of": DAY, "position": 8, "sheets": "0" * 64},
        {**lodged, "publication": 1, "as_of": DAY, "claim": "不符"},
        {**_step("AppealProposed", "upheld"), "corrections": [studied()]},
        _step("AppealDecided", "partly"),
        {**studied(), "appeal": "1"},
    ]
    office = Office(tmp_path).opened(lines)
    assert office.first.json("appeal", "show", "1")["outcome"] == "partly"
    office.first("check")


def _step(kind: str, outcome: str) -> dict[str, Any]:
    made = {"type": kind, "on": "2023-02-03", "appeal": "1", "outcome": outcome}
    return {**made, "reasons": "属实"}


def test_a_correction_that_no_longer_holds_stops_the_decision(office: Office) -> None:
    """What was right when it was proposed is tried again; nothing of the decision is recorded."""
    number = office.appeal()
    office.propose(number, "upheld", [retracted("约一")])
    office.first("retract", "约一", "--reason", "已另行处理")
    office.second("confirm", "1")
    head = len(events_of(office.first))
    said = refused(
        office.second, "appeal", "decide", number, "--outcome", "upheld", "--reasons", "同意"
    )
    assert "撤销" in said
    assert len(events_of(office.first)) == head
    office.propose(number, "partly")
    office.decide(number, "partly")


def test_refused_late_and_withdrawn_appeals_leave_their_trace(tmp_path: Path) -> None:
    """All three are listed as what they are, and bring no correction with them."""
    office = Office(tmp_path).opened()
    office.first("publish", "--as-of", DAY, "--on", "2023-02-01")
    late = ("appeal", "lodge", "应县", "--claim", "漏计", "--on", "2023-02-12")
    assert "申诉截止日 2023-02-11" in refused(office.first, *late)
    office.first(*late, "--late-reason", "公文在途")
    office.first("appeal", "lodge", "开发区", "--claim", "误扣", "--on", "2023-02-11")
    office.first("appeal", "lodge", "市财政局", "--claim", "误扣", "--on", "2023-02-02")
    office.propose("1", "upheld", [studied()])
    office.decide("1", "rejected")
    office.first("appeal", "withdraw", "2", "--reason", "已核对")
    listed = office.first.json("appeal", "list")["appeals"]
    assert [(each["state"], each["outcome"], each["late"]) for each in listed] == [
        ("decided", "rejected", True),
        ("withdrawn", None, False),
        ("lodged", None, False),
    ]
    text = office.first("appeal", "list").stdout
    for said in ("已决定：不予支持（逾期受理）", "已撤回", "待处理"):
        assert said in text
    assert [
        each["appeal"] for each in office.first.json("appeal", "list", "--open")["appeals"]
    ] == ["3"]
    kinds = [event["type"] for event in events_of(office.first)]
    assert "DeploymentStudied" not in kinds
    assert kinds.count("AppealWithdrawn") == 1


def test_what_is_not_there_is_told(office: Office) -> None:
    """An appeal that was not lodged, and a second decision."""
    assert "没有登记过申诉“9”" in refused(office.first, "appeal", "show", "9")
    assert "没有登记过申诉" in refused(office.first, "appeal", "withdraw", "9", "--reason", "核对")
    number = office.appeal()
    office.propose(number, "rejected")
    office.decide(number, "rejected")
    again = ("appeal", "decide", number, "--outcome", "rejected", "--reasons", "同意")
    assert "已登记为" in refused(office.second, *again)
    assert "已由" in refused(office.second, *again[:-1], "另有理由")


def test_one_person_answers_where_the_year_says_so(tmp_path: Path) -> None:
    """With two_person off the same person proposes and decides, and the log shows it was off."""
    office = Office(tmp_path).opened(OPENING)
    office.publish()
    number = office.appeal()
    office.propose(number, "upheld", [studied()])
    office.first("appeal", "decide", number, "--outcome", "upheld", "--reasons", "同意")
    events = events_of(office.first)
    assert events[0]["fields"]["two_person"] is False
    assert events[-1]["fields"]["appeal"] == number


def test_one_year_without_two_people_is_no_way_into_another(tmp_path: Path) -> None:
    """An appeal that one person decides alone corrects nothing of a year that asks for two."""
    later = {**TWO[0], "cycle": "2023", "on": "2023-01-01", "starts": "2023-01-01"}
    later |= {"ends": "2023-12-31", "evidence_due": "2024-01-15"}
    office = Office(tmp_path).opened([*OPENING, later, studied(on="2023-03-01", ref="甲")])
    office.publish("--cycle", "2022")
    number = office.appeal()
    office.propose(number, "upheld", [retracted("甲")])
    asked = ("appeal", "decide", number, "--outcome", "upheld", "--reasons", "同意")
    assert "需要另一人确认" in refused(office.first, *asked)
    office.second(*asked)


def test_a_decision_recorded_as_a_line_brings_its_corrections_too(office: Office) -> None:
    """``kaohe record`` and a file are no way around what was proposed."""
    number = office.appeal()
    office.propose(number, "upheld", [studied()])
    office.second(
        "record",
        "AppealDecided",
        f"appeal={number}",
        "on=2022-12-31",
        "outcome=支持",
        "reasons=同意",
    )
    assert [event["type"] for event in events_of(office.first)][-2:] == [
        "AppealDecided",
        "DeploymentStudied",
    ]


def test_an_indicator_is_named_as_the_sheet_names_it(office: Office) -> None:
    """The Chinese name and the code are the same; other words are refused."""
    asked = ("appeal", "lodge", "应县", "--claim", "漏计", "--indicator")
    office.first(*asked, "专报信息报送情况")
    office.first(*asked, "special")
    lodged = [each for each in events_of(office.first) if each["type"] == "AppealLodged"]
    assert [each["fields"]["indicator"] for each in lodged] == ["special", "special"]
    assert "专报信息报送情况" in refused(office.first, *asked, "专报")


def test_a_trial_run_records_nothing(office: Office) -> None:
    """Each step says what it would record."""
    head = len(events_of(office.first))
    said = office.first("appeal", "lodge", "应县", "--claim", "漏计", "--dry-run").stderr
    assert "检查通过，将登记：申诉 1" in said
    assert len(events_of(office.first)) == head


def test_the_log_of_a_unit_tells_its_appeals(office: Office) -> None:
    """Every step of its own appeal, and none of another's."""
    number = office.appeal()
    office.appeal("开发区")
    office.propose(number, "upheld", [studied()])
    kinds = [event["type"] for event in events_of(office.first, "--unit", "应县")]
    assert kinds[-2:] == ["AppealLodged", "AppealProposed"]
    assert kinds.count("AppealLodged") == 1
