"""Signed notes: one way to write them, and no signature believed that was not checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.keys import Kind
from domain.audit.notation import Malformed
from domain.audit.note import (
    LONGEST_NOTE,
    MOST_SIGNATURES,
    Note,
    NotSigned,
    Signature,
    check_signature,
    sign,
)

from .signing import LOG, LOG_KEY, WITNESS_KEY, key, log_sign, verify, witness_sign

# Made with aics-tlog, an independent implementation, from keys of one repeated byte.
PUBLISHED = """\
log.example/kaohe
11
MpIghwdLQvu/Ojo2cjqyeCX9m62x4pvd68P+qD6ewE0=

— log.example/kaohe PFTQC0Y/mE1MJfGvLhgUEfGAmSHsez7+eG9rFGxWXTpTMrWR8AE9FxcX3MhNRtsMvEKDkWEh7cz5h+KgUnd2t/ii3gA=
— witness.example/archive hhORKAAAAABpVbkAv9+UfMgu+Cc2rL33M3yc3WDZmD60HLqvx50DbxA4SIUxvTAO1FRH9qu/5Abu6Rl+lgTdhxIcxDjve8PVitnuDQ==
"""  # noqa: E501  lines that are signed are not folded
TEXT = "考核登记\n\n第二段\n"
NOTE = Note(TEXT, (sign(TEXT, LOG_KEY, log_sign),))

LINES = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=0x20), max_size=8)
NAMES = LINES.filter(lambda name: name and not any(c.isspace() or c == "+" for c in name))
NOTES = st.builds(
    Note,
    st.lists(LINES, min_size=1).map(lambda lines: "".join(f"{line}\n" for line in lines)),
    st.lists(
        st.builds(
            Signature,
            NAMES,
            st.binary(min_size=4, max_size=4),
            st.binary(min_size=1, max_size=99),
        ),
        min_size=1,
        max_size=5,
    ).map(tuple),
)


def test_a_note_of_others_is_read_and_checked() -> None:
    """A note that an independent implementation signed has a valid signature, and so has ours."""
    note = Note.parse(PUBLISHED.encode())
    check_signature(note, LOG_KEY, verify)
    assert note.encode() == PUBLISHED.encode()
    assert sign(note.text, LOG_KEY, log_sign) == note.signatures[0]


@given(NOTES)
def test_notes_are_read_back(note: Note) -> None:
    """Any note is read from its bytes as it was, empty lines in its text included."""
    assert Note.parse(note.encode()) == note


def test_every_changed_byte_is_noticed() -> None:
    """Whatever single bit is flipped in a note, it is malformed or not signed by the key."""
    data = NOTE.encode()
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            with pytest.raises((Malformed, NotSigned)):
                check_signature(Note.parse(bytes(changed)), LOG_KEY, verify)


def test_signatures_of_other_keys_are_ignored() -> None:
    """Lines by unknown keys, also by another key of the same name, do not matter (signed-note)."""
    stranger, stranger_sign = key(LOG, Kind.LOG, 9)
    note = NOTE.with_signature(sign(TEXT, stranger, stranger_sign))
    note = note.with_signature(Signature(LOG, b"\0\1\2\3", b"nonsense"))
    check_signature(note, LOG_KEY, verify)
    check_signature(note, stranger, verify)
    assert len(note.signatures) == 3


def test_a_note_without_the_keys_signature_is_refused() -> None:
    """The same name with another key is not the key that was given from outside."""
    substitute, substitute_sign = key(LOG, Kind.LOG, 9)
    forged = Note(TEXT, (sign(TEXT, substitute, substitute_sign),))
    with pytest.raises(NotSigned, match="没有"):
        check_signature(forged, LOG_KEY, verify)


def test_a_signature_moved_to_another_text_is_refused() -> None:
    """A signature holds for its own text only."""
    with pytest.raises(NotSigned, match="与内容不符"):
        check_signature(Note("别的\n", NOTE.signatures), LOG_KEY, verify)


@pytest.mark.parametrize("length", [0, 1, 63, 65])
def test_a_signature_of_another_length_is_refused(length: int) -> None:
    """A signature that is not 64 bytes long is not even shown to Ed25519."""
    made = NOTE.signatures[0].data.ljust(65, b"\0")[:length]
    with pytest.raises(NotSigned, match="与内容不符"):
        check_signature(Note(TEXT, (Signature(LOG, LOG_KEY.id, made),)), LOG_KEY, verify)


def test_two_signatures_of_one_key_are_refused() -> None:
    """A note that bears a known key's line twice is ambiguous, even if both are the same."""
    twice = Note.parse(Note(TEXT, NOTE.signatures * 2).encode())
    with pytest.raises(NotSigned, match="有 2 个"):
        check_signature(twice, LOG_KEY, verify)


def test_a_new_signature_takes_the_place_of_the_keys_old_one() -> None:
    """Signing again does not make a second line of the same key."""
    other = Signature(LOG, b"\0\1\2\3", b"kept")
    note = NOTE.with_signature(other).with_signature(NOTE.signatures[0])
    assert note.signatures == (other, NOTE.signatures[0])


def test_a_witness_key_does_not_sign_notes() -> None:
    """The key of a witness signs with a time; a plain signature of it is neither made nor read."""
    with pytest.raises(Malformed, match="不是日志的密钥"):
        sign(TEXT, WITNESS_KEY, witness_sign)
    with pytest.raises(Malformed, match="不是日志的密钥"):
        check_signature(NOTE, WITNESS_KEY, verify)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\n", "\r\n", "CRLF"),
        ("\n\n— ", "\n— ", "签名行"),
        ("\n\n— ", "\n\n\n\n", "签名行"),
        ("— ", "- ", "签名行"),
        ("— ", "—", "签名行"),
        ("— ", "—  ", "空白|不能为空"),
        (f"{LOG} ", f"{LOG}  ", "Base64"),
        (f"{LOG} ", f"{LOG}+x ", "加号"),
        (f"{LOG} ", f"{LOG}\u00a0x ", "空白"),
        (f"{LOG} ", f"{LOG}\t", "U\\+0009"),
        (f"{LOG} ", "", "签名行"),
        ("=\n", "\n", "Base64"),
        ("=\n", "= \n", "Base64"),
        ("=\n", "=", "换行结束"),
        ("=\n", "=\n\n", "换行结束"),
        ("=\n", "=\nP.S.\n", "签名行"),
        ("考核登记", "考核\x07", "U\\+0007"),
    ],
)
def test_what_is_not_written_as_a_note_is_refused(old: str, new: str, reason: str) -> None:
    """Every deviation from the one way to write a note is refused, with the reason."""
    text = NOTE.encode().decode()
    changed = text.replace(old, new)
    assert changed != text
    with pytest.raises(Malformed, match=reason):
        Note.parse(changed.encode())


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\n\n", b"a\n", b"a\n\n", b"\n\xe2\x80\x94 a AAAAAAA=\n"]
)
def test_a_note_needs_text_and_signature(data: bytes) -> None:
    """Nothing, text alone, and a signature alone are no notes."""
    with pytest.raises(Malformed, match="空行"):
        Note.parse(data)


def test_a_signature_line_holds_more_than_the_id() -> None:
    """Four bytes name a key, and sign nothing."""
    with pytest.raises(Malformed, match="太短"):
        Signature.parse("— a PFTQCw==")


def test_size_and_number_of_signatures_are_limited() -> None:
    """A note too large to be one is refused before it is taken apart; many signatures are fine."""
    line = f"{NOTE.signatures[0]}\n"
    crowd = f"text\n\n{line * MOST_SIGNATURES}"
    assert len(Note.parse(crowd.encode()).signatures) == MOST_SIGNATURES
    with pytest.raises(Malformed, match="最多 64 行"):
        Note.parse(f"{crowd}{line}".encode())
    with pytest.raises(Malformed, match="太长"):
        Note.parse(b"a" * LONGEST_NOTE + NOTE.encode())
