"""The lists as a table, CSV, JSON and workbooks: for Excel and WPS, and never a formula."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.cli.driving import refused
from tests.cli.lists import listed
from tests.cli.registers import YEAR_END, adopted, brief, issued
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

END = ("--as-of", YEAR_END)
ODD = '=HYPERLINK("http://x")'
ORIGIN = ["依据事件", "登记时间", "登记人", "来源文件", "工作表", "行"]
EVERY = [
    "信息报送", "信息采用", "领导批示", "约稿", "约稿答复", "主要领导批示", "会议研究部署",
    "职责名单报送", "在岗人员", "跟班学习", "问题认定", "口径裁定", "说明",
]  # fmt: skip


@pytest.fixture
def filled(opened: Kaohe) -> Kaohe:
    """#6 an item whose title is a formula, by two units; #7 one with odd text; #8 a commission."""
    opened.imports(
        [
            brief("甲", title=ODD, unit="应县、开发区", on="2022-08-01T09:30:00+08:00"),
            brief("＋乙", title="[red]不是标记[/red] & <b>", mailbox="@x"),
            issued("约1"),
            adopted("甲", publication="＝朔州快报"),
        ],
        "登记 一.jsonl",
    )
    return opened


def sheet_of(path: Path, name: str) -> Any:  # noqa: ANN401  openpyxl's own types are of no use here
    """Return a sheet of a workbook, as another program reads it."""
    return load_workbook(path)[name]


def cells(sheet: Any) -> list[list[Any]]:  # noqa: ANN401  see above
    """Return the cells of a sheet."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_opens_in_excel(filled: Kaohe) -> None:
    """It begins with the mark of UTF-8, ends lines as Excel does, and runs nothing."""
    path = filled.folder / "报送.csv"
    answer = filled("list", "submissions", *END, "--to", path)
    assert not answer.stdout
    assert "信息报送 2 行" in answer.stderr
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    heading, first, second = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    assert heading[-6:] == ORIGIN
    told = dict(zip(heading, first, strict=True))
    assert told["标题"] == f"'{ODD}"
    assert told["报送时间"] == "2022-08-01 09:30"
    assert told["报送单位"] == "应县、开发区"
    assert (told["依据事件"], told["来源文件"], told["行"]) == ("#6", "登记 一.jsonl", "1")
    other = dict(zip(heading, second, strict=True))
    assert (other["信息编号"], other["收件邮箱"], other["渠道"]) == ("'＋乙", "'@x", "错投邮箱")
    printed = filled("list", "submissions", *END, "--format", "csv").stdout
    assert printed.encode() == data.replace(b"\r\n", b"\n")


def test_a_workbook_is_fit_to_be_filtered_and_never_runs(filled: Kaohe) -> None:
    """Headings frozen, a filter, wide columns, dates as dates, and text that is text."""
    path = filled.folder / "报送.xlsx"
    filled("list", "submissions", *END, "--to", path)
    sheet = sheet_of(path, "信息报送")
    heading, first, second = cells(sheet)
    told = dict(zip(heading, first, strict=True))
    assert told["标题"] == ODD
    assert sheet.cell(3, heading.index("标题") + 1).data_type == "s"
    assert str(told["报送时间"]) == "2022-08-01 09:30:00"
    assert dict(zip(heading, second, strict=True))["标题"] == "[red]不是标记[/red] & <b>"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(heading)).column_letter}3"
    assert sheet.column_dimensions["C"].width > 40
    assert "截至 2022-12-31" in cells(sheet_of(path, "说明"))[1][0]


def test_a_printed_list_can_be_read(filled: Kaohe) -> None:
    """Nothing is cut: texts and numbers of events wrap, and rows are tall enough for them.

    A page is as wide as what belongs on paper, and large enough for its letters not to be tiny.
    """
    filled("correct", "#6", f"title={'很长的标题' * 9}", "--reason", "误")
    path = filled.folder / "清单.xlsx"
    filled("list", "all", *END, "--to", path)
    book = load_workbook(path)
    for name, paper, last in (("信息报送", 8, "依据事件"), ("信息采用", 9, "依据事件")):
        sheet = book[name]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", paper)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        printed = sheet[str(sheet.print_area).rpartition("!")[2]]
        assert printed[0][-1].value == last
        width = sum(sheet.column_dimensions[cell.column_letter].width for cell in printed[0])
        assert width < {8: 285, 9: 200}[paper]
        assert all(c.alignment.wrap_text for row in printed[1:] for c in row if c.data_type == "s")
    sheet = book["信息报送"]
    assert sheet.row_dimensions[2].height == 45
    assert sheet.row_dimensions[3].height is None


def test_the_same_lists_give_the_same_bytes(filled: Kaohe) -> None:
    """The date of creation is fixed, so that two workbooks can be compared."""
    paths = [filled.folder / f"{name}.xlsx" for name in ("一", "二")]
    for path in paths:
        filled("list", "all", *END, "--to", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with ZipFile(paths[0]) as archive:
        assert b"2022-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_all_lists_go_into_one_workbook(filled: Kaohe) -> None:
    """One sheet for each list, empty ones with their headings; the matrix is one of signs."""
    path = filled.folder / "全部.xlsx"
    filled("list", "all", *END, "--unit", "应县", "--to", path)
    book = load_workbook(path)
    assert book.sheetnames == EVERY
    for name in EVERY[:-1]:
        heading = cells(book[name])[0]
        assert heading[-6:] == ORIGIN
        assert book[name].freeze_panes == ("C2" if name == "约稿" else "A2")
    heading, row = cells(book["约稿"])
    assert dict(zip(heading, row, strict=True))["应县"] == "欠"
    assert "欠 逾期未报" in str(book["约稿"].HeaderFooter.oddFooter)
    assert cells(book["问题认定"])[1:] == []
    document = filled.json("list", "all", *END)
    assert json.loads(filled("list", "all", *END, "--format", "json").stdout) == document
    assert [each["title"] for each in document["lists"]] == EVERY[:-1]


def test_a_csv_matrix_has_words(filled: Kaohe) -> None:
    """One column for each unit, in words; a unit that was not asked is left empty."""
    text = filled("list", "commissions", *END, "--format", "csv").stdout
    heading, row = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
    told = dict(zip(heading, row, strict=True))
    assert [told[unit] for unit in ("应县", "开发区")] == ["逾期未报", ""]


def test_the_screen_shows_words_and_where_from(filled: Kaohe) -> None:
    """Text that looks like markup is shown as it is; columns without anything are left out."""
    said = filled("list", "submissions", *END).stdout
    assert "[red]不是标记[/red]" in said
    assert "登记 一.jsonl 第 2 行" in said
    assert "张三" in said
    assert "答复约稿" not in said
    assert "共 2 行。" in said
    matrix = filled("list", "commissions", *END).stdout
    assert "欠 逾期未报" in matrix
    assert matrix.splitlines()[-3].split() == ["约1", "欠"]
    path = filled.folder / "屏.txt"
    filled("list", "submissions", *END, "--to", path)
    assert path.read_text(encoding="utf-8") == said


def test_a_list_of_nothing_says_so(opened: Kaohe) -> None:
    """On the screen in words, elsewhere by a heading or an empty list."""
    assert "没有可列的。" in opened("list", "findings", *END).stdout
    assert listed(opened, "findings", *END) == []
    text = opened("list", "findings", *END, "--format", "csv").stdout
    assert len(text.splitlines()) == 1


def test_a_file_that_is_there_is_not_overwritten(filled: Kaohe) -> None:
    """Nothing is written over, a workbook needs its name, and a folder has to be there."""
    path = filled.folder / "有.csv"
    path.write_text("原来的", encoding="utf-8")
    assert "已经存在" in refused(filled, "list", "staff", "--to", path)
    assert path.read_text(encoding="utf-8") == "原来的"
    for asked, named in (("xlsx", "表.csv"), ("csv", "表.xlsx"), ("table", "表.json")):
        other = filled.folder / named
        assert "相符" in refused(filled, "list", "staff", "--format", asked, "--to", other)
    bare = filled.folder / "表"
    assert ".xlsx" in refused(filled, "list", "staff", "--format", "xlsx", "--to", bare)
    assert "--format" in refused(filled, "list", "staff", "--to", filled.folder / "表.xls")
    lost = filled.folder / "没有" / "表.json"
    assert "不能写入" in refused(filled, "list", "staff", "--to", lost)
