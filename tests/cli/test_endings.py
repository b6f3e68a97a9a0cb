"""How the name of a file has to end, for every command that writes one."""

from __future__ import annotations

import pytest

from tests.cli.driving import refused
from tests.running import Kaohe

FORMAT = "，或用 --format 指明格式"


@pytest.mark.parametrize(
    ("command", "written", "wanted", "also"),
    [
        (["template"], "表.xls", ".xlsx", ""),
        (["export", "register", "--to"], "表", ".xlsx", ""),
        (["export", "sheet", "--to"], "表.xlsm", ".xlsx", ""),
        (["list", "staff", "--to"], "表.xls", ".csv、.json、.xlsx 或 .txt", FORMAT),
        (["list", "staff", "--format", "xlsx", "--to"], "表.xls", ".xlsx", ""),
        (["export", "log", "--to"], "表.txt", ".jsonl、.csv、.xlsx 或 .parquet", FORMAT),
        (["export", "circular-template", "--to"], "通报.dotx", ".docx", ""),
        (["export", "circular", "--from", "2022-01-01", "--to"], "通报.doc", ".docx 或 .pdf", ""),
        (["history", "应县", "--svg"], "曲线.png", ".svg", ""),
        (["appeal", "trail", "1", "--out"], "答复.pdf", ".html、.md 或 .json", ""),
        (["export", "audit", "--to"], "包.zip", ".tar.gz", "，或写文件夹的名称"),
    ],
)
def test_a_name_that_ends_otherwise_is_refused_in_one_way(
    kaohe: Kaohe, command: list[str], written: str, wanted: str, also: str
) -> None:
    """Every command names the file, how it may end and what to do, before anything else."""
    message = refused(kaohe, *command, kaohe.folder / written)
    told = f"错误：{written} 的扩展名不是 {wanted}\n请把文件名的扩展名改成 {wanted}{also}。\n"
    assert message == told
    assert list(kaohe.folder.iterdir()) == []


@pytest.mark.parametrize("command", [["template"], ["export", "register", "--to"]])
def test_large_letters_end_a_name_as_well(opened: Kaohe, command: list[str]) -> None:
    """A workbook may be called ``.XLSX``."""
    file = opened.folder / "表.XLSX"
    opened(*command, file)
    assert file.exists()
