"""Files that cannot be a register, each refused with what to do."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.errors import Refused
from tests.infra.files.registers import altered, read, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> Refused:
    """Return how the file is refused."""
    with pytest.raises(Refused) as refused:
        read(path)
    return refused.value


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return a good workbook with one adoption."""
    rows = [["日期", "信息编号", "层级"], ["2022-07-20", "Z1", "省政府办公厅"]]
    return write_xlsx(tmp_path / "a.xlsx", 信息采用=rows)


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("a.xls", "另存为 .xlsx"),
        ("a.XLS", "另存为 .xlsx"),
        ("a.csv", "kaohe template"),
        ("a.json", ".jsonl"),
        ("a.txt", ".jsonl"),
        ("a", ".xlsx"),
    ],
)
def test_other_extensions_are_refused_with_what_to_do(tmp_path: Path, name: str, fix: str) -> None:
    """Only .jsonl and .xlsx are read; the refusal says how to get there from the other kind."""
    (tmp_path / name).write_bytes(b'{"type": "X"}')
    refused = refusal(tmp_path / name)
    assert refused.what.startswith(f"{name}：不能导入")
    assert fix in refused.fix


def test_an_extension_in_capitals_is_the_same(tmp_path: Path) -> None:
    """A file saved as .JSONL is read."""
    (tmp_path / "A.JSONL").write_bytes(b'{"type": "X"}')
    assert read(tmp_path / "A.JSONL").name == "A.JSONL"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible name are told apart."""
    (tmp_path / "b.jsonl").mkdir()
    assert refusal(tmp_path / "a.jsonl").what == "a.jsonl：没有这个文件"
    assert refusal(tmp_path / "b.jsonl").what == "b.jsonl：是文件夹，不是文件"
    assert "不能超过 200 个字" in refusal(tmp_path / f"{'长' * 300}.jsonl").what


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """What is not a regular file is refused at once."""
    os.mkfifo(tmp_path / "a.jsonl")
    assert refusal(tmp_path / "a.jsonl").what == "a.jsonl：不是普通文件"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows longer names")
def test_what_the_system_refuses_to_open_is_refused(tmp_path: Path) -> None:
    """An error of the operating system becomes a refusal with what to check."""
    refused = refusal(tmp_path / f"{'长' * 190}.jsonl")
    assert "不能读取" in refused.what
    assert "权限" in refused.fix


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses such names itself")
def test_a_file_name_that_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    """The name is stored with every event, so that it has to be printable."""
    path = tmp_path / "a\x1b[31m.jsonl"
    path.write_bytes(b'{"type": "X"}')
    refused = refusal(path)
    assert "不能打印的字符" in refused.what
    assert "\x1b" not in refused.what


@pytest.mark.parametrize("name", ["a.jsonl", "a.xlsx"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    """A file without a single byte is not taken for a register without events."""
    (tmp_path / name).touch()
    assert refusal(tmp_path / name).what == f"{name}：文件是空的"


def test_a_file_without_lines_is_refused(tmp_path: Path) -> None:
    """Blank lines only, or headings only, are a mistake that is told."""
    (tmp_path / "a.jsonl").write_bytes(b"\n  \r\n")
    write_xlsx(tmp_path / "a.xlsx", 信息采用=[["日期", "信息编号", "层级"]])
    assert refusal(tmp_path / "a.jsonl").what == "a.jsonl：没有登记内容"
    assert refusal(tmp_path / "a.xlsx").what == "a.xlsx：没有登记内容"


def test_a_good_workbook_altered_in_nothing_is_read(workbook: Path) -> None:
    """The way in which the next tests alter a workbook does not itself break it."""
    assert len(read(altered(workbook, SHEET, b"<row", b"<row")).lines) == 1


def test_old_and_locked_workbooks_are_refused(tmp_path: Path) -> None:
    """A .xls file or one with a password, named .xlsx, is recognised."""
    (tmp_path / "a.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    refused = refusal(tmp_path / "a.xlsx")
    assert "打开密码" in refused.what
    assert ".xls" in refused.fix


def test_other_files_named_xlsx_are_refused(tmp_path: Path, workbook: Path) -> None:
    """Text, a zip of something else, and a cut-off workbook are refused, none with a traceback."""
    held = BytesIO()
    with ZipFile(held, "w") as other:
        other.writestr("content.xml", "<a/>")
    whole = workbook.read_bytes()
    path = tmp_path / "b.xlsx"
    for data in (b"a,b,c\n", held.getvalue(), whole[:2000], whole[:-30]):
        path.write_bytes(data)
        assert "不是" in refusal(path).what
        assert "另存为 .xlsx" in refusal(path).fix


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<sheetData>", b"<sheetDat>"),
        (SHEET, b"</row>", b""),
        (SHEET, b"<worksheet", b"<!DOCTYPE x [<!ENTITY y 'z'>]><worksheet"),
        ("xl/workbook.xml", b"<sheet ", b"<sheet"),
        ("xl/workbook.xml", b"<workbook", b"<?xml version='1.0' encoding='x'?><workbook"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet9.xml"),
        ("_rels/.rels", b'relationships/officeDocument"', b'relationships/other"'),
    ],
)
def test_a_damaged_workbook_is_refused(workbook: Path, part: str, old: bytes, new: bytes) -> None:
    """Damage inside any part that matters is a refusal, never half a register."""
    assert refusal(altered(workbook, part, old, new)).what == "a.xlsx：不是完好的 .xlsx 工作簿"


def test_a_stray_entry_in_the_far_corner_is_refused(workbook: Path) -> None:
    """A sheet that would fill the memory is refused before it is laid out, naming the cell."""
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    refused = refusal(altered(workbook, SHEET, b"</sheetData>", stray))
    assert "工作表“信息采用”的内容延伸到 XFD1048576" in refused.what


def test_formats_down_to_the_last_row_are_no_content(workbook: Path) -> None:
    """Empty cells that only have a format do not make a sheet large."""
    styled = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert len(read(altered(workbook, SHEET, b"</sheetData>", styled)).lines) == 1
