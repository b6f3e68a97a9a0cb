"""``kaohe what-if``: the sheets as they would be, recorded nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.office import today
from tests.cli.driving import events_of, refused, tampered, totals_of
from tests.cli.offices import DAY, TWO, Office, by
from tests.cli.registers import (
    YEAR_END,
    adopted,
    brief,
    corrected,
    retracted,
)
from tests.cli.supposed import HELD, MORE, as_recorded, changes, copied, foreseen, recorded
from tests.infra.files.registers import write_xlsx
from tests.running import Kaohe


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with its year published, nine events."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


def test_it_is_what_recording_gives(held: Kaohe) -> None:
    """New events, corrections of old and new ones and a retraction: the same document as then."""
    file = held.file(MORE, "续.jsonl")
    found = foreseen(held, file, "--as-of", YEAR_END)
    copy = copied(held)
    copy("import", file)
    assert found["now"] == held.json("score", "--as-of", YEAR_END)
    expected = recorded(copy, "--as-of", YEAR_END)
    assert as_recorded(found["then"], copy, after=8) == expected
    assert found["then"]["known_at"] == found["now"]["known_at"]
    assert changes(found) == {
        "应县": [("80", 1), ("85", 1)],
        "开发区": [("80", 1), ("80", 3)],
        "市财政局": [("80", 1), ("82", 2)],
        "市教育局": [("80", 1), ("80", 3)],
    }


def test_what_two_persons_have_to_agree_on_is_shown_as_confirmed(office: Office) -> None:
    """A correction, a retraction, a back-dated line and a ruling: as after the confirmation."""
    kaohe = office.first
    lines = [
        corrected("采甲", level="province"),
        retracted("约一"),
        brief("乙", unit="市财政局"),
        adopted("乙"),
    ]
    file = kaohe.file(lines, "更正.jsonl")
    parameter, value = "indicators.brief_adoption.points.city", "3"
    ruling = ("--ruling", f"{parameter}={value}")
    found = foreseen(kaohe, file, *ruling, "--as-of", DAY)
    assert [each["why"] for each in found["files"]] == [
        "更正或撤销",
        "考核年度“2022”的成绩已公布或关闭，口径裁定会改变它",
    ]
    copy = copied(kaohe)
    copy("import", file)
    by(copy, "李四")("confirm", "1")
    said = (f"parameter={parameter}", f"value={value}", "cycle=2022", "reason=试算")
    copy("record", "RulingMade", f"on={today()}", *said)
    by(copy, "李四")("confirm", "2")
    expected = recorded(copy, "--as-of", DAY)
    assert as_recorded(found["then"], copy, after=9) == expected
    assert changes(found)["市财政局"] == [("80", 1), ("83", 2)]


def test_an_open_proposal_does_not_stand_in_the_way(office: Office) -> None:
    """Who proposed lines may still ask what they would change, and who confirms them too."""
    file = office.first.file([retracted("约一")], "撤销.jsonl")
    before = foreseen(office.first, file, "--as-of", DAY)
    office.first("import", file)
    assert foreseen(office.first, file, "--as-of", DAY)["units"] == before["units"]
    confirmed = {"type": "CorrectionConfirmed", "on": str(today()), "proposal": 1}
    found = foreseen(office.second, office.second.file([confirmed], "确认.jsonl"), "--as-of", DAY)
    assert found["units"] == before["units"]
    assert [each["row"] for each in found["supposed"]] == [
        "确认.jsonl 第 1 行",
        "撤销.jsonl 第 1 行",
    ]


def test_what_could_not_be_proposed_is_refused_as_by_import(office: Office) -> None:
    """A file that mixes a correction with an act, or names its own event by position."""
    closed = {"type": "CycleClosed", "on": "2023-02-01", "cycle": "2022", "as_of": DAY}
    for lines in (
        [retracted("约一"), closed],
        [brief("乙"), {**corrected(10), "changes": {"title": "改"}}],
    ):
        file = office.first.file(lines, "混.jsonl")
        said = refused(office.first, "what-if", file)
        assert said == refused(office.first, "import", file)


def test_every_part_is_named_by_its_row(held: Kaohe) -> None:
    """What comes and goes adds up; a new event is its file and row, an old one its position."""
    found = foreseen(held, held.file(MORE, "续.jsonl"), "--as-of", YEAR_END)
    county = found["units"][0]
    went, came = county["went"], county["came"]
    assert [(line["change"], line["events"]) for line in went] == [("2", [8]), ("-2", [6, 7])]
    assert [(line["change"], line["events"]) for line in came] == [
        ("5", [6, 7, "续.jsonl 第 3 行"])
    ]
    cause = came[0]["causes"][0]
    assert (cause["row"], cause["position"], cause["recorded_at"], cause["actor"]) == (
        "续.jsonl 第 3 行", None, None, None,
    )  # fmt: skip
    assert cause["summary"] == "更正事件 #7：层级改为省政府办公厅（登记有误）"
    fourth = found["supposed"][3]
    assert fourth["summary"] == "更正事件 续.jsonl 第 2 行：层级改为市政府办公室（登记有误）"
    assert fourth["fields"]["target"] == "续.jsonl 第 2 行"
    text = json.dumps({key: found[key] for key in ("supposed", "then", "units")})
    assert not [at for at in range(9, 14) if f"#{at}" in text or f'"position": {at}' in text]


def test_the_page_says_what_would_change_and_why(office: Office) -> None:
    """Score, ranks, each line, the rows that did it, the second person; and nothing recorded."""
    file = office.first.file([retracted("约一"), adopted("甲", level="province")], "更正.jsonl")
    page = office.first("what-if", file, "--as-of", DAY).stdout
    for said in (
        "试算，什么都没有登记。",
        "更正.jsonl：设想登记 2 条事件。需要另一人确认（更正或撤销），以下按确认以后计算。",
        "按事件 #9",
        "80 → 87",
        "更正.jsonl 第 1 行 事件撤销",
        "依据 #7 更正.jsonl 第 2 行",
        "引起变化的设想",
        "来源：更正.jsonl 第 2 行",
    ):
        assert said in page
    assert (
        "没有单位的得分、名次和得分条目会变"
        in office.first(
            "what-if", office.first.file([brief("丙", on="2023-01-05")]), "--as-of", DAY
        ).stdout
    )


def test_files_are_supposed_one_after_another(held: Kaohe) -> None:
    """A later file sees an earlier one; what is recorded already is passed over and named."""
    one = held.file([HELD[5], brief("乙")], "一.jsonl")
    two = held.file([adopted("乙")], "二.jsonl")
    found = foreseen(held, one, two, "--as-of", YEAR_END)
    again = [{"row": "一.jsonl 第 1 行", "position": 6}]
    assert found["files"] == [
        {"name": "一.jsonl", "events": 1, "skipped": again, "why": ""},
        {"name": "二.jsonl", "events": 1, "skipped": [], "why": ""},
    ]
    assert changes(found)["应县"] == [("80", 1), ("82", 1)]
    assert "二.jsonl 第 1 行 字段 item" in refused(held, "what-if", two)


def test_a_workbook_is_as_good(held: Kaohe) -> None:
    """Its rows are named with their sheet."""
    row = [["日期", "信息编号", "层级"], ["2022-09-01", "甲", "省政府办公厅"]]
    file = write_xlsx(held.folder / "采用.xlsx", 信息采用=row)
    found = foreseen(held, file, "--as-of", YEAR_END)
    (line,) = found["units"][0]["came"]
    assert line["events"] == [6, "采用.xlsx 工作表“信息采用” 第 2 行"]


def test_all_that_is_wrong_is_told_at_once(held: Kaohe) -> None:
    """As by import: every fault of a file with its row, and exit code 1."""
    path = held.folder / "错.jsonl"
    wrong = [adopted("丙"), adopted("甲", level="镇"), brief("丁", on="2999-01-01")]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in wrong)
    path.write_text(f"{text}{{\n", encoding="utf-8")
    said = refused(held, "what-if", path)
    assert said == refused(held, "import", path)
    assert [f"错.jsonl 第 {row} 行" in said for row in range(1, 5)] == [True] * 4


def test_without_a_register_there_is_nothing_to_suppose_upon(kaohe: Kaohe) -> None:
    """A database that is not there is not made; an empty register may be filled on trial."""
    file = kaohe.file(TWO)
    assert "没有数据库" in refused(kaohe, "what-if", file)
    assert not Path(kaohe.database).exists()
    kaohe("init")
    assert len(foreseen(kaohe, file, "--as-of", DAY)["units"]) == 4
    assert "考核年度" in refused(kaohe, "what-if", "--ruling", "joint.share=split")


def test_nothing_is_recorded(held: Kaohe) -> None:
    """Whether it answers or refuses, with lines level or lagging: not a byte of the database."""
    file, wrong = held.file(MORE, "续.jsonl"), held.file([adopted("丙")], "错.jsonl")
    before, events, totals = Path(held.database).read_bytes(), events_of(held), totals_of(held)
    names = sorted(path.name for path in held.folder.iterdir())
    foreseen(held, file, "--ruling", "joint.share=split")
    refused(held, "what-if", file, wrong)
    refused(held, "what-if", file, "--ruling", "some.cap=1")
    assert Path(held.database).read_bytes() == before
    assert sorted(path.name for path in held.folder.iterdir()) == names
    tampered(held.database, "UPDATE progress SET version = 'old'")
    before = Path(held.database).read_bytes()
    foreseen(held, file, "--ruling", "joint.share=split")
    assert Path(held.database).read_bytes() == before
    assert (events_of(held), totals_of(held)) == (events, totals)
