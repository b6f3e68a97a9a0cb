"""``kaohe export sheet``: score sheets to print, each number that follows from others a formula."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.cli.capped import CAPPED, ODD
from tests.cli.driving import ended, events_of, refused, started
from tests.cli.registers import CYCLE, UNITS, YEAR_END, adopted, brief, corrected, enrolled, issued
from tests.cli.score_books import (
    LINES,
    SUMMARY,
    as_told,
    exported,
    lines_as_told,
    lines_told,
    rows,
    stored,
    told,
)
from tests.running import Kaohe

if TYPE_CHECKING:
    from openpyxl import Workbook

EVERYWHERE = {
    "ABS", "AND", "IF", "IFERROR", "ISNUMBER", "LOOKUP", "MAX", "MIN", "RANK", "ROUND", "SIGN",
    "SUM", "SUMIFS", "SUMPRODUCT",
}  # fmt: skip
"""Functions that Excel 2007, WPS and LibreOffice have."""


@pytest.fixture
def capped(kaohe: Kaohe) -> Kaohe:
    """A register in which both caps bite."""
    kaohe.imports(CAPPED)
    return kaohe


def book_of(kaohe: Kaohe, *asked: object, formulas: bool = False) -> Workbook:
    """Export the score sheets, and open them with the values that are stored or the formulas."""
    return load_workbook(exported(kaohe, *asked), data_only=not formulas)


def sheet_of(book: Workbook, unit: str) -> Any:  # noqa: ANN401  openpyxl says less than it knows
    """Return the sheet of a unit."""
    return next(
        sheet for sheet in book if str(sheet["A2"].value).startswith(f"被考核单位：{unit}　")
    )


def list_of(book: Workbook) -> list[dict[str, Any]]:
    """Return the rows of the list as they are, headings to values."""
    held = [{name: cell.value for name, cell in row.items()} for row in rows(book[LINES])]
    return held[:-1]


def test_what_is_stored_is_what_score_says(capped: Kaohe) -> None:
    """Scores, absorptions, ranks and lines are those of ``score`` and ``explain`` to the letter."""
    book = book_of(capped, "--as-of", YEAR_END)
    units = capped.json("score", "--as-of", YEAR_END)["units"]
    assert told(book) == as_told(units)
    explained = [capped.json("explain", unit["unit"], "--as-of", YEAR_END) for unit in units[:7]]
    expected = [line for each in explained for line in lines_as_told(each)]
    assert lines_told(book)[: len(expected)] == expected
    said = {line["status"] for line in expected}
    assert said == {"计入", "待计", "提示"}
    absorbed = {name: {line[name] for line in expected} for name in _ABSORBED}
    assert absorbed["absorbed_by_cap"] >= {"0", "2", "1", "0.2"}
    assert absorbed["absorbed_by_weight"] >= {"0", "12"}


_ABSORBED = ("absorbed_by_cap", "absorbed_by_weight")


def test_everything_that_follows_is_a_formula(capped: Kaohe) -> None:
    """No total, sum, absorption or rank is a number, and any program has the functions.

    Only points, caps and weights are numbers, and our own total to compare with.
    """
    path = exported(capped, "--as-of", YEAR_END)
    book = load_workbook(path)
    for unit in told(book).values():
        assert {said[:1] for said in unit["summary"].values() if said} == {"="}
        assert {unit[name][:1] for name in ("base", "bonus", "total")} == {"="}
        assert {said[:1] for said in unit["head"].values()} == {"="}
        for group in unit["groups"].values():
            assert {said[:1] for n, said in group.items() if said and n != "weight"} == {"="}
        for held in unit["indicators"].values():
            assert {held[name][:1] for name in ("raw", "effective", "absorbed")} == {"="}
    computed = [row for row in list_of(book) if row["状态"] != "提示"]
    for name in ("上限吸收", "权重吸收", "计入得分"):
        assert {row[name][:1] for row in computed} == {"="}
    with ZipFile(path) as held:
        texts = [held.read(name).decode() for name in held.namelist() if "worksheets" in name]
    formulas = [found for text in texts for found in re.findall(r"<f>([^<]*)</f>", text)]
    assert len(formulas) == len(stored(path)) > 500
    bare = (re.sub(r"'(?:[^']|'')*'!|\"[^\"]*\"|&quot;.*?&quot;", "", found) for found in formulas)
    assert {name for found in bare for name in re.findall(r"([\w.]+)\(", found)} == EVERYWHERE


def test_the_same_point_gives_the_same_bytes(capped: Kaohe) -> None:
    """Made again, also by a process in another zone, another locale and with another hash seed."""
    first = exported(capped, "--as-of", YEAR_END, name="一").read_bytes()
    assert exported(capped, "--as-of", YEAR_END, name="二").read_bytes() == first
    path = capped.folder / "三.xlsx"
    asked = ("export", "sheet", "--to", path, "--as-of", YEAR_END)
    elsewhere = started(
        capped.database, *asked,
        TZ="America/Los_Angeles", LC_ALL="de_DE.UTF-8", PYTHONHASHSEED="7",
    )  # fmt: skip
    assert ended(elsewhere).exit_code == 0
    assert path.read_bytes() == first
    assert load_workbook(path).properties.created.year == 2022


def test_text_is_never_a_formula_or_a_link(opened: Kaohe) -> None:
    """Titles that look like formulas, links, markup or nothing printable come out as they are."""
    odd = ['=HYPERLINK("http://x.cn","点我")', "+1", "@x", "-2", "http://x.cn", "一\n二", "😀",
           "<r>粗</r>", "_x0041__x0042_", "{=1}", "'", "\uffff", "题" * 900]  # fmt: skip
    for number, title in enumerate(odd):
        opened.imports(
            [brief(f"甲{number}", title=title), adopted(f"甲{number}")], f"={number}.jsonl"
        )
    opened.imports([brief("长", title="题" * 5_000), adopted("长")])
    book = book_of(opened, "--as-of", YEAR_END, formulas=True)
    lines = [row for row in list_of(book) if row["状态"] == "计入"]
    for title, row in zip(odd, lines, strict=False):
        plain = row["事由"]
        if plain.startswith("json:"):
            plain = json.loads(plain.removeprefix("json:"))
        assert title in plain
    assert lines[-1]["事由"].endswith("字，见 kaohe explain）")
    assert len(lines[-1]["事由"]) == 1_000
    computed = {
        (sheet.title, cell.coordinate)
        for sheet in book for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f" or cell.hyperlink
    }  # fmt: skip
    assert len(computed) == len(stored(opened.folder / "评分表.xlsx"))


def test_odd_names_have_sheets(opened: Kaohe) -> None:
    """Whatever a unit is called, its sheet has a name that Excel takes, and bears the full name."""
    long = "很长的名字" * 10
    odd = [*ODD, "+1", "@x", "汇总", "History", "a局", "A局", "甲/乙[丙]:丁*?\\", long, f"{long}二",
           "😀" * 40]  # fmt: skip
    opened.imports([enrolled(unit, "department") for unit in odd])
    book = book_of(opened, *odd, "--as-of", YEAR_END)
    assert {row["单位"].value for row in rows(book[SUMMARY])} >= set(odd)
    names = book.sheetnames[1:-2]
    assert len(names) == len({name.casefold() for name in book.sheetnames}) - 3 == len(odd)
    for unit, name in zip(odd, names, strict=True):
        assert len(name.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\]|^'|'$|^history$", name, re.IGNORECASE)
        assert sheet_of(book, unit).title == name
    assert [name for name in names if unicodedata.normalize("NFKC", name) == "甲/乙[丙]:丁*?\\"]
    assert {"汇总（2）", "History（2）", "a局", "A局（2）", f"{long[:28]}（2）"} < set(names)


def test_sheets_are_headed_by_what_the_scheme_is_about(capped: Kaohe) -> None:
    """The title is the scheme's own, but a sheet of scores is no scheme."""
    book = book_of(capped, "--as-of", YEAR_END)
    subject = "朔州市2022年度政务信息工作考核"
    assert sheet_of(book, "应县")["A1"].value == f"{subject}评分表"
    assert f"{subject}得分汇总表" in {sheet["A1"].value for sheet in book.worksheets}


def test_a_sheet_prints_as_an_office_expects(capped: Kaohe) -> None:
    """A4 landscape, a page wide, headings on every page, page numbers, the unit in the header."""
    book = book_of(capped, "--as-of", YEAR_END)
    sheets: list[Any] = book.worksheets[:-1]
    for sheet in sheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows in {"$1:$3", "$1:$5"}
        assert "&P" in sheet.oddFooter.center.text
    sheet = sheet_of(book, "应县")
    assert sheet.oddHeader.right.text == "单位：应县"
    header = sheet_of(book, "&[Page]&P").oddHeader.right.text
    assert "&" not in header
    assert unicodedata.normalize("NFKC", header) == "单位:&[Page]&P"
    said = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"考核人：", "复核人：", "被考核单位（签章）："} < set(said)
    assert any("96号" in str(text) for text in said)
    point = capped("rank", "--as-of", YEAR_END).stdout.partition("\n")[0]
    assert point in said
    assert any("没有专报报送任务" in str(text) for text in said)
    assert "待计：另有 7 条尚未到起算日，没有计入，见“条目”工作表。" in said


def test_some_units_alone_keep_their_ranks(capped: Kaohe) -> None:
    """Those asked for have a sheet, in the order of enrolment; the summary ranks everybody."""
    book = book_of(capped, "市财政局", "应县人民政府", "应县", "--as-of", YEAR_END)
    assert book.sheetnames == [SUMMARY, "应县", "市财政局", LINES, "说明"]
    units = capped.json("score", "--as-of", YEAR_END)["units"]
    assert told(book) == as_told(units, ["应县", "市财政局"])
    assert {line["unit"] for line in lines_told(book)} == {"应县", "市财政局"}
    checks = {row["单位"].value: row["核对"].value for row in rows(book[SUMMARY])}
    assert {unit for unit, said in checks.items() if said == "一致"} == {"应县", "市财政局"}
    assert "应" in refused(capped, "export", "sheet", "--to", capped.folder / "x.xlsx", "应")
    assert not (capped.folder / "x.xlsx").exists()


def test_a_line_says_where_it_came_from(opened: Kaohe) -> None:
    """Events, with corrections, and file, sheet and row of each; what has no file says so."""
    opened.imports([issued("约一"), brief("甲")], "一.jsonl")
    opened.imports([adopted("甲"), corrected(8, on="2022-08-06")], "二.jsonl")
    opened("record", "ItemAdopted", "on=2022-08-09", "item=甲", "level=province")
    lines = [row for row in list_of(book_of(opened, "--as-of", YEAR_END)) if row["状态"] == "计入"]
    assert [(row["依据事件"], row["来源（文件、工作表、行）"]) for row in lines] == [
        ("#6", "一.jsonl 第 1 行"),
        ("#7 #8 #9", "一.jsonl 第 2 行\n二.jsonl 第 1 行\n二.jsonl 第 2 行"),
        ("#7 #10", "一.jsonl 第 2 行\n逐条登记"),
    ]
    assert lines[1]["条款出处"] == "附件2 加分项·信息采用·简报信息采用情况"


def test_known_at_is_as_for_score(opened: Kaohe) -> None:
    """The sheets as they were known at a moment, and the head says which."""
    opened.imports([brief("甲"), adopted("甲")])
    before = book_of(opened, "--as-of", YEAR_END, "--known-at", "#6")
    assert told(before)["应县"]["total"] == "80"
    assert "#6" in sheet_of(before, "应县")["A3"].value
    assert told(book_of(opened, "--as-of", YEAR_END))["应县"]["total"] == "82"


def test_no_lines_at_all(opened: Kaohe) -> None:
    """Units without a line have a sheet of 80 points, and are level."""
    seen = told(book_of(opened, "--as-of", "2022-03-01"))
    assert {unit: sheet["total"] for unit, sheet in seen.items()} == dict.fromkeys(UNITS, "80")
    assert {sheet["summary"]["rank"] for sheet in seen.values()} == {"1"}


def test_what_cannot_be_exported_leaves_no_file(kaohe: Kaohe) -> None:
    """Another suffix, no register, no units, a file that is there: refused, and nothing changes."""
    path = kaohe.folder / "评分表.xlsx"
    assert "没有数据库" in refused(kaohe, "export", "sheet", "--to", path)
    kaohe.imports([CYCLE])
    assert "还没有登记单位" in refused(kaohe, "export", "sheet", "--to", path)
    assert not path.exists()
    assert ".xlsx" in refused(kaohe, "export", "sheet", "--to", kaohe.folder / "评分表.csv")
    path.write_bytes(b"mine")
    assert "没有覆盖" in refused(kaohe, "export", "sheet", "--to", path)
    assert path.read_bytes() == b"mine"


def test_exporting_sheets_is_not_recorded(opened: Kaohe) -> None:
    """The log is as long as it was."""
    before = events_of(opened)
    exported(opened)
    assert events_of(opened) == before


def test_the_guide_prints_as_wide_as_a_page(capped: Kaohe) -> None:
    """On paper no sentence of it is cut off at the edge."""
    guide = book_of(capped, "应县", "--as-of", YEAR_END)["说明"]
    fitted = guide.sheet_properties.pageSetUpPr
    assert fitted is not None
    assert fitted.fitToPage
    assert (guide.page_setup.paperSize, guide.page_setup.fitToHeight) == (9, 0)
