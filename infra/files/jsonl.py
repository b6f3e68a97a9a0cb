"""Registers of JSON lines: one object on each line is one event."""

from __future__ import annotations

from domain.decisions.batch import RegisterLine
from domain.errors import Fault, Where
from domain.events.fields import Source
from infra.files.encoding import decode_text
from infra.files.strict_json import NotJson, load_strictly

_FIX = '每行应为一个 JSON 对象，例如 {"type": "ItemAdopted", "on": "2022-07-20", …}'


def read_jsonl(name: str, data: bytes, digest: str) -> tuple[list[RegisterLine], list[Fault]]:
    """Return the lines of a file and what is wrong with others; blank lines are passed over.

    ``name`` is the file's own name and ``digest`` its SHA-256. Lines end with LF or CR LF, and a
    line's number counts from 1. Raises ``Refused`` when the file is no text we can read.
    """
    lines: list[RegisterLine] = []
    faults: list[Fault] = []
    for number, text in enumerate(decode_text(data, name).split("\n"), 1):
        if not text or text.isspace():
            continue
        where = Where(file=name, row=number)
        try:
            raw = load_strictly(text)
        except NotJson as error:
            faults.append(Fault(f"不是正确的 JSON：{error}", _FIX, where))
            continue
        if isinstance(raw, dict):
            lines.append(RegisterLine(raw, where, Source(file=name, sha256=digest, row=number)))
        else:
            faults.append(Fault("不是一个 JSON 对象", _FIX, where))
    return lines, faults
