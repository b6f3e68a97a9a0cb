"""Verifier keys as others are given them (C2SP signed-note)."""

from __future__ import annotations

from hashlib import sha256

import pytest

from domain.audit.keys import Kind, VerifierKey
from domain.audit.notation import Malformed, write_base64

from .signing import LOG_KEY, WITNESS_KEY

# Made with aics-tlog, an independent implementation, from keys of one repeated byte.
LOG_VKEY = "log.example/kaohe+3c54d00b+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
WITNESS_VKEY = "witness.example/archive+86139128+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"


def test_keys_are_written_as_others_write_them() -> None:
    """An independent implementation gives the same texts for a log's key and a witness's."""
    assert str(LOG_KEY) == LOG_VKEY
    assert str(WITNESS_KEY) == WITNESS_VKEY
    assert VerifierKey.parse(LOG_VKEY) == LOG_KEY
    assert VerifierKey.parse(WITNESS_VKEY) == WITNESS_KEY


def test_the_id_covers_name_kind_and_key() -> None:
    """The id is the start of a hash over all three, so the same bytes in another role differ."""
    whole = LOG_KEY.name.encode() + b"\n\x01" + LOG_KEY.public
    assert LOG_KEY.digest == sha256(whole).digest()
    assert LOG_KEY.id == LOG_KEY.digest[:4]
    others = (
        VerifierKey(LOG_KEY.name, Kind.WITNESS, LOG_KEY.public),
        VerifierKey("log.example/other", Kind.LOG, LOG_KEY.public),
        VerifierKey(LOG_KEY.name, Kind.LOG, WITNESS_KEY.public),
    )
    assert len({LOG_KEY.id, *(key.id for key in others)}) == 4


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("+3c54d00b", "", "名称\\+8 位"),
        ("+3c54d00b", "+3C54D00B", "名称\\+8 位"),
        ("+3c54d00b", "+3c54d00", "名称\\+8 位"),
        ("+3c54d00b", "+3c54d00c", "应为 3c54d00b"),
        ("log.example/kaohe", "log.example/kaohee", "名称或公钥被改动"),
        ("log.example/kaohe", "", "不能为空"),
        ("log.example/kaohe", "log example", "空白"),
        ("log.example/kaohe", "log\u3000example", "空白"),
        ("log.example/kaohe", "log\x01", "空白"),
        ("D29c", "D29d", "Base64|被改动"),
        ("D29c", "D2", "公钥应为|Base64"),
        ("D29c", "D29c=", "Base64"),
        ("D29c", "D29c\n", "Base64"),
        ("+AY", "+ AY", "Base64"),
        ("+AY", "+AA", "0x00|0x02|不受支持"),
        ("+AYqI", "+BoqI", "0x06"),
        (LOG_VKEY, "", "名称\\+8 位"),
        (LOG_VKEY, "a+3c54d00b+", "0x"),
    ],
)
def test_a_key_that_was_damaged_is_refused(old: str, new: str, reason: str) -> None:
    """Any part that is missing, changed or written otherwise is noticed, with the reason."""
    changed = LOG_VKEY.replace(old, new)
    assert changed != LOG_VKEY
    with pytest.raises(Malformed, match=reason):
        VerifierKey.parse(changed)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_has_32_bytes(length: int) -> None:
    """Ed25519 public keys of another length are none."""
    with pytest.raises(Malformed, match=f"这里有 {length} 字节"):
        VerifierKey("log.example/kaohe", Kind.LOG, bytes(length))


def test_a_base64_key_may_hold_plus_signs() -> None:
    """Only the first two plus signs part a key; those of Base 64 belong to it."""
    key = VerifierKey("log.example/plus", Kind.LOG, b"\xfb" * 32)
    assert "+" in write_base64(b"\x01" + key.public)
    assert VerifierKey.parse(str(key)) == key
