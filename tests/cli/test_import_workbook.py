"""Register workbooks through the command line: headings, order, faults, and the template."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.driving import contents, events_of, refused, totals_of
from tests.cli.registers import OPENING, YEAR_END, adopted, brief
from tests.infra.files.registers import write_xlsx
from tests.running import Kaohe

RECEIVED = ["日期", "信息编号", "报送单位", "类别", "标题", "字数"]
ADOPTED = ["日期", "信息编号", "层级"]
NO_DAY = "不是一个日期；应写成 2022-12-31 或 2022年12月31日"


def test_chinese_and_english_workbooks_give_the_events_of_the_lines(opened: Kaohe) -> None:
    """Sheets and headings in either language record what the same lines would."""
    rows = [
        ["2022-08-01", "甲", "应县", "brief", "简报甲"],
        ["2022-08-02", "乙", "应县", "brief", "x"],
    ]
    chinese = write_xlsx(
        opened.folder / "中文.xlsx", 信息报送=[RECEIVED[:-1], *rows],
        信息采用=[ADOPTED, ["2022-08-05", "甲", "city"]],
    )  # fmt: skip
    english = write_xlsx(
        opened.folder / "english.xlsx",
        SubmissionReceived=[["on", "item", "units", "kind", "title"], *rows],
        ItemAdopted=[["on", "item", "level"], ["2022-08-05", "甲", "city"]],
    )
    opened("import", chinese)
    first = contents(events_of(opened))
    assert "跳过以前登记过的 3 行" in opened("import", english).stderr
    other = Kaohe(opened.folder, str(opened.folder / "另.db"))
    other.imports(OPENING)
    other.imports([brief("甲"), brief("乙", on="2022-08-02", title="x"), adopted("甲")])
    assert contents(events_of(other)) == first


def test_a_column_seq_orders_rows_across_sheets(opened: Kaohe) -> None:
    """With seq the log follows it; without, days decide."""
    sheets = {
        "ItemAdopted": [["seq", "on", "item", "level"], [2, "2022-08-05", "甲", "city"]],
        "SubmissionReceived": [
            ["seq", "on", "item", "unit", "kind", "title"],
            [3, "2022-07-01", "乙", "应县", "brief", "t"],
            [1, "2022-08-01", "甲", "应县", "brief", "t"],
        ],
    }
    opened("import", write_xlsx(opened.folder / "序.xlsx", **sheets))
    found = [(event["type"], event["on"]) for event in events_of(opened, "--after", len(OPENING))]
    assert found == [
        ("SubmissionReceived", "2022-08-01"),
        ("ItemAdopted", "2022-08-05"),
        ("SubmissionReceived", "2022-07-01"),
    ]


def test_without_seq_the_days_order_the_rows(opened: Kaohe) -> None:
    """Rows of different sheets are recorded day by day, corrections last."""
    path = write_xlsx(
        opened.folder / "日.xlsx",
        EventRetracted=[["on", "target", "reason"], ["2022-01-02", "乙", "误"]],
        ItemAdopted=[["on", "item", "level"], ["2022-08-05", "甲", "city"]],
        SubmissionReceived=[
            ["on", "item", "unit", "kind", "title", "ref"],
            ["2022-08-09", "乙", "应县", "brief", "t", "乙"],
            [date(2022, 8, 1), "甲", "应县", "brief", "t", None],
        ],
    )
    opened("import", path)
    found = [event["on"] for event in events_of(opened, "--after", len(OPENING))]
    assert found == ["2022-08-01", "2022-08-05", "2022-08-09", "2022-01-02"]


def test_faults_name_file_sheet_row_and_field(opened: Kaohe) -> None:
    """Bad rows of all sheets are told at once, and nothing is recorded."""
    path = write_xlsx(
        opened.folder / "八月.xlsx",
        信息报送=[
            RECEIVED,
            ["2022-08-01", "甲", "应显", "简报", "t", None],
            ["2022-08-01", "乙", "应县", "简报", "t", "很多"],
            ["2022-08-01", "丙", "应县", "简报", "t", None],
        ],
        信息采用=[ADOPTED, ["2022-08-05", "丙", "县"], ["2022-08-05", None, "city"]],
    )
    lines = refused(opened, "import", path).removeprefix("错误：").splitlines()
    expected = {
        "八月.xlsx 工作表“信息报送” 第 2 行 单元格 C2（报送单位）": "最接近的有：应县",
        "八月.xlsx 工作表“信息报送” 第 3 行 单元格 F3（字数）": "应为不小于 0 的整数",
        "八月.xlsx 工作表“信息采用” 第 2 行 单元格 C2（层级）": "可用的有：city（市政府办公室）",
        "八月.xlsx 工作表“信息采用” 第 3 行 单元格 B3（信息编号）": "缺少这个必填字段",
    }
    told = {line.partition("：")[0]: line.partition("：")[2] for line in lines[:-2]}
    assert told.keys() == expected.keys()
    assert all(what in told[place] for place, what in expected.items())
    assert len(events_of(opened)) == len(OPENING)


def test_a_cause_is_told_without_its_consequences(opened: Kaohe) -> None:
    """Sheets are told in the order of the template; what a bad row did not make is not missed.

    Neither after a bad day, which leaves the row without a place among the others, nor after a
    cell that Excel has spoilt. Columns that are not there are told by their headings.
    """
    path = write_xlsx(
        opened.folder / "年.xlsx",
        信息报送=[
            [*RECEIVED, "约稿编号"],
            ["2022-08-05", "甲", "应县", "约稿", "t", None, "约-8"],
            ["2022-08-05", "乙", "应县", "约稿", "t", None, "约-9"],
            ["2022-08-05", "丙", "应县", "约稿", "t", None, "约-10"],
        ],
        约稿下达=[
            ["日期", "约稿编号", "截止时间"],
            ["2022-08-32", "约-8", "2022-08-09"],
            ["2022-08-01", "约-9", "#N/A"],
        ],
    )
    lines = refused(opened, "import", path).removeprefix("错误：").splitlines()
    assert [line.partition("。")[0] for line in lines[:-2]] == [
        f"年.xlsx 工作表“约稿下达” 第 2 行 单元格 A2（日期）：“2022-08-32”{NO_DAY}",
        "年.xlsx 工作表“约稿下达” 第 2 行 “约稿题目”栏：缺少这个必填字段",
        "年.xlsx 工作表“约稿下达” 第 3 行 单元格 C3（截止时间）：是公式错误 #N/A",
        "年.xlsx 工作表“约稿下达” 第 3 行 “约稿题目”栏：缺少这个必填字段",
        "年.xlsx 工作表“信息报送” 第 4 行 单元格 G4（约稿编号）：没有登记过约稿“约-10”",
    ]


def test_a_fault_of_a_correction_is_told_by_its_cell(opened: Kaohe) -> None:
    """What is wrong inside the cell of changes is not taken for the correction's own column."""
    rows = [["日期", "目标事件", "更正内容", "理由"], ["2022-09-01", "#2", "日期=昨天", "误"]]
    message = refused(opened, "import", write_xlsx(opened.folder / "正.xlsx", 事件更正=rows))
    assert "第 2 行 单元格 C2（更正内容中的日期）：“昨天”不是一个日期" in message


def test_what_nobody_sees_is_told_after_the_result(opened: Kaohe) -> None:
    """A hidden row counts like any other, so the clerk is told that it was read."""
    rows = [ADOPTED, ["2022-08-05", "甲", "city"], ["2022-08-06", "甲", "province"]]
    path = write_xlsx(opened.folder / "藏.xlsx", 信息采用=rows)
    book = load_workbook(path)
    book["信息采用"].row_dimensions[3].hidden = True
    book.save(path)
    opened.imports([brief("甲")])
    assert opened("import", path).stderr.splitlines() == [
        "藏.xlsx：登记 2 条事件（#7 至 #8）",
        "注意：藏.xlsx 里看不见的内容也读入了：工作表“信息采用”中隐藏的 1 行。",
    ]


def test_an_unknown_sheet_and_an_unknown_heading_are_told_with_the_nearest(opened: Kaohe) -> None:
    """A mistyped name of a sheet or column is never passed over."""
    path = write_xlsx(
        opened.folder / "错.xlsx",
        信息采月=[ADOPTED, ["2022-08-05", "甲", "city"]],
        信息报送=[["日期", "信息编码"], ["2022-08-05", "甲"]],
    )
    message = refused(opened, "import", path)
    assert "工作表“信息采月”：没有这种工作表。最接近的有：信息采用" in message
    assert "单元格 B1 的表头“信息编码”不是字段。最接近的有：信息编号" in message


def test_the_template_filled_in_is_a_register(kaohe: Kaohe) -> None:
    """A clerk fills the empty workbook of a new register, imports it, and gets the score."""
    path = kaohe.folder / "登记表.xlsx"
    answer = kaohe("template", path)
    assert (answer.stdout, answer.stderr) == ("", f"已写出 {path}\n")
    fill(
        path,
        {
            "考核年度开始": {
                "日期": date(2022, 1, 1), "考核年度": "2022", "考核细则": "shuozhou-2022",
                "年度开始日": date(2022, 1, 1), "年度结束日": "2022-12-31",
                "材料截止日": "2023年1月15日", "双人复核": "否",
            },
            "单位登记": {"日期": date(2022, 1, 1), "单位": "应县", "单位类别": "县（市、区）"},
            "信息报送": {
                "日期": date(2022, 8, 1), "信息编号": "007", "报送单位": "应县",
                "类别": "专报", "标题": "汛情", "字数": 1500,
            },
            "信息采用": {"日期": date(2022, 8, 5), "信息编号": "007", "层级": "省政府办公厅"},
        },
    )  # fmt: skip
    assert "登记 4 条事件（#1 至 #4）" in kaohe("import", path).stderr
    assert totals_of(kaohe, "--as-of", YEAR_END) == {"应县": "85"}


def test_the_empty_template_holds_nothing_to_import(opened: Kaohe) -> None:
    """A workbook in which nothing was filled in is refused, not taken for zero events."""
    path = opened.folder / "登记表.xlsx"
    opened("template", path)
    assert "登记表.xlsx：没有登记内容" in refused(opened, "import", path)


def test_the_template_offers_the_units_of_the_register(opened: Kaohe) -> None:
    """With a register, its units are in the drop-downs."""
    path = opened.folder / "登记表.xlsx"
    opened("template", path)
    book = load_workbook(path)
    held = {cell for row in book["名单"].values for cell in row}
    assert {"应县", "开发区", "市财政局", "市教育局"} <= held
    (offered,) = [
        rule.formula1
        for rule in book["会议研究部署"].data_validations.dataValidation
        if "B2" in str(rule.sqref)
    ]
    assert "名单" in str(offered)


def test_the_template_never_overwrites(kaohe: Kaohe) -> None:
    """A workbook that a clerk has filled in is safe from a second ``kaohe template``."""
    path = kaohe.folder / "登记表.xlsx"
    kaohe("template", path)
    before = path.read_bytes()
    message = refused(kaohe, "template", path)
    assert f"{path} 已经存在，没有覆盖" in message
    assert path.read_bytes() == before


def fill(path: Path, sheets: dict[str, dict[str, str | int | date]]) -> None:
    """Write one row under the headings of each sheet, as a clerk does in Excel."""
    book = load_workbook(path)
    for name, row in sheets.items():
        headings = [cell.value for cell in book[name][1]]
        for heading, value in row.items():
            book[name].cell(2, headings.index(heading) + 1, value)
    book.save(path)
