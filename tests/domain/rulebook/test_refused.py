"""A rulebook that contradicts itself is refused, with the line of each fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.rulebook.errors import RulebookRefused
from domain.rulebook.parse import parse_rulebook

from . import broken
from .broken import Changes
from .files import FILE, OTHER_CITY, TEXT, changed, faults_of

CASES = {
    f"{part}: {name}": case
    for part, cases in {
        "form": broken.FORM,
        "vocabulary": broken.VOCABULARY,
        "tree": broken.TREE,
        "prices": broken.PRICES,
        "options": broken.OPTIONS,
        "readings": broken.READINGS,
        "syntax": broken.SYNTAX,
    }.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize(("what", "changes"), CASES.values(), ids=CASES)
def test_fault_is_named_with_its_line(what: str, changes: Changes) -> None:
    """Each way to break the rulebook gives a fault that says so, in the line marked."""
    text = changed(TEXT, *changes)
    marked = [row for row, line in enumerate(text.split("\n"), start=1) if "# here" in line]
    found = [(fault.where.row, fault.what, fault.fix) for fault in faults_of(text)]
    assert [row for row, said, _ in found if what in said] == marked, found
    assert all(fix for _, _, fix in found)


@pytest.mark.parametrize("name", CASES)
def test_one_mistake_is_one_fault(name: str) -> None:
    """A mistake is not reported again where something else rests on it."""
    assert len(faults_of(changed(TEXT, *CASES[name][1]))) == 1


def test_all_faults_are_reported_at_once() -> None:
    """Faults of every part of the file come together, in the order of its lines."""
    names = ["prices: three decimals", "tree: unknown rule", "tree: weights of a group",
             "readings: choice that does not exist", "vocabulary: label twice",
             "form: unknown key"]  # fmt: skip
    text = TEXT
    for name in names:
        text = changed(text, *CASES[name][1])
    faults = faults_of(text)
    rows = [row for row, line in enumerate(text.split("\n"), start=1) if "# here" in line]
    assert [fault.where.row for fault in faults] == rows
    assert len(rows) == len(names)


def test_message_lists_every_fault_in_chinese() -> None:
    """The message names file, line, what is wrong and what would be right, then what to do."""
    text = changed(TEXT, ('"市直部门"', '"开发区"'), ("base = 80", "base = 81"))
    rows = [
        row
        for row, line in enumerate(text.split("\n"), start=1)
        if line.startswith(("base = 81", "department = "))
    ]
    with pytest.raises(RulebookRefused) as caught:
        parse_rulebook(text, name="某市.toml")
    assert isinstance(caught.value, Refused)
    assert str(caught.value).split("\n") == [
        f"某市.toml 第 {rows[0]} 行：base 是 81，各组的 weight 合计 80。两者应相等",
        f"某市.toml 第 {rows[1]} 行：名称“开发区”用了两次。每个代码要有自己的名称",
        "规则文件 某市.toml 有 2 处错误，不能使用",
        "请按上列行号改正规则文件后重试。",
    ]


def test_unfinished_file_is_refused_at_its_end() -> None:
    """Text that breaks off is refused in its last line."""
    text = 'id = "x"\ndecided = [\n  "一",'
    (fault,) = faults_of(text)
    assert fault.where.row == 3
    assert "不是合法的 TOML" in fault.what


def test_number_beyond_reading_is_refused() -> None:
    """An integer of more digits than Python reads is refused, although its line is not known."""
    (fault,) = faults_of(changed(TEXT, ("base = 80", f"base = {'8' * 5000}")))
    assert "不是合法的 TOML" in fault.what


def test_text_where_a_list_is_needed_is_refused() -> None:
    """What was decided is a list, even when it has one entry."""
    (fault,) = faults_of(changed(OTHER_CITY, ("decided = []", 'decided = "无"')))
    assert (fault.where.row, fault.what) == (5, "decided 不是一列文字")


def test_empty_file_is_refused() -> None:
    """An empty file lacks every part that a rulebook needs."""
    missing = " ".join(fault.what for fault in faults_of(""))
    for key in ("id", "title", "document", "base", "decided", "groups", "indicators", "readings"):
        assert f"缺少 {key}" in missing


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """A file saved by a Windows editor says the same."""
    plain = parse_rulebook(TEXT, name=FILE)
    assert parse_rulebook("\ufeff" + TEXT.replace("\n", "\r\n"), name=FILE) == plain


ODD = st.sampled_from(
    ["1", "-1", "0.5", "nan", "true", '""', '"x"', "'none'", "[]", "[1]", '["a"]', "{}",
     "{ a = 1 }", '{ city = "x" }', "2022-07-01", "07:00:00", "1e400"]
)  # fmt: skip


@given(
    text=st.sampled_from([TEXT, OTHER_CITY]),
    place=st.integers(min_value=0),
    odd=ODD,
    how=st.sampled_from(["drop", "repeat", "value", "key"]),
)
def test_any_spoilt_line_is_accepted_or_refused(text: str, place: int, odd: str, how: str) -> None:
    """Whatever one line is turned into, the answer is a rulebook, or faults with their lines."""
    lines = text.split("\n")
    at = place % len(lines)
    key, _, value = lines[at].partition(" = ")
    lines[at : at + 1] = {
        "drop": [],
        "repeat": [lines[at], lines[at]],
        "value": [f"{key} = {odd}"],
        "key": [f"spoilt = {value}"],
    }[how]
    for fault in faults_of("\n".join(lines)):
        assert 1 <= (fault.where.row or 0) <= len(lines)
        assert fault.what
        assert fault.fix
