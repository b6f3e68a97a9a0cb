"""Numbers, bytes and lines have one spelling each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.notation import (
    LARGEST_COUNT,
    Malformed,
    read_base64,
    read_count,
    read_hash,
    read_text,
    write_base64,
)


@given(st.integers(0, LARGEST_COUNT))
def test_counts_are_read_back(number: int) -> None:
    """Every count that can be written is read as itself."""
    assert read_count(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "00", "01", "+1", "-1", " 1", "1 ", "1\n", "1_0", "1.0", "1e3", "0x1",
        "\uff11", "\u0663", "²", str(LARGEST_COUNT + 1), "9" * 5000,
    ],
)  # fmt: skip
def test_counts_have_one_spelling(text: str) -> None:
    """Leading zeros, signs, other digits and numbers beyond 2⁶³ − 1 are refused."""
    with pytest.raises(Malformed, match="十进制"):
        read_count(text)


def test_the_largest_count() -> None:
    """Counts go up to what 63 bits hold, which is what the formats allow for times too."""
    assert read_count("9223372036854775807") == LARGEST_COUNT
    with pytest.raises(Malformed, match="十进制"):
        read_count("9223372036854775808")


@given(st.binary(max_size=40))
def test_bytes_are_read_back(data: bytes) -> None:
    """Every sequence of bytes is read as itself."""
    assert read_base64(write_base64(data)) == data


@pytest.mark.parametrize(
    "text",
    ["A", "AA", "AAA", "AA=", "AB==", "AAB=", "AAAA=", "AA==AA==", "AA==\n", " AA==", "A-_=", "é="],
)
def test_bytes_have_one_spelling(text: str) -> None:
    """Missing padding, stray bits, other alphabets and white space are refused."""
    with pytest.raises(Malformed, match="Base64"):
        read_base64(text)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_hash_has_32_bytes(length: int) -> None:
    """A hash of another length is refused."""
    with pytest.raises(Malformed, match="32 字节"):
        read_hash(write_base64(bytes(length)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a\r\n", "CRLF"),
        (b"a\tb\n", r"U\+0009"),
        (b"a\x00\n", r"U\+0000"),
        (b"a\x1f\n", r"U\+001F"),
        (b"\xff\n", "第 1 个字节"),
        (b"a" * 101, "最多 100 字节"),
    ],
)
def test_text_that_cannot_be_signed(data: bytes, reason: str) -> None:
    """Control characters, other encodings and too much text are refused, with the reason."""
    assert read_text("考核\n".encode(), longest=7) == "考核\n"
    with pytest.raises(Malformed, match=reason):
        read_text(data, longest=100)
