"""Files of JSON lines."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from domain.errors import Where
from domain.events.fields import Source
from tests.infra.files.registers import faults_of, raw_lines, read

BAD_LINES = {
    "not JSON": (b"type: ItemAdopted", "缺少值"),
    "Chinese quotes": ("{“type”: “ItemAdopted”}".encode(), "字段名应写在英文双引号内"),
    "Chinese comma": ('{"a": 1，"b": 2}'.encode(), "应为英文逗号或右括号"),
    "no colon": (b'{"a" 1}', "应为英文冒号"),
    "open quote": (b'{"a": "b}', "引号没有成对"),
    "tab in a text": (b'{"a": "b\tc"}', "控制字符"),
    "bad escape": (b'{"a": "\\x41"}', "反斜杠"),
    "two objects": (b'{"a": 1} {"b": 2}', "多余的内容"),
    "a list": (b'[{"type": "ItemAdopted"}]', "不是一个 JSON 对象"),
    "a text": (b'"ItemAdopted"', "不是一个 JSON 对象"),
    "key twice": (b'{"item": "a", "item": "a"}', "字段“item”写了两次"),
    "key twice inside": (b'{"changes": {"title": "a", "title": "b"}}', "字段“title”写了两次"),
    "NaN": (b'{"value": NaN}', "NaN 不是 JSON 中的数"),
    "-Infinity": (b'{"value": -Infinity}', "-Infinity 不是 JSON 中的数"),
    "too large": (b'{"value": 1e999}', "太大"),
    "too long": (b'{"value": ' + b"9" * 5000 + b"}", "过长的整数"),
    "half a character": (b'{"title": "\\ud83c"}', "不成对"),
    "half a character as key": (b'{"\\uDF00": 1}', "不成对"),
    "too deep": (b'{"value": ' + b"[" * 100_000 + b"}", "嵌套太深"),
    "second BOM": (b'\xef\xbb\xbf{"a": 1}', "字节顺序标记"),
}


def test_lines_keep_what_is_written_and_where_it_stands(tmp_path: Path) -> None:
    """Each object is one line with its own row, file name without folders, and file digest."""
    path = tmp_path / "三月.jsonl"
    data = b'{"type": "X", "n": 1, "f": 2.5, "l": ["a"], "z": null}\r\n\r\n  \t\n{"type": "Y"}'
    path.write_bytes(data)
    file = read(path)
    digest = hashlib.sha256(data).hexdigest()
    assert file.name == "三月.jsonl"
    assert [dict(line.raw) for line in file.lines] == [
        {"type": "X", "n": 1, "f": 2.5, "l": ["a"], "z": None},
        {"type": "Y"},
    ]
    assert [line.where for line in file.lines] == [
        Where(file="三月.jsonl", row=1),
        Where(file="三月.jsonl", row=4),
    ]
    assert file.lines[1].source == Source(file="三月.jsonl", sha256=digest, row=4)


@pytest.mark.parametrize(("line", "said"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_line_that_is_no_json_object_is_one_fault(tmp_path: Path, line: bytes, said: str) -> None:
    """The fault names the row and says what is wrong, whatever stands in other lines."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"type": "X"}\n' + line + b'\n{"type": "Y"}\n')
    (fault,) = faults_of(path)
    assert fault.where == Where(file="a.jsonl", row=2)
    assert said in fault.what
    assert "JSON 对象" in fault.fix


def test_all_bad_lines_are_reported_at_once(tmp_path: Path) -> None:
    """A file with several bad lines is refused with a fault for each of them."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(line for line, _ in BAD_LINES.values()))
    assert [fault.where.row for fault in faults_of(path)] == list(range(1, len(BAD_LINES) + 1))


def test_a_line_ends_only_where_the_file_says_so(tmp_path: Path) -> None:
    """Separators of Unicode inside a text do not break a line."""
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"title": "一\u2028二\u0085三\x0c"}\n'.encode().replace(b"\x0c", b"\\f"))
    assert raw_lines(path) == [{"title": "一\u2028二\u0085三\x0c"}]


def test_a_whole_character_written_as_two_escapes_is_read(tmp_path: Path) -> None:
    """A surrogate pair in JSON is one character."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"title": "\\ud83c\\udc04"}')
    assert raw_lines(path) == [{"title": "🀄"}]
