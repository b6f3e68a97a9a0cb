"""What a workbook's XML says and calamine does not: errors, formulas never computed, the extent.

Calamine gives an error value, and a formula that no program has computed, as an empty cell; read
so, a register would silently lose them. It also sets aside room for every cell up to the last
one, so that a stray entry in the far corner of a sheet would take all memory.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from domain.errors import Refused

Attributes = Mapping[str, str]
Troubles = dict[tuple[int, int], str]
"""What is wrong with a cell, by row and column counted from 1."""


class Scanned(NamedTuple):
    """What was found out about a sheet: cells in trouble, and what its user does not see of it."""

    troubles: Troubles
    hidden_rows: frozenset[int]
    hidden: bool


_MOST_CELLS = 5_000_000
_MOST_BYTES = 2**30
_DAMAGED = (
    BadZipFile, EOFError, ExpatError, LookupError, NotImplementedError, OSError, RuntimeError,
    ValueError, zlib.error,
)  # fmt: skip
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>")
_SUSPECT = re.compile(rb"\bt\s*=\s*[\"']e[\"']|<(?:\w+:)?f[\s/>]|\bhidden\s*=|^\xff\xfe|^\xfe\xff")
_TRUE = {"1", "true"}
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as ``C12``; row and column count from 1."""
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """Return the letters of a column, such as ``C``; it counts from 1."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def scan_workbook(data: bytes, name: str) -> dict[str, Scanned]:
    """Return what was found out about each worksheet of the workbook ``name``.

    Raises:
        Refused: it is no workbook, it is damaged, or a sheet is too large.
    """
    try:
        with ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise Refused(f"{name}：展开后超过 1 GB，不能读取", fix="请拆成几个较小的文件。")
            sheets = list(_sheets(parts))
            return {
                sheet: Scanned(*_scan(parts.read(part), name, sheet), hidden)
                for sheet, part, hidden in sheets
            }
    except _DAMAGED as error:
        fix = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
        raise Refused(f"{name}：不是完好的 .xlsx 工作簿", fix=fix) from error


def _sheets(parts: ZipFile) -> Iterator[tuple[str, str, bool]]:
    """Return name and part of each worksheet, and whether it is hidden.

    See ECMA-376 part 1, 12.3 and 18.2.19.
    """
    main = {kind: part for kind, part, _ in _related(parts, "")}["officeDocument"]
    by_id = {key: part for kind, part, key in _related(parts, main) if kind == "worksheet"}
    for tag, has in _elements(parts.read(main)):
        key = next((value for name, value in has.items() if name.endswith(":id")), "")
        if tag == "sheet" and key in by_id:
            yield has["name"], by_id[key], has.get("state", "visible") != "visible"


def _related(parts: ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Return kind, part and id of everything that ``part`` refers to."""
    folder, file = posixpath.split(part)
    for tag, has in _elements(parts.read(posixpath.join(folder, "_rels", f"{file}.rels"))):
        if tag == "Relationship" and has.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, has["Target"]))
            yield has["Type"].rpartition("/")[2], target.lstrip("/"), has["Id"]


def _elements(xml: bytes) -> list[tuple[str, Attributes]]:
    found: list[tuple[str, Attributes]] = []
    _parse(xml, start=lambda tag, has: found.append((tag, has)))
    return found


def _scan(xml: bytes, name: str, sheet: str) -> tuple[Troubles, frozenset[int]]:
    filled = _FILLED.findall(xml)
    if filled:
        columns = max(_column(letters.decode()) for letters in {letters for letters, _ in filled})
        rows = max(int(digits) for _, digits in filled)
        if rows * columns > _MOST_CELLS:
            what = f"工作表“{sheet}”的内容延伸到 {cell_name(rows, columns)}，太大而不能读取"
            fix = "请删除远处多余的内容，或拆成几个较小的文件。"
            raise Refused(f"{name}：{what}", fix=fix)
    reader = _TroubleReader()
    if _SUSPECT.search(xml):
        _parse(xml, start=reader.start, end=reader.end, text=reader.text)
    else:
        _parse(xml)
    return reader.troubles, frozenset(reader.hidden)


class _TroubleReader:
    """Follows the cells of a sheet and keeps those without a value that can be read.

    It also keeps the rows that are hidden.
    """

    def __init__(self) -> None:
        self.troubles: Troubles = {}
        self.hidden: set[int] = set()
        self._row = self._at = 0
        self._kind = ""
        self._formula = self._inside = False
        self._value = ""

    def start(self, tag: str, has: Attributes) -> None:
        if tag == "row":
            self._row, self._at = int(has.get("r", self._row + 1)), 0
            if has.get("hidden") in _TRUE:
                self.hidden.add(self._row)
        elif tag == "c":
            reference = _REFERENCE.fullmatch(has.get("r", ""))
            self._at = _column(reference[1]) if reference else self._at + 1
            self._kind, self._value, self._formula = has.get("t", ""), "", False
        self._formula = self._formula or tag == "f"
        self._inside = tag == "v"

    def text(self, data: str) -> None:
        if self._inside:
            self._value += data

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "c" and self._kind == "e":
            self.troubles[self._row, self._at] = f"是公式错误 {self._value}"
        elif tag == "c" and self._formula and self._kind != "str" and not self._value:
            self.troubles[self._row, self._at] = "是公式，但没有保存算出的结果"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _parse(
    xml: bytes,
    *,
    start: Callable[[str, Attributes], object] | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Parse all of ``xml``, calling with names of elements without their prefixes.

    Raises ``ExpatError`` where it is not well-formed, which calamine would read over.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    if start:
        parser.StartElementHandler = lambda tag, has: start(tag.rpartition(":")[2], has)
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(xml, True)  # noqa: FBT003  the parameter has no name


def _no_doctype(*_: object) -> None:
    """Refuse entities of the file's own making, which no spreadsheet program writes."""
    raise ExpatError("DOCTYPE")
