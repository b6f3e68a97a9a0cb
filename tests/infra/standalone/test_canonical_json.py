"""What counts as canonical JSON, against the other implementation."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.entry import NotAnEntry, read_entry
from domain.audit.jcs import NotJson, canonical
from domain.audit.strict_json import parse_canonical
from infra.standalone.canonical_json import careful_value_of, value_of
from infra.standalone.entry_form import entry_of
from infra.standalone.entry_shapes import Shapes
from infra.standalone.wording import Malformed

from .bundles import entry

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text(max_size=8) | st.booleans() | st.none() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)
LINES = [entry(n).encode() for n in range(1, 13)]


@given(VALUES)
def test_canonical_values_are_read(value: object) -> None:
    """Whatever RFC 8785 writes is read as it was, by both ways of reading."""
    text = canonical(value).decode()
    assert value_of(text) == careful_value_of(text) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}', '{"b":1,"a":1}', "[1.0]", "[1e3]", "[NaN]", "[Infinity]", "[-0]", "[01]",
        "[9007199254740992]", "[" + "9" * 5000 + "]", '["\\u0041"]', '["\\/"]', '["\\u00E9"]',
        '["\\ud800"]', '["\\ud83d\\ude00"]', "[1 ]", " [1]", "[1]\n", "[1,]", "", "[", '["\x01"]',
        "[" * 65 + "]" * 65, "[" * 100_000, '{"a":' * 100_000, '["\\u000a"]', '["\\x"]', "nul",
    ],
)  # fmt: skip
def test_what_is_not_canonical_is_refused(text: str) -> None:
    """Each other spelling, duplicate, fraction, huge number and deep nesting is refused."""
    for read in (value_of, careful_value_of):
        with pytest.raises(Malformed):
            read(text)


def test_nesting_is_counted_outside_of_strings_only() -> None:
    """Brackets within texts do not count, 64 levels are allowed, and so are many side by side."""
    assert value_of('["' + "[" * 500 + '"]')
    assert value_of("[" * 64 + "]" * 64)
    assert len(value_of("[" + ",".join(["[]"] * 500) + "]")) == 500


def test_names_are_in_the_order_of_utf_16() -> None:
    """Names beyond the basic plane stand before U+FFFD, as RFC 8785 §3.2.3 asks."""
    assert value_of('{"\U0001f600":1,"\ufffd":2}')
    with pytest.raises(Malformed):
        value_of('{"\ufffd":2,"\U0001f600":1}')


def flips(line: bytes) -> list[bytes]:
    """Return the line with each byte changed in four ways, and each byte left out."""
    places = range(len(line))
    changed = [
        line[:at] + bytes([line[at] ^ bit]) + line[at + 1 :]
        for at in places
        for bit in (1, 2, 16, 128)
    ]
    return changed + [line[:at] + line[at + 1 :] for at in places]


@pytest.mark.parametrize("line", [LINES[0], LINES[4]])
def test_both_implementations_accept_the_same_entries(line: bytes) -> None:
    """For every small change of an entry the two readers agree, and so does the quick way."""
    shapes = Shapes()
    for each in LINES * 3:
        shapes.learn(each, entry_of(each))
    assert shapes.recognised(LINES[0], [LINES[0]])[0]
    for changed in flips(line):
        if b"\n" in changed:
            continue
        ours = None
        with suppress(Malformed):
            ours = entry_of(changed)
        try:
            theirs = read_entry(changed)
        except NotAnEntry:
            theirs = None
        if ours is None or theirs is None:
            assert ours is None
            assert theirs is None or _is_stricter_here(changed)
        else:
            stated = (theirs.log, theirs.position, theirs.recorded_at, theirs.stream)
            assert ours == (*(_bytes(each) for each in stated), theirs.version)
        quick = shapes.recognised(changed, [changed])[0]
        if quick and _day_is_real(quick[2]):
            assert ours is not None
            texts = (b"%d" % ours.position, ours.recorded_at, ours.stream, b"%d" % ours.version)
            assert quick.groups() == texts


def _bytes(value: str | int) -> bytes | int:
    return value.encode() if isinstance(value, str) else value


def _day_is_real(moment: bytes) -> bool:
    with suppress(Malformed):
        entry_of(LINES[0].replace(entry(1).recorded_at.encode(), moment))
        return True
    return False


def _is_stricter_here(line: bytes) -> bool:
    """Return whether a line has what only this reader looks at: real days, fractions, names."""
    moment = line[line.index(b'"recorded_at":"') + 15 :][:27]
    fractions = b'"count":' in line and b"." in line.split(b'"count":')[1].split(b",")[0]
    exponent = b'"count":' in line and b"e" in line.split(b'"count":')[1].split(b",")[0]
    return not _day_is_real(moment) or fractions or exponent or not line[:120].isascii()


@given(VALUES)
def test_integers_only(value: object) -> None:
    """Both implementations read the same values; fractions only the other."""
    text = canonical([value, 0.5])
    parse_canonical(text)
    with pytest.raises(Malformed):
        value_of(text.decode())


def test_the_other_reader_knows_no_huge_numbers_either() -> None:
    """A number of five thousand digits is refused by both without being computed."""
    with pytest.raises(NotJson):
        parse_canonical(b"[" + b"9" * 5000 + b"]")
