"""Register files, of either kind, read into lines that can be decided."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from domain.decisions.batch import RegisterLine
from domain.errors import Fault, LinesRefused, Refused
from domain.events.fields import check_name
from infra.files.jsonl import read_jsonl
from infra.files.workbook import Hidden, WordsFor, read_workbook

_KINDS = "请用 .jsonl（每行一个 JSON 对象）或 .xlsx（可用 kaohe template 生成空表）。"
_ADVICE = {
    ".xls": "请用 Excel 或 WPS 另存为 .xlsx。",
    ".et": "请用 WPS 另存为 .xlsx。",
    ".xlsm": "请另存为不带宏的 .xlsx。",
    ".csv": "请把内容填入 kaohe template 生成的 .xlsx 工作簿。",
    ".json": "请改成每行一个 JSON 对象，扩展名用 .jsonl。",
}


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What a register file holds: its own name, and its lines in order.

    ``hidden`` says how much of a workbook was read that its user does not see.
    """

    name: str
    lines: tuple[RegisterLine, ...]
    hidden: tuple[Hidden, ...] = ()


def read_register(path: Path, *, vocabularies: WordsFor) -> RegisterFile:
    """Return the lines of the register file at ``path``.

    ``vocabularies`` gives the lists of codes by whose labels a workbook may be filled.

    Raises:
        Refused: the file cannot be read at all, or holds no line.
        LinesRefused: lines cannot be read; every one of them is named.
    """
    file, faults = scan_register(path, vocabularies=vocabularies)
    if faults:
        raise LinesRefused(faults)
    return file


def scan_register(path: Path, *, vocabularies: WordsFor) -> tuple[RegisterFile, tuple[Fault, ...]]:
    """Return the lines of a register file that can be read, and what is wrong with the others.

    For an importer that reports all bad lines at once, those that a check finds among the lines
    that can be read included. Raises ``Refused`` as ``read_register`` does.
    """
    name = _name(path.absolute() if path.name in {"", ".."} else path)
    _check_file(path, name)
    kind = path.suffix.lower()
    if kind not in {".jsonl", ".xlsx"}:
        fix = _ADVICE.get(kind, _KINDS)
        raise Refused(f"{name}：不能导入扩展名为“{kind}”的文件", fix=fix)
    data = _bytes(path, name)
    digest = hashlib.sha256(data).hexdigest()
    hidden: tuple[Hidden, ...] = ()
    if kind == ".jsonl":
        lines, faults = read_jsonl(name, data, digest)
    else:
        lines, faults, hidden = read_workbook(name, data, digest, vocabularies)
    if not lines and not faults:
        raise Refused(f"{name}：没有登记内容", fix="请填写后再导入。")
    return RegisterFile(name, tuple(lines), hidden), tuple(faults)


def _name(path: Path) -> str:
    """Return the file's own name, which is stored with every event; never the folders."""
    try:
        return check_name(path.name)
    except ValueError as error:
        raise Refused(f"文件名 {path.name!a} {error}", fix="请给文件改名。") from None


def _check_file(path: Path, name: str) -> None:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(f"{name}：没有这个文件", fix=f"请核对路径：{path}") from None
    except OSError as error:
        raise _unreadable(name, error) from error
    if stat.S_ISDIR(mode):
        raise Refused(f"{name}：是文件夹，不是文件", fix="请指明其中的登记文件。")
    if not stat.S_ISREG(mode):
        raise Refused(f"{name}：不是普通文件", fix=_KINDS)


def _bytes(path: Path, name: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(name, error) from error
    if not data:
        raise Refused(f"{name}：文件是空的", fix="请核对是不是选错了文件，或文件没有保存完。")
    return data


def _unreadable(name: str, error: OSError) -> Refused:
    fix = "请确认有读取权限，且没有被其他程序占用。"
    return Refused(f"{name}：不能读取（{error.strerror}）", fix=fix)
