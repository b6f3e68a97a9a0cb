"""Cosignatures of witnesses, with the time that they cover (C2SP tlog-cosignature)."""

from __future__ import annotations

import pytest

from domain.audit.cosignature import check_cosignature, signed_message
from domain.audit.keys import Kind
from domain.audit.notation import Malformed
from domain.audit.note import Note, NotSigned, Signature

from .signing import LOG_KEY, WITNESS, WITNESS_KEY, cosign, key, verify, witness_sign
from .test_note import PUBLISHED

NOTE = Note.parse(PUBLISHED.encode())
TIME = 1767225600


def test_a_cosignature_of_others() -> None:
    """One of an independent implementation is valid; what our tests sign is the same bytes."""
    assert check_cosignature(NOTE, WITNESS_KEY, verify) == TIME
    assert cosign(NOTE.text, TIME, WITNESS_KEY, witness_sign) == NOTE.signatures[1]


def test_what_a_witness_signs() -> None:
    """It signs two lines of its own and then the checkpoint's text, nothing else."""
    assert signed_message("a\n7\nroot\n", 5) == b"cosignature/v1\ntime 5\na\n7\nroot\n"


def test_the_time_is_covered() -> None:
    """A cosignature under another time is refused."""
    signature = NOTE.signatures[1]
    later = Signature(signature.name, signature.id, (TIME + 1).to_bytes(8) + signature.data[8:])
    with pytest.raises(NotSigned, match="与内容不符"):
        check_cosignature(NOTE.with_signature(later), WITNESS_KEY, verify)


def test_the_checkpoint_is_covered() -> None:
    """A cosignature under another checkpoint is refused."""
    forked = Note(NOTE.text.replace("11", "12"), NOTE.signatures)
    with pytest.raises(NotSigned, match="与内容不符"):
        check_cosignature(forked, WITNESS_KEY, verify)


def test_a_plain_signature_of_the_same_key_is_none() -> None:
    """What a key signed without the header and the time is not taken for a cosignature."""
    plain = Signature(WITNESS, WITNESS_KEY.id, bytes(7) + b"\1" + witness_sign(NOTE.text.encode()))
    with pytest.raises(NotSigned, match="与内容不符"):
        check_cosignature(NOTE.with_signature(plain), WITNESS_KEY, verify)


@pytest.mark.parametrize("length", [1, 64, 71, 73])
def test_a_cosignature_has_72_bytes(length: int) -> None:
    """Eight bytes of time and sixty-four of signature, no more and no less."""
    cut = Signature(WITNESS, WITNESS_KEY.id, NOTE.signatures[1].data.ljust(73, b"\0")[:length])
    with pytest.raises(NotSigned, match="长度"):
        check_cosignature(NOTE.with_signature(cut), WITNESS_KEY, verify)


@pytest.mark.parametrize("time", [1, TIME, 2**63 - 1])
def test_any_time_can_be_signed(time: int) -> None:
    """Whatever second since 1970 a witness signs at, the check returns it."""
    note = NOTE.with_signature(cosign(NOTE.text, time, WITNESS_KEY, witness_sign))
    assert check_cosignature(note, WITNESS_KEY, verify) == time


@pytest.mark.parametrize("time", [0, 2**63])
def test_a_time_that_is_none_is_not_accepted(time: int) -> None:
    """A valid signature over no time, or over one out of range, is refused all the same."""
    made = time.to_bytes(8) + witness_sign(signed_message(NOTE.text, time))
    note = NOTE.with_signature(Signature(WITNESS, WITNESS_KEY.id, made))
    with pytest.raises(NotSigned, match="时间"):
        check_cosignature(note, WITNESS_KEY, verify)


def test_a_missing_cosignature_is_named() -> None:
    """A witness that did not sign is not taken for one that did."""
    absent, _ = key(WITNESS, Kind.WITNESS, 9)
    with pytest.raises(NotSigned, match=f"没有 {WITNESS}"):
        check_cosignature(NOTE, absent, verify)


def test_a_log_key_does_not_witness() -> None:
    """The log's own key cannot stand in for a witness."""
    with pytest.raises(Malformed, match="不是见证人的密钥"):
        check_cosignature(NOTE, LOG_KEY, verify)
