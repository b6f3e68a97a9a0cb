"""How a cell of text holds what is more than text: lists, evidence, values, and any odd text.

Each notation goes both ways. Writing takes the form that a clerk reads most easily, and falls
back to JSON where that form would not be read back as the very same content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from infra.files.strict_json import NotJson, load_strictly

_SEPARATORS = re.compile(r"[、，,；;\n]")
_EVIDENCE = re.compile(r"(\S.*?)\s+([0-9A-Fa-f]{64})")
_ESCAPED = "json:"
_UNWRITABLE = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]|<r>.*</r>", re.DOTALL)
"""Text that XlsxWriter does not write as it is: it takes part of it for an escape or for markup."""


class CellWrong(ValueError):
    """A cell that cannot be read: ``what`` is wrong, and ``fix``, what would be right."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def dumped(value: object) -> str:
    """Return ``value`` as JSON that keeps Chinese readable."""
    return json.dumps(value, ensure_ascii=False)


def read_list(text: str) -> list[Any]:
    """Return the members of a list; 、 ， , ； ; or a new line stand between them.

    A JSON array is taken as it is, for names that hold one of these signs.
    """
    members = _json(text, "[")
    if members is not None:
        return list(members)
    return [member for part in _SEPARATORS.split(text) if (member := part.strip())]


def write_list(members: Sequence[str]) -> str:
    """Return the text that ``read_list`` reads as ``members``."""
    text = "、".join(members)
    return text if read_list(text) == list(members) else dumped(members)


def read_evidence(text: str) -> list[Any]:
    """Return evidence: on each line a file name, a space, and the SHA-256 of the file.

    A JSON array of ``{name, sha256}`` is taken as it is. Raises ``CellWrong`` for other lines.
    """
    members = _json(text, "[")
    return list(members) if members is not None else [_one(line) for line in _lines(text)]


def write_evidence(evidence: Sequence[dict[str, str]]) -> str:
    """Return the text that ``read_evidence`` reads as ``evidence``; names have no line breaks."""
    return "\n".join(f"{proof['name']} {proof['sha256']}" for proof in evidence)


def read_value(text: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the value of a ruling: the text itself, or the JSON array, object or string it is."""
    try:
        return load_strictly(text) if text.lstrip()[:1] in {"[", "{", '"'} else text
    except NotJson:
        return text


def read_lines(text: str) -> Any:  # noqa: ANN401  what is no list is left for the check
    """Return the lines of a register that a JSON array holds. Raises ``CellWrong``."""
    try:
        return load_strictly(text)
    except NotJson as error:
        fix = '应为 JSON 数组，例如 [{"type": "EventRetracted", …}]'
        raise CellWrong(f"不是正确的 JSON：{error}", fix) from None


def write_value(value: Any) -> str | int | bool:  # noqa: ANN401  any JSON value
    """Return the cell that is read back as ``value``: a number stays a number."""
    if isinstance(value, str):
        return value if value.strip() and read_value(value) == value else dumped(value)
    return value if isinstance(value, int) else dumped(value)


def unescaped(text: str) -> str:
    """Return what a cell's text stands for: ``json:"..."`` holds text that a cell cannot."""
    if not text.startswith(_ESCAPED):
        return text
    try:
        plain = load_strictly(text.removeprefix(_ESCAPED))
    except NotJson:
        return text
    return plain if isinstance(plain, str) else text


def escaped(text: str) -> str:
    """Return the text of a cell that stands for ``text``."""
    if unescaped(text) == text and not _UNWRITABLE.search(text):
        return text
    return _ESCAPED + json.dumps(text).replace("_", "\\u005f")


def _json(text: str, opening: str) -> Any:  # noqa: ANN401  any JSON value
    if not text.lstrip().startswith(opening):
        return None
    try:
        return load_strictly(text)
    except NotJson:
        return None


def _lines(text: str) -> list[str]:
    return [line for part in text.split("\n") if (line := part.strip())]


def _one(line: str) -> dict[str, str]:
    found = _EVIDENCE.fullmatch(line)
    if not found:
        raise CellWrong(
            f"“{line[:60]}”不是一份佐证材料", "每行应写：文件名、空格、64 位十六进制的 SHA-256"
        )
    return {"name": found[1], "sha256": found[2]}
