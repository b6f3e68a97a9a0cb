"""The cell of a correction that says what changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.infra.files.registers import PROOF, faults_of, raw_lines, wide, write_xlsx

SHA = PROOF["sha256"]
READ = [
    ("characters=1600", {"characters": 1600}),
    (f"字数 ＝ {wide('1600')}\n层级=省政府办公厅", {"characters": 1600, "level": "province"}),
    ("标题=a=b", {"title": "a=b"}),
    ("类别=专报", {"kind": "special"}),
    ("kind=采用情况通报", {"kind": "circular"}),
    ("问题类别=抄袭", {"kind": "plagiarism"}),
    ("层级=省政府领导", {"level": "province"}),
    ("是否标注=否", {"labelled": False}),
    ("领导=\n接任=张三", {"leader": None, "into": "张三"}),
    ("日期=2022年7月1日", {"on": "2022年7月1日"}),
    ("研究事项=约稿、简报", {"topics": ["commissioned", "brief"]}),
    ("合编信息=Z1、Z2", {"items": ["Z1", "Z2"]}),
    ("别名=甲，乙", {"aliases": ["甲", "乙"]}),
    ("单位=应县", {"unit": "应县"}),
    ("报送单位=应县、怀仁市", {"units": ["应县", "怀仁市"]}),
    ("取值=3", {"value": "3"}),
    ('取值=[["优秀", 90]]', {"value": [["优秀", 90]]}),
    (f"佐证材料=批示 扫描件.pdf {SHA}", {"evidence": [PROOF]}),
    ("无此字段=1", {"无此字段": "1"}),
    ('{"characters": 1600, "leader": null}', {"characters": 1600, "leader": None}),
    (
        '{"层级": "市政府办公室", "研究事项": ["约稿"]}',
        {"level": "city", "topics": ["commissioned"]},
    ),
    ('{"title": "专报"}', {"title": "专报"}),
]
WRONG = [
    ("字数1600", "“字数1600”不是一项更正"),
    ("字数=1\n标题", "“标题”不是一项更正"),
    ("字数=1\n字数=2", "字段“字数”写了两次"),
    ("字数=1\ncharacters=2", "字段“characters”写了两次"),
    ('{"字数": 1, "characters": 2}', "字段“characters”写了两次"),
    ('{"字数": 1, "字数": 2}', "字段“字数”写了两次"),
    ('{"字数": }', "不是正确的 JSON"),
    (f"佐证材料={SHA}", "不是一份佐证材料"),
]


def correction(tmp_path: Path, changes: str) -> Path:
    """Write a workbook with one correction."""
    rows = [["日期", "目标事件", "更正内容", "理由"], ["2022-08-01", 12, changes, "误"]]
    return write_xlsx(tmp_path / "a.xlsx", 事件更正=rows)


@pytest.mark.parametrize(("written", "changes"), READ)
def test_changes_are_lines_or_an_object(
    tmp_path: Path, written: str, changes: dict[str, Any]
) -> None:
    """Fields are found by name or heading of any event type, values read as in their columns."""
    (raw,) = raw_lines(correction(tmp_path, written))
    assert raw["changes"] == changes


@pytest.mark.parametrize(("written", "said"), WRONG)
def test_changes_that_cannot_be_read_are_a_fault(tmp_path: Path, written: str, said: str) -> None:
    """What is no change, or is given twice, is told with the cell."""
    (fault,) = faults_of(correction(tmp_path, written))
    assert str(fault.where).endswith("单元格 C2（更正内容）")
    assert said in fault.what
