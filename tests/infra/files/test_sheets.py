"""Sheets and headings of a workbook."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.errors import Fault, LinesRefused, Where
from domain.events.fields import Source
from tests.infra.files.registers import faults_of, raw_lines, read, wide, write_xlsx

ADOPTION = {"type": "ItemAdopted", "on": "2022-07-20", "item": "Z1", "level": "province"}
CHINESE = ["日期", "信息编号", "层级"]
ROW = ["2022-07-20", "Z1", "省政府办公厅"]


@pytest.mark.parametrize("sheet", ["ItemAdopted", "itemadopted", "信息采用", " 信息 采用 "])
@pytest.mark.parametrize(
    "headings",
    [
        ["on", "item", "level"],
        CHINESE,
        ["ON", " 信息 编号 ", "层\n级"],
        [wide("on"), "信息编号", "level"],
    ],
)
def test_sheets_and_headings_are_english_or_chinese(
    tmp_path: Path, sheet: str, headings: list[str]
) -> None:
    """Names are found in both languages, white space, case and full-width forms folded."""
    path = write_xlsx(tmp_path / "a.xlsx", **{sheet: [headings, ROW]})
    assert raw_lines(path) == [ADOPTION]


def test_a_line_says_which_row_of_which_sheet_it_is(tmp_path: Path) -> None:
    """Rows are numbered as Excel does, empty ones counted but passed over."""
    rows = [[], [None, *CHINESE], [], [None, *ROW], [None, " ", "\n", None], [None, *ROW]]
    path = write_xlsx(tmp_path / "采用.xlsx", 信息采用=rows)
    file = read(path)
    assert [line.where for line in file.lines] == [
        Where(file="采用.xlsx", sheet="信息采用", row=4),
        Where(file="采用.xlsx", sheet="信息采用", row=6),
    ]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.lines[0].source == Source(file="采用.xlsx", sha256=digest, row=4, sheet="信息采用")


def test_sheets_without_events_are_passed_over(tmp_path: Path) -> None:
    """说明, README, 名单 and empty sheets need not be a register."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        说明=[["随便"]],
        ReadMe=[["x"]],
        名单=[["应县"]],
        Sheet1=[],
        信息采用=[CHINESE, ROW],
    )
    assert raw_lines(path) == [ADOPTION]


def test_hidden_sheets_are_read(tmp_path: Path) -> None:
    """What is filled in counts, whether or not the sheet is shown."""
    path = write_xlsx(tmp_path / "a.xlsx", 说明=[["x"]], 信息采用=[CHINESE, ROW])
    book = load_workbook(path)
    book["信息采用"].sheet_state = "hidden"
    book.save(path)
    assert raw_lines(path) == [ADOPTION]


def test_an_unknown_sheet_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """A sheet that is no event type is named, with what may have been meant."""
    path = write_xlsx(tmp_path / "a.xlsx", 信息采纳=[CHINESE, ROW], 信息采用=[CHINESE, ROW])
    (fault,) = faults_of(path)
    assert (fault.what, fault.where) == (
        "没有这种工作表", Where(file="a.xlsx", sheet="信息采纳")
    )  # fmt: skip
    assert "信息采用" in fault.fix


def test_a_sheet_is_never_lost_for_its_name(tmp_path: Path) -> None:
    """Signs that XML writes as entities do not keep a sheet from being seen."""
    path = write_xlsx(tmp_path / "a.xlsx", **{"采用 & <表> '\"": [CHINESE, ROW]})
    assert fault_of(path).where.sheet == "采用 & <表> '\""


def fault_of(path: Path) -> Fault:
    """Return the only fault of a file."""
    (fault,) = faults_of(path)
    return fault


def test_an_unknown_heading_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """The cell is named, and the headings that come nearest."""
    rows = [["日期", "信息编码", "层级"], ROW]
    fault = fault_of(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))
    assert fault.what == "单元格 B1 的表头“信息编码”不是字段"
    assert "信息编号" in fault.fix
    assert fault.where == Where(file="a.xlsx", sheet="信息采用", row=1)


@pytest.mark.parametrize("heading", ["actor", "登记人", "source", 2022, "type"])
def test_what_a_register_cannot_say_is_no_heading(tmp_path: Path, heading: object) -> None:
    """Columns for what only the recorder knows, or for nothing known, are refused."""
    rows = [[*CHINESE, heading], [*ROW, "x"]]
    fault = fault_of(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))
    assert fault.what == f"单元格 D1 的表头“{heading}”不是字段"


@pytest.mark.parametrize("pair", [("日期", "日期"), ("on", "日期"), ("seq", "序号")])
def test_one_field_in_two_columns_is_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    """The same heading twice, or in two languages, names both cells."""
    rows = [[pair[0], "信息编号", "层级", pair[1]], ROW]
    fault = fault_of(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))
    assert fault.what == "单元格 A1 和 D1 的表头是同一个字段"


def test_unit_and_units_are_one_field_where_several_may_stand(tmp_path: Path) -> None:
    """A column 单位 or unit holds the authors; beside 报送单位 it is the same field twice."""
    rows = [["日期", "单位", "信息编号"], ["2022-07-05", "应县、市财政局", "Z1"]]
    path = write_xlsx(tmp_path / "a.xlsx", 信息报送=rows)
    assert raw_lines(path)[0]["units"] == ["应县", "市财政局"]
    rows = [["单位", "units"], ["应县", "市财政局"]]
    path = write_xlsx(tmp_path / "b.xlsx", 信息报送=rows)
    assert "同一个字段" in fault_of(path).what


def test_content_without_a_heading_is_refused(tmp_path: Path) -> None:
    """The first cell of each column that has no heading is named; an empty one is no matter."""
    rows = [
        ["日期", None, "信息编号", "层级", None],
        ["2022-07-20", "", "Z1", "city", None],
        ["2022-07-21", "x", "Z1", "city", "0"],
        ["2022-07-22", "y", "Z1", "city", None],
    ]
    faults = faults_of(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))
    assert [fault.what for fault in faults] == [
        "单元格 B3 有内容，但这一列没有表头",
        "单元格 E3 有内容，但这一列没有表头",
    ]
    assert "B1" in faults[0].fix


def test_columns_for_information_are_passed_over(tmp_path: Path) -> None:
    """What an export shows of the recorder's work does not hinder its import."""
    headings = [*CHINESE, "登记时间（仅供查阅）", "登记人（仅供查阅）", "来源（仅供查阅）"]
    path = write_xlsx(tmp_path / "a.xlsx", 信息采用=[headings, [*ROW, "x", 1, None]])
    assert raw_lines(path) == [ADOPTION]


def merged(path: Path, *spans: str) -> Path:
    """Merge cells of the sheet of adoptions."""
    book = load_workbook(path)
    for span in spans:
        book["信息采用"].merge_cells(span)
    book.save(path)
    return path


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    """Only one of merged cells holds the content, so the rows below would lose it."""
    path = write_xlsx(tmp_path / "a.xlsx", 信息采用=[CHINESE, ROW, [None, "Z2", "city"]])
    fault = fault_of(merged(path, "A2:A3", "E8:F9"))
    assert fault.what == "单元格 A2:A3 是合并单元格"
    assert "取消合并" in fault.fix


def test_merged_cells_hide_no_other_fault(tmp_path: Path) -> None:
    """What else is wrong with the sheet is told with them, but not the cells they left empty."""
    rows = [CHINESE, ["2022-07-20", "Z1", "city"], [None, "#N/A", "city"], ["x", 1e17, "city"]]
    path = write_xlsx(tmp_path / "a.xlsx", 信息采用=rows)
    assert [str(fault.where) for fault in faults_of(merged(path, "A2:A3"))] == [
        "a.xlsx 工作表“信息采用” 第 2 行",
        "a.xlsx 工作表“信息采用” 第 3 行 单元格 B3（信息编号）",
        "a.xlsx 工作表“信息采用” 第 4 行 单元格 B4（信息编号）",
    ]


def test_a_title_above_the_headings_is_one_fault(tmp_path: Path) -> None:
    """It says where the headings are and where they belong, not that no column has one."""
    rows = [["2022 年信息采用情况"], [], ["制表：信息科", "第 1 页"], CHINESE, ROW]
    fault = fault_of(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))
    assert fault.what == "表头在第 4 行，上面还有别的内容"
    assert fault.fix == "请删去表头上面的各行，让表头在第 1 行"


def test_it_is_told_how_much_was_read_that_nobody_sees(tmp_path: Path) -> None:
    """Hidden rows and sheets count, each sheet with the number of its rows; empty ones do not."""
    sheets = {"信息采用": [CHINESE, ROW, ROW, ROW], "领导批示": [CHINESE, ROW, ROW]}
    path = write_xlsx(tmp_path / "a.xlsx", **sheets, 问题认定=[["日期"]])
    book = load_workbook(path)
    for row in (2, 4, 9):
        book["信息采用"].row_dimensions[row].hidden = True
    book["领导批示"].sheet_state = book["问题认定"].sheet_state = "hidden"
    book["领导批示"].row_dimensions[2].hidden = True
    book.save(path)
    assert read(path).hidden == (("信息采用", 2, False), ("领导批示", 2, True))
    assert len(raw_lines(path)) == 5


def test_faults_of_all_sheets_are_reported_at_once(tmp_path: Path) -> None:
    """A wrong heading in one sheet and a wrong cell in another are both told."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        信息采用=[["日期", "编码"], ["2022-07-20", "Z1"]],
        跟班学习结束=[["日期", "跟班编号"], ["2022-07-20", "=1/0"]],
        杂项=[["x"]],
    )
    with pytest.raises(LinesRefused) as refused:
        read(path)
    assert {fault.where.sheet for fault in refused.value.faults} == {
        "信息采用",
        "跟班学习结束",
        "杂项",
    }
