"""What ``kaohe what-if`` can be asked: rulings, units, cycles, and a moment past."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cli.office import today
from tests.cli.driving import misused, refused
from tests.cli.offices import DAY, YEAR, Office
from tests.cli.registers import (
    CYCLE,
    YEAR_END,
    Line,
    adopted,
    brief,
    enrolled,
    retracted,
)
from tests.cli.supposed import MORE, as_recorded, changes, foreseen, recorded
from tests.forging import Row, forged
from tests.running import Kaohe


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of two people with its year published, nine events."""
    office = Office(tmp_path).opened()
    office.publish()
    return office


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
    assert "--known-at" in misused(office.first, "what-if", file, "--known-at", "昨天")


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
