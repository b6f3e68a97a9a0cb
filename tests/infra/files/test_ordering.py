"""The order in which the rows of a workbook are recorded."""

from __future__ import annotations

from pathlib import Path

from domain.errors import Where
from tests.infra.files.registers import faults_of, raw_lines, read, write_xlsx

RETRACTION = ["日期", "目标事件", "理由"]


def test_without_seq_rows_follow_the_catalogue_and_their_days(tmp_path: Path) -> None:
    """Cycles, units, quotas; then by day, on one day by sheet, then row; then amendments."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        事件撤销=[RETRACTION, ["2022-01-01", "r", "0"]],
        事件更正=[
            [*RETRACTION, "更正内容"],
            ["2022-03-03", "r", "c2", "标题=x"],
            ["2022-01-01", "r", "c1", "标题=y"],
        ],
        信息采用=[
            ["日期", "备注"],
            ["2022-03-02T00:00:00", "a2"],
            ["2022年3月1日", "a1"],
            ["2022-03-02", "a3"],
        ],
        信息报送=[
            ["日期", "备注"],
            ["2022-03-02T23:00:00", "s2"],
            ["2022-03-01", "s1"],
            ["不详", "s0"],
        ],
        报送任务=[["日期", "备注"], ["2021-01-01", "q"]],
        单位变更=[["日期", "备注"], ["2020-01-01", "v"]],
        单位登记=[["日期", "备注"], ["2022-05-02", "u2"], ["2022-05-01", "u1"]],
        考核年度关闭=[["日期", "备注"], ["2022-03-01", "k"]],
        考核年度开始=[["日期", "备注"], ["2022-12-01", "c"]],
    )
    order = [line.get("note") or line["reason"] for line in raw_lines(path)]
    assert order == [
        "c", "u2", "u1", "v", "q", "s0", "k", "s1", "a1", "s2", "a2", "a3", "c2", "c1", "0",
    ]  # fmt: skip


def test_an_instant_counts_by_its_day_in_shanghai(tmp_path: Path) -> None:
    """An hour written in another zone is brought to +08:00 before days are compared."""
    rows = [["日期", "备注"], ["2022-03-02T17:00:00Z", "third"], ["2022-03-02", "second"]]
    path = write_xlsx(tmp_path / "a.xlsx", 信息采用=[*rows, ["2022-03-01T15:59:00Z", "first"]])
    assert [line["note"] for line in raw_lines(path)] == ["first", "second", "third"]


def test_seq_orders_rows_across_sheets(tmp_path: Path) -> None:
    """With seq the numbers alone decide, whatever sheets and days say; it is no field."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        单位登记=[["序号", "单位"], [30, "b"], ["4", "c"]],
        事件撤销=[["seq", "理由"], [-1, "a"], [None, None]],
    )
    assert raw_lines(path) == [
        {"type": "EventRetracted", "reason": "a"},
        {"type": "UnitEnrolled", "unit": "c"},
        {"type": "UnitEnrolled", "unit": "b"},
    ]


def test_an_empty_seq_column_is_no_order(tmp_path: Path) -> None:
    """A column 序号 that nobody filled in leaves the order to the days."""
    rows = [["序号", "日期", "备注"], [None, "2022-03-02", "b"], [None, "2022-03-01", "a"]]
    assert [line["note"] for line in raw_lines(write_xlsx(tmp_path / "a.xlsx", 信息采用=rows))] == [
        "a",
        "b",
    ]


def test_rows_that_only_have_a_seq_are_empty(tmp_path: Path) -> None:
    """Numbers prepared for rows that were never filled in record nothing."""
    path = write_xlsx(
        tmp_path / "a.xlsx", 信息采用=[["序号", "备注"], [1, "a"], [2, None], [3, " "]]
    )
    assert len(read(path).lines) == 1


def test_seq_has_to_be_complete_and_without_repetition(tmp_path: Path) -> None:
    """A missing, a repeated and an unreadable number are each reported with the row."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        单位登记=[["序号", "单位"], [1, "a"], [None, "b"], [2, "c"], ["三", "d"], [1.5, "e"]],
        信息采用=[["备注"], ["f"]],
        信息报送=[["序号", "备注"], [2, "g"]],
    )
    told = {(fault.where, fault.what) for fault in faults_of(path)}

    def at(sheet: str, row: int) -> Where:
        return Where(file="a.xlsx", sheet=sheet, row=row, field="seq")

    assert told == {
        (at("单位登记", 3), "缺少序号"),
        (at("单位登记", 5), "序号“三”不是整数"),
        (at("单位登记", 6), "序号“1.5”不是整数"),
        (at("信息采用", 2), "缺少序号"),
        (at("信息报送", 2), "序号 2 与工作表“单位登记”第 4 行重复"),
    }
