"""``kaohe export circular``: what it counts, and how it ranks, as its Word document says."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.circulars import (
    COUNTY,
    DEPARTMENTS,
    PERIOD,
    TOTALS,
    ZONE,
    opened_docx,
    registered,
    said,
    written,
)
from tests.cli.driving import misused, refused
from tests.cli.registers import CYCLE, OPENING, adopted, brief, enrolled
from tests.domain.rulebook.files import OTHER_CITY
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Kaohe:
    """The register of the story, which these tests only read."""
    return registered(tmp_path_factory.mktemp("register"))


@pytest.fixture
def story(register: Kaohe, tmp_path: Path) -> Kaohe:
    """The register of the story, and a folder of its own to write to."""
    return Kaohe(tmp_path, register.database)


def test_the_figures_are_those_a_clerk_counts(story: Kaohe) -> None:
    """Totals of each category, then every unit: what was sent and used, points, both ranks."""
    told = opened_docx(written(story, "通报.docx"))
    assert told.tables == [TOTALS, [COUNTY], [ZONE], DEPARTMENTS]
    used = ["市政府办公室采用", "省政府办公厅采用", "国务院办公厅采用", "批示"]
    assert told.heads[0] == ["类别", "单位数", "报送", *used, "报送", *used]
    assert told.heads[1][:8] == ["单位", "报送", *used, "得分", "名次"]
    headings = [text for text in told.paragraphs if text.startswith("（")]
    assert headings[:3] == ["（一）县（市、区）", "（二）开发区", "（三）市直部门"]
    assert headings[3:] == ["（一）县（市、区）", "（二）市直部门"]


def test_the_sentences_say_the_same(story: Kaohe) -> None:
    """Which days, how much, what of it is left out of the statistics, and who had nothing."""
    told = opened_docx(written(story, "通报.docx"))
    assert told.paragraphs[:3] == [
        "关于2022年7月1日至9月30日", "政务信息采用情况的通报", "各县（市、区）、开发区、市直部门：",
    ]  # fmt: skip
    assert "2022年7月1日至9月30日（以下称“本期”）" in told.paragraphs[3]
    assert "2022年1月1日以来（以下称“累计”）" in told.paragraphs[3]
    first, second = told.below("一、总体情况", "二、各类单位情况")
    none = "市政府领导批示1条，省政府领导批示0条，国务院领导批示0条。"
    assert first.startswith(
        "本期，4个单位中有3个报送了政务信息，共5条（其中按考核细则不列入统计的1条）；"
    )
    assert first.endswith(
        f"；市政府办公室采用2条，省政府办公厅采用2条，国务院办公厅采用0条，{none}"
    )
    assert second.startswith("2022年1月1日以来，4个单位中有3个报送了政务信息，共8条（其中")
    assert second.endswith(
        f"；市政府办公室采用3条，省政府办公厅采用2条，国务院办公厅采用0条，{none}"
    )
    assert told.below("四、没有报送、没有采用的单位", "五、统计说明") == [
        "本期没有报送信息的单位（1个）：开发区。",
        "本期没有信息被采用的单位（1个）：开发区。",
        "累计没有报送信息的单位（1个）：开发区。",
        "累计没有信息被采用的单位（1个）：开发区。",
    ]
    assert "登记簿第28号事件" in told.paragraphs[-1]


def test_titles_bear_marks_of_level_and_endorsement(story: Kaohe) -> None:
    """Each unit's titles in the order of their use, with their marks and those who shared them."""
    told = opened_docx(written(story, "通报.docx"))
    listed = told.below("三、本期采用和批示的信息", "四、没有报送、没有采用的单位")
    assert listed[0].startswith("标记：●市政府办公室采用，★省政府办公厅采用，◆国务院办公厅采用，○")
    assert listed[1:] == [
        "（一）县（市、区）",
        "应县（2条）",
        "1.合编的简报★（与市教育局共同报送）",
        "2.简报乙●（与市教育局共同报送）",
        "（二）市直部门",
        "市教育局（3条）",
        "1.简报己★",
        "2.合编的简报★（与应县共同报送）",
        "3.简报乙●（与应县共同报送）",
        "市财政局（1条）",
        "1.简报丙●○",
    ]


def test_what_was_known_earlier_is_told_as_it_was_known(story: Kaohe) -> None:
    """Before the retraction and the correction an adoption and a submission more are counted."""
    told = opened_docx(written(story, "通报.docx", "--known-at", "#26"))
    assert told.tables[0][-1][2:4] == ["6", "3"]
    assert told.tables[3][1][:8] == ["市财政局", "2", "2", "0", "0", "1", "10", "2/2"]
    assert "登记簿第26号事件" in told.paragraphs[-1]


def test_a_period_goes_by_the_days_of_both_ends(story: Kaohe) -> None:
    """A single day takes in what happened on it, and nothing of the days around it."""
    day = ("--from", "2022-08-05", "--as-of", "2022-08-05")
    told = opened_docx(written(story, "一天.docx", *day))
    assert told.tables[0][-1][2:7] == ["0", "1", "0", "0", "0"]
    assert told.paragraphs[0] == "关于2022年8月5日"


def test_a_period_in_which_nothing_happened(story: Kaohe) -> None:
    """There are no titles and no ranks, and everybody is named; the cumulative half goes on."""
    told = opened_docx(written(story, "空.docx", "--from", "2022-12-01", "--as-of", "2022-12-31"))
    assert [row[1:8] for table in told.tables[1:] for row in table] == [[*["0"] * 6, "—"]] * 4
    assert told.tables[1][0][8:] == ["4", "2", "2", "0", "0", "14", "1/2"]
    assert "本期没有被采用或者获批示的信息。" in told.paragraphs
    assert "本期没有报送信息的单位（4个）：应县、开发区、市财政局、市教育局。" in told.paragraphs


def test_a_register_of_one_unit(kaohe: Kaohe) -> None:
    """One category, one row, first of one; nobody is without anything."""
    kaohe.imports([*OPENING[:2], brief("甲"), adopted("甲")])
    told = opened_docx(written(kaohe, "一个单位.docx"))
    assert [len(table) for table in told.tables] == [2, 1]
    assert told.tables[1][0][:8] == ["应县", "1", "1", "0", "0", "0", "2", "1/1"]
    assert "本期没有报送信息的单位：无。" in told.paragraphs


def test_a_unit_that_was_merged_is_called_as_on_the_day(tmp_path: Path) -> None:
    """What came before a merger stays counted, nothing later is, and nobody expects more of it."""
    story = registered(tmp_path)
    story.imports(
        [
            {"type": "UnitChanged", "on": "2022-08-10", "unit": "市财政局", "into": "市教育局"},
            {"type": "UnitChanged", "on": "2022-08-11", "unit": "开发区", "name": "经开区"},
        ]
    )
    told = opened_docx(written(story, "通报.docx"))
    assert told.tables[3][1] == ["市财政局", "2", *["0"] * 5, "—", "3", *["0"] * 5, "—"]
    assert "本期没有报送信息的单位（1个）：经开区。" in told.paragraphs
    later = opened_docx(
        written(story, "后来.docx", "--from", "2022-09-01", "--as-of", "2022-09-30")
    )
    assert "本期没有报送信息的单位（3个）：应县、经开区、市教育局。" in later.paragraphs


def test_another_scheme_has_its_own_levels(kaohe: Kaohe) -> None:
    """A scheme of one level without endorsements gives a table of one use, by its own words."""
    folder = kaohe.folder / "细则"
    folder.mkdir()
    (folder / "other-2023.toml").write_text(OTHER_CITY, encoding="utf-8")
    cycle = {**CYCLE, "rulebook": "other-2023"}
    lines = [
        cycle,
        enrolled("一处", "office"),
        brief("甲", unit="一处", kind="flash"),
        adopted("甲", level="municipal"),
        adopted("甲", level="municipal", on="2022-08-09"),
    ]
    kaohe("--rulebooks", folder, "import", kaohe.file(lines))
    path = kaohe.folder / "通报.docx"
    asked = ("--from", "2022-07-01", "--as-of", "2022-09-30")
    kaohe("--rulebooks", folder, "export", "circular", "--to", path, *asked)
    told = opened_docx(path)
    assert told.heads[1] == ["单位", *["报送", "市级采用", "得分", "名次"] * 2]
    assert told.tables[1] == [["一处", *["1", "2", "10", "1/1"] * 2]]
    assert "各处室：" in told.paragraphs


HOSTILE = 'a&b <w:p>{{ signed }}{% raw %}{_{ }_} #strong[c] $x$ `d` \\e @f *g* "h" 〈〉'


def test_text_of_the_register_is_never_markup(opened: Kaohe) -> None:
    """Titles and names with signs of XML, Jinja and docxtpl are printed as they were written."""
    name = "{{ head }}<b>局&#"
    opened.imports(
        [enrolled(name, "department"), brief("甲", unit=name, title=HOSTILE), adopted("甲")]
    )
    told = opened_docx(written(opened, "通报.docx", "--signed", "{{ title }}&<办>"))
    assert f"1.{HOSTILE}●" in told.paragraphs
    assert f"{name}（1条）" in told.paragraphs
    assert told.paragraphs[-1] == "{{ title }}&<办>"
    assert [row[0] for row in told.tables[3]] == [name, "市财政局", "市教育局"]


def test_signs_that_no_document_can_hold(opened: Kaohe) -> None:
    """What XML has no place for is shown as such in a title, and refused in an option."""
    opened.imports([brief("甲", title="甲\uffff乙"), adopted("甲")])
    assert "1.甲\ufffd乙●" in opened_docx(written(opened, "通报.docx")).paragraphs
    asked = ("export", "circular", "--to", opened.folder / "二.docx", *PERIOD)
    assert "U+0007" in refused(opened, *asked, "--signed", "办\a公室")


def test_head_number_signature_and_title_are_given(story: Kaohe) -> None:
    """What only the office knows stands where it belongs, and is not there unless it is given."""
    given = (
        "--head", "某市人民政府办公室文件", "--number", "某政办函第9号",
        "--signed", "某市人民政府办公室", "--issued", "2022年10月9日", "--title", "情况通报",
    )  # fmt: skip
    told = opened_docx(written(story, "通报.docx", *given)).paragraphs
    assert told[:3] == ["某市人民政府办公室文件", "某政办函第9号", "情况通报"]
    assert told[-2:] == ["某市人民政府办公室", "2022年10月9日"]


def test_the_same_point_gives_the_same_bytes(story: Kaohe, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the hour, nor the zone of the machine, nor a day named twice make a difference."""
    asked = ("--known-at", "#28")
    first = written(story, "一.docx", *asked).read_bytes()
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        second = written(story, "二.docx", *asked).read_bytes()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert first == second


def test_it_says_which_point_it_tells_of(story: Kaohe) -> None:
    """Day and moment of knowledge are named beside the file that was written."""
    told = said(story, "通报.docx")
    assert told.stderr.startswith("考核年度 2022，截至 2022-09-30，按事件 #28")
    assert told.stderr.endswith(f"已写出 {story.folder / '通报.docx'}\n")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("--from", "2022-10-01", "--as-of", "2022-09-30"), "晚于截止日 2022-09-30"),
        (("--from", "2021-12-31", "--as-of", "2022-09-30"), "不在考核年度 2022"),
        (("--from", "2023-01-01", "--as-of", "2023-01-20"), "不在考核年度 2022"),
        (("--from", "2022-07-01", "--cycle", "2021"), "没有登记过考核年度“2021”"),
        (("--from", "2022-07-01", "--known-at", "#1"), "没有登记过单位"),
    ],
)
def test_days_that_make_no_period_are_refused(
    story: Kaohe, asked: tuple[str, ...], expected: str
) -> None:
    """The days are told apart from a year without units, and nothing is written."""
    path = story.folder / "通报.docx"
    assert expected in refused(story, "export", "circular", "--to", path, *asked)
    assert not path.exists()


def test_an_empty_register_has_nothing_to_tell(kaohe: Kaohe) -> None:
    """Without a register, and in one without a year, it is refused."""
    asked = ("export", "circular", "--from", "2022-07-01", "--to", kaohe.folder / "通报.docx")
    assert "没有数据库" in refused(kaohe, *asked)
    kaohe("init")
    assert "没有" in refused(kaohe, *asked)


def test_a_file_is_written_only_where_there_is_none(story: Kaohe) -> None:
    """An existing file stays as it is, and a name that no program opens is refused."""
    path: Path = written(story, "通报.docx")
    before = path.read_bytes()
    asked = ("export", "circular", "--from", "2022-07-01", "--to")
    assert "已经存在" in refused(story, *asked, path)
    assert path.read_bytes() == before
    assert ".docx 或 .pdf" in refused(story, *asked, story.folder / "通报.doc")
    assert "--from" in misused(story, "export", "circular", "--to", path)
