"""``kaohe export report``: pages whose numbers are those of the other commands."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.driving import events_of, refused
from tests.cli.registers import CYCLE, adopted, brief, enrolled
from tests.cli.reports import Report
from tests.cli.stories import COUNTY, STORY, finding
from tests.pages import first_marked, marked, read_page, text_of
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2022-05-15")
CAPPED: list[dict[str, Any]] = [
    *STORY,
    *(finding(f"G{number}", f"2022-04-{number + 1:02}", "non_cooperation") for number in range(12)),
    {
        "type": "RulingMade",
        "on": "2022-06-01",
        "parameter": "grades",
        "value": [["好", 80], ["一般", 0]],
        "reason": "办公会定",
    },
]
"""Twelve findings of a point each: an own cap of 10 absorbs two, the weight of 15 some more."""


@pytest.fixture
def told(kaohe: Kaohe) -> Kaohe:
    """An office with two units, corrections, a ruling, caps that absorb, and lines pending."""
    kaohe.imports(CAPPED)
    return kaohe


def test_every_number_is_that_of_the_other_commands(told: Kaohe) -> None:
    """Totals, groups, indicators, lines, caps, pending, curve and chart agree at two points."""
    Report(told, "一", *DAY).agrees()
    Report(told, "二", "--as-of", "2023-02-01", "--known-at", "#9").agrees()


def test_links_lead_to_a_place(told: Kaohe) -> None:
    """Every link between the pages leads to a page and to something on it."""
    Report(told, "网页", *DAY).resolves()


def test_each_total_opens_down_to_events_of_the_log(told: Kaohe) -> None:
    """Under every line stands an event of the log with both times, its actor and its row."""
    report = Report(told, "网页", *DAY)
    known = {f"#{event['position']}": event for event in events_of(told)}
    page = report.unit(COUNTY)
    lines = [item for held in marked(page, "lines") for item in held.findall("li")]
    assert lines
    for line in lines:
        (events,) = marked(line, "events")
        assert len(events)
        for event in map(text_of, events):
            recorded = known[event.partition(" ")[0]]
            assert f"发生 {recorded['on'][:10]} 登记 20" in event
            assert "登记人 张三" in event
            assert "登记.jsonl 第 " in event


def test_a_correction_stands_with_what_it_corrects(told: Kaohe) -> None:
    """An adoption that was corrected shows what was recorded, what counts, and the reason."""
    page = Report(told, "网页", *DAY).unit(COUNTY)
    events = [text_of(event) for held in marked(page, "events") for event in held]
    (adoption,) = [event for event in events if event.startswith("#5 ")]
    assert "被市政府办公室采用（每日快报）" in adoption
    assert "更正后：信息 Y1 被省政府办公厅采用" in adoption
    assert "#6 更正事件 #5" in adoption
    assert "登记错层级" in adoption


def test_a_ruling_is_named_with_its_reason(told: Kaohe) -> None:
    """The reading that a ruling set stands with the clause, and opens to the ruling."""
    page = text_of(Report(told, "网页", *DAY).unit(COUNTY))
    assert "indicators.accuracy.cap 取 3（裁定 #10：办公会定）" in page
    assert "裁定事件 #10" in page


def test_the_heading_says_what_is_shown(told: Kaohe) -> None:
    """Cycle, day, moment of knowledge and counts stand at the head of the index."""
    asked = (*DAY, "--known-at", "#11")
    head = first_marked(Report(told, "网页", *asked).index, "facts")
    sheets = told.sheets(*asked).values()
    entries = [entry for s in sheets for group in s["groups"] for entry in group["indicators"]]
    lines = sum(len(entry["lines"]) for entry in entries)
    pending = sum(len(sheet["pending"]) for sheet in sheets)
    assert lines
    assert pending
    assert "考核年度 2022，截至 2022-05-15，按事件 #11（20" in head
    assert "朔州市2022年度政务信息工作考核方案（朔政办函" in head
    assert "2 个：县（市、区） 1、市直部门 1" in head
    assert f"已计 {lines} 条，待计 {pending} 条，注意 2 处" in head


def test_notices_and_grades_are_shown(told: Kaohe) -> None:
    """A missing quota is named once for all units; a grade stands in the table and on the page."""
    report = Report(told, "网页", *DAY)
    text = text_of(report.index)
    notice = "2022-07-01 至 2022-12-31 没有专报报送任务，该时段的专报及额外报送无法计算"
    assert text.count(f"{notice}（全部单位）") == 1
    page = report.unit(COUNTY)
    assert len(list(marked(page, "notice"))) == 2
    grade = told.sheets(*DAY)[COUNTY]["grade"]
    assert text_of(report.bodies[0].findall("tr")[0][-1]) in {"好", "一般"}
    assert f"等次 {grade}" in text_of(page)


def test_the_same_log_and_point_give_the_same_bytes(told: Kaohe) -> None:
    """Two reports differ in nothing, not even after more was recorded."""
    asked = (*DAY, "--known-at", "#12")
    first = Report(told, "一", *asked)
    told.imports([finding("后来", "2022-02-02")], "后来.jsonl")
    second = Report(told, "二", *asked)
    files = {file.name: file.read_bytes() for file in first.folder.iterdir()}
    assert files == {file.name: file.read_bytes() for file in second.folder.iterdir()}
    assert files.keys() == {"index.html", "unit-0002.html", "unit-0003.html"}


def test_a_page_keeps_its_name(told: Kaohe) -> None:
    """A unit that is renamed, and another enrolled, leave the name of a page as it was."""
    before = Report(told, "一", *DAY).files[COUNTY]
    new = "应县/..\\CON"
    more = [
        {"type": "UnitChanged", "on": "2022-05-01", "unit": COUNTY, "name": new},
        enrolled("市教育局", "department"),
    ]
    told.imports(more, "改名.jsonl")
    after = Report(told, "二", *DAY)
    assert after.files[new] == before
    assert len(after.files) == 3


HOSTILE = (
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "{{ 7*9876543 }}{% raise %}",
    "</style><!--",
    "]]>&lt;b&gt;",
)


def test_hostile_text_stays_text(kaohe: Kaohe) -> None:
    """What looks like markup or a template stands on the pages letter by letter, and is nothing."""
    lines = [CYCLE, *(enrolled(name, "county") for name in HOSTILE[:3])]
    for number, bad in enumerate(HOSTILE):
        lines.append(brief(f"J{number}", unit=HOSTILE[number % 3], title=bad, note=bad))
        lines.append(adopted(f"J{number}", publication=bad, ref=f"{number}{bad}", note=bad))
    kaohe.imports(lines, "'\"><img src=x>.jsonl")
    report = Report(kaohe, "网页", "--as-of", "2022-12-31")
    report.agrees()
    for page in (report.index, *map(report.unit, HOSTILE[:3])):
        assert len(list(page.iter("script"))) == 1
        assert not list(page.iter("img"))
        assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]
    shown = "".join(text_of(report.unit(name)) for name in HOSTILE[:3])
    assert not [bad for bad in HOSTILE if " ".join(bad.split()) not in shown]
    assert str(7 * 9876543) not in shown


def test_a_folder_that_holds_something_is_left_alone(told: Kaohe) -> None:
    """What lies in the folder stays, nothing is written there, and the way out is named."""
    folder = told.folder / "有东西"
    folder.mkdir()
    (folder / "a.txt").write_text("我的", encoding="utf-8")
    said = refused(told, "export", "report", "--to", folder)
    assert "不是空的" in said
    assert [file.name for file in folder.iterdir()] == ["a.txt"]
    taken = told.folder / "文件"
    taken.write_text("我的", encoding="utf-8")
    assert "不是文件夹" in refused(told, "export", "report", "--to", taken)
    assert taken.read_text(encoding="utf-8") == "我的"
    assert "不能写入" in refused(told, "export", "report", "--to", told.folder / "没有" / "网页")


def test_an_empty_folder_is_filled(told: Kaohe) -> None:
    """An empty folder that is there takes the pages, and others may read them."""
    folder = told.folder / "空"
    folder.mkdir()
    report = Report(told, "空", *DAY)
    assert (report.folder / "index.html").is_file()
    assert folder.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)


def test_nothing_is_left_after_a_failure(told: Kaohe) -> None:
    """A question that cannot be answered leaves neither the folder nor half of it."""
    before = sorted(file.name for file in told.folder.iterdir())
    refused(told, "export", "report", "--to", told.folder / "网页", "--cycle", "1999")
    refused(told, "export", "report", "--to", told.folder / "网页", "--as-of", "2000-01-01")
    assert sorted(file.name for file in told.folder.iterdir()) == before


def test_a_year_in_which_nothing_happened(kaohe: Kaohe) -> None:
    """Two cycles, the later without events: each is reported by its own, the empty one with 80."""
    next_year = {
        **CYCLE,
        "on": "2023-01-01",
        "cycle": "2023",
        "starts": "2023-01-01",
        "ends": "2023-12-31",
        "evidence_due": "2024-01-15",
    }
    kaohe.imports([*STORY, next_year])
    empty = Report(kaohe, "空年", "--cycle", "2023", "--as-of", "2023-01-02")
    empty.agrees()
    assert first_marked(empty.unit(COUNTY), "total") == "总分 80 = 基础项 80 + 加分项 0"
    Report(kaohe, "旧年", "--cycle", "2022", "--as-of", "2022-12-31").agrees()


def test_a_cycle_without_units(kaohe: Kaohe) -> None:
    """Before any unit is enrolled there is an index, and it says so."""
    kaohe.imports([CYCLE])
    kaohe("export", "report", "--to", kaohe.folder / "网页")
    assert [file.name for file in (kaohe.folder / "网页").iterdir()] == ["index.html"]
    assert "还没有登记单位" in text_of(read_page(kaohe.folder / "网页" / "index.html"))


def test_without_a_day_the_curve_ends_with_the_year(begun: Kaohe) -> None:
    """Asked without a day, the curve is that of ``history``, which ends where changes end."""
    begun.imports([finding("F1", "2022-02-01")], "问题.jsonl")
    Report(begun, "网页").agrees()


def test_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """The pages are the same from PostgreSQL, but for the moments of recording."""
    kaohe = Kaohe(tmp_path, postgres_url)
    kaohe.imports(STORY)
    report = Report(kaohe, "网页", *DAY)
    report.agrees()
    report.resolves()


@pytest.mark.slow
def test_a_whole_year_agrees(tmp_path: Path) -> None:
    """Every number on the 42 pages of the demonstration is that of the other commands."""
    kaohe = Kaohe(tmp_path, str(tmp_path / "demo" / "kaohe.db"))
    kaohe("demo", "--to", tmp_path / "demo")
    for name, day in (("年底", "2023-01-20"), ("十月", "2022-10-01")):
        report = Report(kaohe, name, "--as-of", day)
        report.agrees()
        report.resolves()
        assert len(report.files) == 41
