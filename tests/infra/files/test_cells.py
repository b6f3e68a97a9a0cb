"""Cells of a workbook and the raw values that they become."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from domain.errors import Fault
from domain.wording import event_type_named, field_headed
from tests.infra.files.registers import WORDS, altered, faults_of, raw_lines, read, wide, write_xlsx

SHA = "ab" * 32
READ: list[tuple[str, str, object, object]] = [
    # Numbers where a text is due become their decimal text.
    ("信息采用", "信息编号", 2022017, "2022017"),
    ("信息采用", "信息编号", "007", "007"),
    ("信息采用", "信息编号", 2022.017, "2022.017"),
    ("信息采用", "信息编号", 0.1 + 0.2, "0.3"),
    ("信息采用", "信息编号", -5, "-5"),
    ("信息采用", "备注", "一\n二", "一\n二"),
    ("信息采用", "信息编号", True, True),
    ("考核年度开始", "考核年度", 2022, "2022"),
    # Whole numbers.
    ("信息报送", "字数", 1600, 1600),
    ("信息报送", "字数", "1600", 1600),
    ("信息报送", "字数", f" {wide('1600')} ", 1600),
    ("信息报送", "字数", 1600.5, 1600.5),
    ("信息报送", "字数", "约1600", "约1600"),
    ("信息报送", "字数", "-3", "-3"),
    # Yes or no.
    ("信息报送", "是否标注", True, True),
    ("信息报送", "是否标注", "是", True),
    ("信息报送", "是否标注", "否", False),
    ("信息报送", "是否标注", " TRUE", True),
    ("信息报送", "是否标注", "False", False),
    ("信息报送", "是否标注", "有", "有"),
    ("信息报送", "是否标注", 1, 1),
    # Days and instants.
    ("信息采用", "日期", date(2022, 12, 31), "2022-12-31"),
    ("信息采用", "日期", datetime.fromisoformat("2022-12-31T00:00"), "2022-12-31"),
    ("信息采用", "日期", datetime.fromisoformat("2022-12-31T08:30"), "2022-12-31T08:30:00"),
    ("信息采用", "日期", datetime.fromisoformat("2022-12-31T23:59:59"), "2022-12-31T23:59:59"),
    ("信息采用", "日期", "2022年12月31日", "2022年12月31日"),
    ("信息采用", "日期", "2022-12-31T17:00:00+09:00", "2022-12-31T17:00:00+09:00"),
    ("信息采用", "日期", 44926, 44926),
    ("报送任务", "起始日期", datetime.fromisoformat("2022-07-01T08:30"), "2022-07-01T08:30:00"),
    # Codes and their labels.
    ("信息采用", "层级", "省政府办公厅", "province"),
    ("信息采用", "层级", " province ", "province"),
    ("信息采用", "层级", "省 府", "省 府"),
    ("信息采用", "层级", 3, "3"),
    ("单位登记", "单位类别", "县(市、区)", "county"),
    ("单位登记", "单位类别", "县（市、区）", "county"),
    ("领导批示", "层级", "省政府领导", "province"),
    ("领导批示", "层级", "省政府办公厅", "province"),
    ("领导批示", "领导所属", "党委", "party"),
    # Lists.
    ("信息报送", "报送单位", "应县、怀仁市，山阴县,右玉县；平鲁区;朔城区\n市财政局",
     ["应县", "怀仁市", "山阴县", "右玉县", "平鲁区", "朔城区", "市财政局"]),
    ("信息报送", "报送单位", "应县、\n ，", ["应县"]),
    ("信息报送", "报送单位", '["县、区", "b"]', ["县、区", "b"]),
    ("信息报送", "报送单位", "[甲]", ["[甲]"]),
    ("信息合编", "合编信息", 2022017, ["2022017"]),
    ("会议研究部署", "研究事项", "约稿、brief、其他", ["commissioned", "brief", "其他"]),
    # Evidence.
    ("主要领导批示", "佐证材料", f"批示 扫描件.pdf  {SHA}\n\nb.pdf {SHA.upper()}",
     [{"name": "批示 扫描件.pdf", "sha256": SHA}, {"name": "b.pdf", "sha256": SHA.upper()}]),
    ("主要领导批示", "佐证材料", f'[{{"name": "a", "sha256": "{SHA}"}}]',
     [{"name": "a", "sha256": SHA}]),
    # Values of rulings.
    ("口径裁定", "取值", 3, 3),
    ("口径裁定", "取值", 0.1 + 0.2, 0.3),
    ("口径裁定", "取值", "3", "3"),
    ("口径裁定", "取值", "none", "none"),
    ("口径裁定", "取值", '[["优秀", 90]]', [["优秀", 90]]),
    ("口径裁定", "取值", "[优秀", "[优秀"),
    ("口径裁定", "取值", date(2022, 8, 1), "2022-08-01"),
    ("口径裁定", "取值", True, True),
    # Targets.
    ("事件撤销", "目标事件", 12, 12),
    ("事件撤销", "目标事件", "#12", "#12"),
    ("事件撤销", "目标事件", "12", "12"),
    # What a cell cannot hold.
    ("信息采用", "信息编号", 'json:"<r>a\\nb</r>"', "<r>a\nb</r>"),
    ("信息采用", "信息编号", "json:x", "json:x"),
]  # fmt: skip
WRONG: list[tuple[str, str, object, str]] = [
    ("信息采用", "信息编号", date(2022, 1, 5), "被 Excel 当作日期"),
    ("信息采用", "层级", date(2022, 1, 5), "被 Excel 当作日期"),
    ("信息报送", "报送单位", date(2022, 1, 5), "被 Excel 当作日期"),
    ("信息报送", "字数", date(2022, 1, 5), "被 Excel 当作日期"),
    ("信息采用", "信息编号", 1234567890123456, "超过 15 位"),
    ("信息合编", "合编信息", 1234567890123456, "超过 15 位"),
    ("信息采用", "日期", time(8, 30), "没有日期"),
    ("信息采用", "日期", timedelta(hours=30), "没有日期"),
    ("主要领导批示", "佐证材料", "批示.pdf", "“批示.pdf”不是一份佐证材料"),
    ("主要领导批示", "佐证材料", SHA, "不是一份佐证材料"),
]


def column(tmp_path: Path, sheet: str, heading: str, cell: Any) -> Path:  # noqa: ANN401  any cell
    """Write a workbook with one cell in a column, and a note, so that the row is not empty."""
    other = "备注" if heading != "备注" else "自编标识"
    return write_xlsx(tmp_path / "a.xlsx", **{sheet: [[heading, other], [cell, "x"]]})


@pytest.mark.parametrize(("sheet", "heading", "cell", "value"), READ)
def test_a_cell_becomes_the_value_it_means(
    tmp_path: Path, sheet: str, heading: str, cell: object, value: object
) -> None:
    """Each form of field has its way of reading cells; what is unsure is left for the check."""
    event_type = event_type_named(sheet)
    assert event_type is not None
    field = field_headed(event_type.event, heading)
    (raw,) = raw_lines(column(tmp_path, sheet, heading, cell))
    assert (raw[str(field)], type(raw[str(field)])) == (value, type(value))


@pytest.mark.parametrize(("sheet", "heading", "cell", "said"), WRONG)
def test_a_cell_that_excel_has_spoilt_is_a_fault(
    tmp_path: Path, sheet: str, heading: str, cell: object, said: str
) -> None:
    """The fault names sheet, row, field and cell, and what to do about it."""
    (fault,) = faults_of(column(tmp_path, sheet, heading, cell))
    event_type = event_type_named(sheet)
    assert event_type is not None
    assert str(fault.where).endswith(f"单元格 A2（{heading}）")
    assert said in fault.what
    assert fault.fix
    assert (fault.where.sheet, fault.where.row) == (sheet, 2)
    assert fault.where.field == field_headed(event_type.event, heading)


@pytest.mark.parametrize("cell", ["、", "，；", " 、\n"])
def test_a_list_without_members_is_an_empty_cell(tmp_path: Path, cell: str) -> None:
    """Separators alone name nobody, so that a required field counts as missing."""
    (raw,) = raw_lines(column(tmp_path, "信息报送", "报送单位", cell))
    assert raw == {"type": "SubmissionReceived", "note": "x"}


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_an_error_of_excel_is_a_fault(tmp_path: Path, error: str) -> None:
    """An error value is named, although calamine takes its cell for an empty one."""
    (fault,) = faults_of(column(tmp_path, "信息采用", "信息编号", error))
    assert f"单元格 A2（信息编号）：是公式错误 {error}" in str(fault)


def test_an_error_in_a_row_of_its_own_is_a_fault(tmp_path: Path) -> None:
    """Neither the last row nor the last column hides an error or a formula."""
    rows = [["日期", "信息编号", "层级"], ["2022-07-20", "Z1", "city"], [None, None, "#N/A"]]
    path = write_xlsx(tmp_path / "a.xlsx", 信息采用=[*rows, [], [None, "=A1"]])
    place = "a.xlsx 工作表“信息采用” 第"
    assert [str(fault).partition("。")[0] for fault in faults_of(path)] == [
        f"{place} 3 行 单元格 C3（层级）：是公式错误 #N/A",
        f"{place} 5 行 单元格 B5（信息编号）：是公式，但没有保存算出的结果",
    ]


def formulas(path: Path, *results: object) -> Path:
    """Write a workbook with item numbers that are formulas with the results that Excel saved."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("信息采用")
        sheet.write_row(0, 0, ["信息编号", "备注"])
        for row, result in enumerate(results, 1):
            sheet.write_formula(row, 0, "=A9", None, result)
            sheet.write_string(row, 1, "x")
    return path


def test_a_formula_is_read_by_its_saved_result(tmp_path: Path) -> None:
    """Text, number and truth value of a formula count as if typed in."""
    lines = raw_lines(formulas(tmp_path / "a.xlsx", "Z1", 7, *[True]))
    assert [line["item"] for line in lines] == ["Z1", "7", True]


def test_a_formula_that_gives_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    """A result of no text at all, as Excel saves it, is not a formula without a result."""
    path = formulas(tmp_path / "a.xlsx", "Z1")
    altered(path, "xl/worksheets/sheet1.xml", b"<v>Z1</v>", b"<v></v>")
    assert raw_lines(path) == [{"type": "ItemAdopted", "note": "x"}]


def test_a_formula_with_an_error_is_a_fault(tmp_path: Path) -> None:
    """A formula whose saved result is an error is refused like the error itself."""
    (fault,) = faults_of(formulas(tmp_path / "a.xlsx", "Z1", "#DIV/0!"))
    assert (fault.what, fault.where.row) == ("是公式错误 #DIV/0!", 3)


def test_text_that_looks_like_an_error_is_text(tmp_path: Path) -> None:
    """A title that says #REF! in words is nothing wrong."""
    with Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("信息报送").write_column(0, 0, ["标题", "#REF!"])
    assert raw_lines(tmp_path / "a.xlsx") == [{"type": "SubmissionReceived", "title": "#REF!"}]


def test_every_label_of_the_rulebook_is_understood(tmp_path: Path) -> None:
    """Each code of each list can be written by its label in the column that draws on it."""
    rows = [["类别"], *([label] for label in WORDS["kinds"].values())]
    file = read(write_xlsx(tmp_path / "a.xlsx", 报送任务=rows))
    assert [line.raw["kind"] for line in file.lines] == list(WORDS["kinds"])


def test_all_wrong_cells_of_a_row_are_reported(tmp_path: Path) -> None:
    """Two wrong cells in one row are two faults."""
    rows = [["信息编号", "日期"], [date(2022, 1, 5), time(8)]]
    faults: list[Fault] = faults_of(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))
    assert [fault.where.field for fault in faults] == ["item", "on"]
