"""``kaohe what-if``: the sheets as they would be, recorded nowhere."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cli.office import today
from tests.cli.driving import events_of, misused, refused, tampered, totals_of
from tests.cli.offices import DAY, TWO, YEAR, Office, by
from tests.cli.registers import (
    CYCLE,
    OPENING,
    YEAR_END,
    Line,
    adopted,
    brief,
    corrected,
    enrolled,
    issued,
    retracted,
)
from tests.cli.supposed import Document, as_recorded, foreseen, recorded
from tests.forging import Row, forged
from tests.infra.files.registers import write_xlsx
from tests.running import Kaohe

HELD: list[Line] = [
    *OPENING,
    brief("甲", ref="报甲"),
    adopted("甲", ref="采甲"),
    issued("约1", ref="约一"),
]
"""Positions 6 to 8: 应县 has 2 points for the adoption and loses 2 for the commission."""
MORE: list[Line] = [
    brief("乙", ref="报乙", unit="市财政局"),
    adopted("乙", level="province", ref="采乙"),
    corrected("采甲", level="province"),
    corrected("采乙", level="city"),
    retracted("约一"),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with its year published, nine events."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


@pytest.fixture
def held(kaohe: Kaohe) -> Kaohe:
    """The command line with a small register of one person, eight events."""
    kaohe.imports(HELD, "年.jsonl")
    return kaohe


def changes(document: Document) -> dict[str, list[object]]:
    """The total now and then, and the rank now and then, of each unit that would change."""
    return {
        change["unit"]: [
            side and (side["total"], side["rank"]) for side in (change["now"], change["then"])
        ]
        for change in document["units"]
    }


def copied(kaohe: Kaohe) -> Kaohe:
    """The same register in a database of its own."""
    elsewhere = kaohe.folder / "副本"
    elsewhere.mkdir()
    shutil.copyfile(kaohe.database, elsewhere / "kaohe.db")
    return Kaohe(elsewhere)


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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("adoption.repeat=each", "each"),
        ("indicators.accuracy.cap=none", "none"),
        ("indicators.brief_adoption.points.city=3", "3"),
        ('grades=[["优秀","90"],["合格","60"]]', [["优秀", "90"], ["合格", "60"]]),
    ],
)
def test_a_ruling_is_spelled_as_it_is_recorded(held: Kaohe, text: str, value: object) -> None:
    """A word, none, a number and a list of grades; each for the cycle asked about."""
    found = foreseen(held, "--ruling", text, "--as-of", YEAR_END)
    (ruling,) = found["supposed"]
    assert (ruling["fields"]["value"], ruling["fields"]["cycle"]) == (value, "2022")
    assert ruling["row"] == f"--ruling {text}"


def test_a_grade_is_a_change_too(held: Kaohe) -> None:
    """Where only the grades are ruled, every unit has one then that it has not now."""
    found = foreseen(held, "--ruling", 'grades=[["合格","60"]]', "--as-of", YEAR_END)
    grades = [(each["now"]["grade"], each["then"]["grade"]) for each in found["units"]]
    assert grades == [(None, "合格")] * 4
    assert "无 → 合格" in held("what-if", "--ruling", 'grades=[["合格","60"]]').stdout


def test_rulings_come_last_and_count_for_the_lines_supposed(held: Kaohe) -> None:
    """A price that is supposed is that of the adoption which a file brings, whatever it ruled."""
    ruled: Line = {
        "type": "RulingMade", "on": "2022-12-01", "reason": "会议",
        "parameter": "indicators.brief_adoption.points.province", "value": 6,
    }  # fmt: skip
    file = held.file([ruled, adopted("甲", level="province")], "续.jsonl")
    price = "indicators.brief_adoption.points.province"
    found = foreseen(held, file, "--ruling", f"{price}=7", "--as-of", YEAR_END)
    (line,) = found["units"][0]["came"]
    assert line["points"] == "7"


def test_rulings_that_cannot_be_are_refused(held: Kaohe) -> None:
    """An unknown parameter and a value of another type are both told, naming the option."""
    said = refused(held, "what-if", "--ruling", "some.cap=1", "--ruling", "joint.share=third")
    assert "--ruling some.cap=1 字段 parameter：考核细则中没有参数" in said
    assert "--ruling joint.share=third 字段 value" in said
    for typed in ([], ["--ruling", "joint.share"], ["--ruling", "=1"], ["--ruling", "a= "]):
        misused(held, "what-if", *typed)
    twice = ["--ruling", "joint.share=full", "--ruling", "joint.share=split"]
    assert "只能写一次" in misused(held, "what-if", *twice)


def test_one_unit_may_be_chosen(held: Kaohe) -> None:
    """Only it is shown, with its rank among all; an alias will do, another name is refused."""
    file = held.file(MORE, "续.jsonl")
    whole = foreseen(held, file, "--as-of", YEAR_END)
    found = foreseen(held, file, "--unit", "应县人民政府", "--as-of", YEAR_END)
    assert found["units"] == whole["units"][:1]
    assert [sheet["unit"] for sheet in found["then"]["units"]] == ["应县"]
    said = refused(held, "what-if", file, "--unit", "应具", "--as-of", YEAR_END)
    assert "最接近的有：应县" in said


def test_what_is_not_there_yet_has_no_score_now(held: Kaohe) -> None:
    """A unit that a file enrols, and a year that it opens, are on one side only."""
    found = foreseen(held, held.file([enrolled("怀仁市", "county")]), "--as-of", YEAR_END)
    assert changes(found)["怀仁市"] == [None, ("80", 1)]
    year = {**CYCLE, "cycle": "2023", "on": "2023-01-01", "starts": "2023-01-01",
            "ends": "2023-12-31", "evidence_due": "2024-01-15"}  # fmt: skip
    file = held.file([year])
    found = foreseen(held, file, "--as-of", "2023-12-31")
    assert found["now"] is None
    assert found["then"]["known_at"] is None
    assert changes(found)["应县"] == [None, ("80", 1)]
    assert "现在还没有这个年度" in held("what-if", file, "--as-of", "2023-12-31").stdout
    found = foreseen(held, file, "--as-of", "2022-12-31", "--cycle", "2022")
    assert (found["other_cycles"], found["units"]) == (["2023"], [])


def test_a_unit_may_go(held: Kaohe) -> None:
    """One whose enrolment is retracted has a score now and none then; others may move up."""
    held.imports([brief("乙", unit="市教育局"), adopted("乙")], "续.jsonl")
    file = held.file([retracted(4)], "撤.jsonl")
    found = foreseen(held, file, "--as-of", YEAR_END)
    assert changes(found) == {"市财政局": [("80", 2), None]}
    assert "80 → 无" in held("what-if", file, "--as-of", YEAR_END).stdout


def test_other_cycles_that_change_are_named(held: Kaohe) -> None:
    """Who asks about one year is told that lines bear on another too, and how to see it."""
    year = {**CYCLE, "cycle": "2023", "on": "2023-01-01", "starts": "2023-01-01",
            "ends": "2023-12-31", "evidence_due": "2024-01-15"}  # fmt: skip
    held.imports([year], "新年.jsonl")
    file = held.file([adopted("甲", level="province")], "采.jsonl")
    assert foreseen(held, file, "--cycle", "2023")["other_cycles"] == ["2022"]
    assert "请加 --cycle 2022 查看" in held("what-if", file, "--cycle", "2023").stdout
    assert foreseen(held, file, "--cycle", "2022")["other_cycles"] == []


def test_had_it_been_recorded_then(office: Office) -> None:
    """At the position of the publication: the scores as they would have been published."""
    office.first.imports([brief("乙", on="2023-01-05")], "后.jsonl")
    late = [{**YEAR[7], "ref": "采甲2", "level": "province"}]
    file = office.first.file(late, "漏.jsonl")
    found = foreseen(office.first, file, "--as-of", DAY, "--known-at", "#8")
    assert found["now"] == office.first.json("score", "--as-of", DAY, "--known-at", "#8")
    assert found["files"][0]["why"] == ""  # nothing was public yet
    other = Kaohe(_folder(office, "那时"))
    other.imports(YEAR, "年.jsonl")
    other("import", file)
    expected = recorded(other, "--as-of", DAY)
    assert as_recorded(found["then"], other, after=8) == expected
    later = foreseen(office.first, file, "--as-of", DAY, "--known-at", "#9")
    assert later["units"] == found["units"]
    assert "不晚于考核年度" in later["files"][0]["why"]


def _folder(office: Office, name: str) -> Path:
    folder = office.first.folder / name
    folder.mkdir()
    return folder


def test_what_was_recorded_since_is_not_known_then(office: Office) -> None:
    """A line recorded later is new at that moment, and what names a later event is refused."""
    more = office.first.file([brief("乙", ref="报乙")], "后.jsonl")
    office.first("import", more)
    assert foreseen(office.first, more, "--known-at", "#9")["files"][0]["skipped"] == []
    file = office.first.file([retracted("报乙")], "撤.jsonl")
    assert "没有 ref 为“报乙”的事件" in refused(office.first, "what-if", file, "--known-at", "#9")


def test_a_moment_that_makes_no_sense_is_refused(office: Office) -> None:
    """Before anything was recorded, beyond the log, and for what happened after that moment."""
    file = office.first.file([brief("乙", on=str(today()))], "续.jsonl")
    assert "还没有事件" in refused(office.first, "what-if", file, "--known-at", "2022-06-01")
    assert "日志只到 #9" in refused(office.first, "what-if", file, "--known-at", "#10")
    tomorrow = str(today() + timedelta(days=1))
    foreseen(office.first, file, "--known-at", tomorrow)
    foreseen(office.first, file, "--known-at", "#8")
    assert "--known-at" in refused(office.first, "what-if", file, "--known-at", "昨天")


def test_what_had_not_happened_then_could_not_be_recorded_then(office: Office) -> None:
    """The day is that of the moment, or the last on which no more was known than at a position."""

    def in_january(rows: list[Row]) -> list[Row]:
        days = [10 if row.position < 9 else 20 for row in rows]
        moments = [f"2023-01-{day}T01:00:00.000000Z" for day in days]
        return [row._replace(recorded_at=at) for row, at in zip(rows, moments, strict=True)]

    forged(office.first.database, in_january)
    for day, moment, may in (
        ("2023-01-12", "2023-01-11", False),
        ("2023-01-12", "2023-01-12 10:00", True),
        ("2023-01-20", "#8", True),
        ("2023-01-21", "#8", False),
        ("2023-01-21", "#9", True),
    ):
        asked = ("what-if", office.first.file([brief("乙", on=day)]), "--known-at", moment)
        if may:
            assert "设想登记 1 条事件。" in office.first(*asked).stdout
        else:
            told = refused(office.first, *asked)
            assert f"日期 {day} 晚于今天" in told
            assert "按 --known-at 检查时，“今天”是 2023-01-" in told


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
