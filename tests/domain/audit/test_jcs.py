"""Canonical JSON: the published pairs, ECMAScript's numbers, and what events hold."""

from __future__ import annotations

import json
import math
import struct
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.jcs import NotJson, canonical
from domain.events import codec

from .vectors import VECTORS, needs_vectors

# Bits of a double and how it is written: RFC 8785, appendix B.
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
FINITE = st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(st.characters(max_codepoint=0x7F), max_size=6)
TEXTS = st.text(max_size=10)
EVENT_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@needs_vectors
@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_published_pairs(name: str) -> None:
    """Each published document has the published canonical spelling."""
    given_, wanted = (VECTORS / "jcs" / side / f"{name}.json" for side in ("input", "output"))
    assert canonical(json.loads(given_.read_bytes())) == wanted.read_bytes()


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_numbers_of_the_rfc(bits: str, written: str) -> None:
    """Doubles are written as the table in the RFC has them."""
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(number) == written.encode()


@pytest.mark.parametrize("written", ["1.5e+300", "-2.5e-7", "1e-7", "1.25", "0.05", "100", "10.5"])
def test_where_the_point_goes(written: str) -> None:
    """The point stands after the first digit before an exponent, and elsewhere where it belongs."""
    assert canonical(float(written)) == written.encode()


@given(FINITE)
def test_a_number_keeps_its_value_and_its_digits(number: float) -> None:
    """Any double reads back as itself, from no more digits than are needed."""
    written = canonical(number).decode()
    assert float(written) == number
    assert Decimal(written) == Decimal(repr(number))


@given(FINITE)
def test_exponents_stand_where_ecmascript_puts_them(number: float) -> None:
    """Only below a millionth and from 10²¹ on does a number have an exponent."""
    written = canonical(number).decode()
    assert ("e" in written) == (number != 0 and not 1e-6 <= abs(number) < 1e21)
    assert not written.endswith(".0")


def test_names_are_sorted_by_utf_16_units() -> None:
    """A character beyond 16 bits comes before U+FB33, as its first surrogate does."""
    assert canonical({"\ufb33": 1, "\U0001f602": 2}) == '{"\U0001f602":2,"\ufb33":1}'.encode()


def test_only_what_must_be_escaped_is() -> None:
    """Quotes, backslashes and control characters are escaped, the short way where there is one."""
    text = '"\\/\b\f\n\r\t\0\x1f\x7f\u2028é'
    assert canonical(text) == rb'"\"\\/\b\f\n\r\t\u0000\u001f' + '\x7f\u2028é"'.encode()


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, 2**53, -(2**53), "\ud800", {"\udc00": 1}, ["\ud83d"]],
    ids=ascii,
)
def test_what_has_no_canonical_spelling_is_refused(value: object) -> None:
    """Numbers that readers take differently and halves of characters are refused."""
    with pytest.raises(NotJson):
        canonical(value)


def test_the_largest_whole_numbers_are_written() -> None:
    """Whole numbers up to 2⁵³ − 1 either way are alike for every reader, and written out."""
    assert canonical([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


def test_nesting_too_deep_is_refused() -> None:
    """A value nested deeper than any reader follows is refused like other bad values."""
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotJson, match="嵌套"):
        canonical(value)


@pytest.mark.parametrize(
    "value",
    [{1: 2}, {None: 1}, object(), b"x", {"a": {1}}],
    ids=["number as key", "null as key", "object", "bytes", "set"],
)
def test_other_objects_are_the_programmers_error(value: object) -> None:
    """What JSON cannot hold is never turned into something that it can."""
    with pytest.raises(TypeError):
        canonical(value)


@given(EVENT_VALUES)
def test_stored_events_are_canonical(value: object) -> None:
    """For all that events hold, the codec writes what the RFC says."""
    assert codec.canonical(value) == canonical(value)
