"""JSON that readers could take differently is refused, and so is any second spelling."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.jcs import NotJson, canonical
from domain.audit.strict_json import NotCanonical, parse_canonical

# A double that is written as a large whole number is not read alike by all, and refused.
DOUBLES = st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: not 2**53 <= abs(number) < 1e21
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | DOUBLES
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

REFUSED = {
    "a field twice": (b'{"a":1,"a":1}', "写了两次"),
    "a field twice, once escaped": (rb'{"a":1,"\u0061":2}', "写了两次"),
    "a field twice, inside": (b'{"a":[{"b":1,"c":1,"c":2}]}', "字段 'c' 写了两次"),
    "NaN": (b'{"a":NaN}', "NaN"),
    "Infinity": (b"[Infinity]", "Infinity"),
    "minus Infinity": (b"[-Infinity]", "Infinity"),
    "a number too large": (b"[1e400]", "太大"),
    "a whole number too large": (b"[9007199254740992]", "太大"),
    "a whole number far too large": (b"[-" + b"9" * 5000 + b"]", "太大"),
    "half a character": (rb'"\ud83d"', "代理字符"),
    "the other half": (rb'{"\uDE02":1}', "代理字符"),
    "not UTF-8": (b'"\xff"', "第 2 个字节"),
    "a surrogate in UTF-8": (b'"\xed\xa0\x80"', "UTF-8"),
    "overlong UTF-8": (b'"\xc0\xaf"', "UTF-8"),
    "a byte-order mark": (b"\xef\xbb\xbf{}", "不是 JSON"),
    "nothing": (b"", "不是 JSON"),
    "two values": (b"{}{}", "不是 JSON"),
    "a comma too many": (b"[1,]", "不是 JSON"),
    "a leading zero": (b"[01]", "不是 JSON"),
    "a control character": (b'"\x00"', "不是 JSON"),
    "single quotes": (b"{'a':1}", "不是 JSON"),
    "nesting without end": (b"[" * 100_000, "嵌套"),
}

OTHER_SPELLINGS = {
    "a space": b'{"a": 1}',
    "a line feed at the end": b'{"a":1}\n',
    "a carriage return": b'{"a":1}\r',
    "fields out of order": b'{"b":1,"a":2}',
    "fields in order of code points": '{"\ufb33":1,"\U0001f602":2}'.encode(),
    "an escape that is not needed": rb'["\u0041"]',
    "an escaped slash": rb'["\/"]',
    "an escape in capitals": rb'["\u001F"]',
    "a long escape": rb'["\u000a"]',
    "an escaped pair": rb'["\ud83d\ude02"]',
    "an escaped Chinese character": rb'["\u6714"]',
    "a trailing zero": b"[1.50]",
    "a whole number with a point": b"[1.0]",
    "a capital exponent": b"[1E+21]",
    "Python's exponent": b"[1e-07]",
    "minus nought": b"[-0]",
    "minus nought with a point": b"[-0.0]",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_readers_take_differently_is_refused(what: str) -> None:
    """It is refused, with the reason."""
    data, reason = REFUSED[what]
    with pytest.raises(NotJson, match=reason):
        parse_canonical(data)


@pytest.mark.parametrize("what", OTHER_SPELLINGS)
def test_any_other_spelling_is_refused_where_one_is_required(what: str) -> None:
    """A document written otherwise is JSON, but not taken for canonical."""
    data = OTHER_SPELLINGS[what]
    value = json.loads(data)
    with pytest.raises(NotCanonical):
        parse_canonical(data)
    assert parse_canonical(canonical(value)) == value


@given(VALUES)
def test_the_canonical_spelling_is_read_back(value: object) -> None:
    """Every value, floating-point numbers and rare characters included, survives writing."""
    data = canonical(value)
    read = parse_canonical(data)
    assert read == value
    assert canonical(read) == data


@given(VALUES, st.data())
def test_no_changed_byte_leaves_the_value_as_it_was(value: object, data: st.DataObject) -> None:
    """What still counts as canonical after a byte was changed has another canonical spelling."""
    text = bytearray(canonical(value))
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= data.draw(st.integers(1, 255))
    try:
        changed = parse_canonical(bytes(text))
    except NotJson:
        return
    assert canonical(changed) != canonical(value)
