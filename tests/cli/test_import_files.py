"""Several files at once, files in the encodings of offices, and files that are no register."""

from __future__ import annotations

import json

import pytest

from tests.cli.driving import contents, events_of, refused
from tests.cli.registers import OPENING, adopted, brief
from tests.infra.files.registers import write_jsonl, write_xlsx
from tests.running import Kaohe

HEAD = len(OPENING)


def test_several_files_are_recorded_in_the_order_given(kaohe: Kaohe) -> None:
    """A later file sees what an earlier one has recorded, and each has its own message."""
    first = kaohe.file(OPENING, "一.jsonl")
    second = kaohe.file([brief("甲")], "二.jsonl")
    third = kaohe.file([adopted("甲")], "三.jsonl")
    assert kaohe("import", first, second, third).stderr.splitlines() == [
        "一.jsonl：登记 5 条事件（#1 至 #5）",
        "二.jsonl：登记 1 条事件（#6 至 #6）",
        "三.jsonl：登记 1 条事件（#7 至 #7）",
    ]


def test_a_bad_second_file_leaves_the_first_recorded(kaohe: Kaohe) -> None:
    """Each file stands for itself: the first is in, of the second nothing, and both are told."""
    first = kaohe.file(OPENING, "一.jsonl")
    second = kaohe.file([brief("甲"), adopted("乙")], "二.jsonl")
    answer = kaohe("import", first, second, exit_code=1)
    assert answer.stderr.splitlines()[:2] == [
        "一.jsonl：登记 5 条事件（#1 至 #5）",
        "错误：二.jsonl 第 2 行 字段 item：没有登记过信息“乙”。请先登记该信息，或核对编号",
    ]
    assert len(events_of(kaohe)) == HEAD


def test_a_missing_second_file_leaves_the_first_recorded(kaohe: Kaohe) -> None:
    """A file that is not there is told by name after the first was recorded."""
    missing = kaohe.folder / "没有.jsonl"
    answer = kaohe("import", kaohe.file(OPENING, "一.jsonl"), missing, exit_code=1)
    assert "错误：没有.jsonl：没有这个文件\n请核对路径" in answer.stderr
    assert len(events_of(kaohe)) == HEAD


def test_lines_and_workbooks_are_imported_together(opened: Kaohe) -> None:
    """One call may name files of both kinds; each event knows where it came from."""
    lines = opened.file([brief("甲")], "甲.jsonl")
    book = write_xlsx(
        opened.folder / "采用.xlsx",
        信息采用=[["日期", "信息编号", "层级"], ["2022-08-05", "甲", "市政府办公室"]],
    )
    opened("import", lines, book)
    sources = [event["source"] for event in events_of(opened, "--after", HEAD)]
    assert [(at["file"], at.get("sheet"), at["row"]) for at in sources] == [
        ("甲.jsonl", None, 1),
        ("采用.xlsx", "信息采用", 2),
    ]


def test_the_encodings_of_offices_give_the_same_events(kaohe: Kaohe) -> None:
    """UTF-8 with or without mark and GB18030 record the same register."""
    found = []
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = write_jsonl(kaohe.folder / f"{encoding}.jsonl", [*OPENING, brief("甲")], encoding)
        own = Kaohe(kaohe.folder, str(kaohe.folder / f"{encoding}.db"))
        own("import", path)
        found.append(contents(events_of(own)))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("宽.jsonl", json.dumps(OPENING[0]).encode("utf-16"), "UTF-16"),
        ("乱.jsonl", '{"type": "UnitEnrolled", "unit": "应县'.encode() + b"\xff\xff\n", "UTF-8"),
        ("空.jsonl", b"", "文件是空的"),
        ("空行.jsonl", b"\n\n \n", "没有登记内容"),
        ("登记.csv", b"a,b", "kaohe template"),
        ("登记.xls", b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        ("登记.xlsx", b"no zip", "不是 .xlsx 工作簿"),
        ("登记", b"{}", "请用 .jsonl"),
        ("密.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "打开密码"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused(
    opened: Kaohe, name: str, data: bytes, said: str
) -> None:
    """What cannot be read is refused by the file's name, with what to do, and nothing happens."""
    path = opened.folder / name
    path.write_bytes(data)
    message = refused(opened, "import", path)
    assert name in message
    assert said in message
    assert len(events_of(opened)) == HEAD


def test_a_folder_is_refused_whichever_way_it_is_written(opened: Kaohe) -> None:
    """A folder, the folder one is in, and the one above are all told to be folders."""
    for folder in (opened.folder, ".", ".."):
        assert "文件夹" in refused(opened, "import", folder)
