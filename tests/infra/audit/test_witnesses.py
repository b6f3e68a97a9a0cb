"""Witnesses by file: what they are asked, and what of their answers is kept.

The witness is written here from the C2SP formats with the cryptography package, and uses none of
the product's code.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.audit.keys import VerifierKey
from domain.audit.tree_checks import check_consistency
from domain.errors import IntegrityBroken, NotKnown, Refused
from infra.audit.checkpoints import Cosigned
from infra.audit.witnesses import file_answer, last_seen, request_to
from tests.forging import unguarded
from tests.infra.audit.desk import ORIGIN, Desk

NAME = "archive.example/w1"
SEEN = 1_700_000_000


class Witness:
    """Somebody who keeps the last checkpoint that they signed."""

    def __init__(self, name: str = NAME, kind: int = 4) -> None:
        self.name = name
        self._private = Ed25519PrivateKey.generate()
        public = bytes([kind]) + self._private.public_key().public_bytes_raw()
        self._id = sha256(name.encode() + b"\n" + public).digest()[:4]
        self.key_text = f"{name}+{self._id.hex()}+{b64encode(public).decode()}"
        self.seen: tuple[int, bytes] = (0, b"")

    @property
    def key(self) -> VerifierKey:
        """The key as the office is given it."""
        return VerifierKey.parse(self.key_text)

    def answer(self, request: bytes, time: int = SEEN) -> bytes:
        """Check a request against what was seen before, and return the answer."""
        head, _, note = request.decode().partition("\n\n")
        old, *proof = head.split("\n")
        text = note.partition("\n\n")[0] + "\n"
        origin, size, root = text.split("\n")[:3]
        assert origin == ORIGIN
        assert old == f"old {self.seen[0]}"
        now = int(size), b64decode(root)
        if self.seen[0]:
            hashes = [b64decode(line) for line in proof]
            check_consistency(self.seen[0], now[0], hashes, self.seen[1], now[1])
        else:
            assert not proof
        self.seen = now
        return self.signed(text, time)

    def signed(self, text: str, time: int = SEEN) -> bytes:
        """Return a signature line on any text."""
        signature = self._private.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
        line = b64encode(self._id + time.to_bytes(8, "big") + signature).decode()
        return f"— {self.name} {line}\n".encode()


def asked(desk: Desk, name: str = NAME) -> bytes:
    """Return the request that the office writes to a witness now."""
    old = last_seen(desk.checkpoints, name)
    return request_to(desk.engine, old, desk.signer.sign()).encode()


def test_a_witness_sees_the_log_grow(desk: Desk) -> None:
    """The first request proves nothing, each later one that the log only grew since the last."""
    witness = Witness()
    for count, size in ((3, 3), (300, 303), (1, 304), (212, 516)):
        desk.record(count)
        key = witness.key if size == 3 else None
        answer = witness.answer(asked(desk), SEEN + size)
        seen = file_answer(desk.checkpoints, answer, key)
        assert [each[:3] for each in map(tuple_of, seen)] == [(size, NAME, SEEN + size)]
        kept = desk.checkpoints.at(size)
        assert kept is not None
        assert kept.encode().endswith(answer)
        assert last_seen(desk.checkpoints, NAME) == size
    assert [seen.size for seen in desk.checkpoints.cosigned()] == [3, 303, 304, 516]
    assert desk.checkpoints.witnesses() == {NAME: witness.key}


def tuple_of(seen: Cosigned) -> tuple[int, str, int]:
    """Return what was seen without the line."""
    return seen.size, seen.witness, seen.time


def test_a_log_that_did_not_grow_is_seen_again(lite: Desk) -> None:
    """A request between equal sizes has no proof; an answer filed twice is kept once."""
    witness = Witness()
    lite.record(5)
    first = witness.answer(asked(lite))
    assert file_answer(lite.checkpoints, first, witness.key)
    again = witness.answer(asked(lite), SEEN + 9)
    for answer in (again, first):
        file_answer(lite.checkpoints, answer, None)
    assert [tuple_of(seen) for seen in lite.checkpoints.cosigned()] == [(5, NAME, SEEN)]


def test_two_witnesses_in_one_file(lite: Desk) -> None:
    """Answers put together, with line feeds of Windows, are all kept, in order of name."""
    one, two = Witness("a.example"), Witness("b.example")
    lite.record(5)
    file_answer(lite.checkpoints, one.answer(asked(lite)), one.key)
    both = two.answer(asked(lite, two.name)) + one.signed(lite.signer.sign().checkpoint.text)
    seen = file_answer(lite.checkpoints, both.replace(b"\n", b"\r\n"), two.key)
    assert sorted(each.witness for each in seen) == ["a.example", "b.example"]
    assert lite.signer.sign().encode().count("— ".encode()) == 3


def test_an_answer_for_an_earlier_checkpoint_is_filed_there(lite: Desk) -> None:
    """An answer that comes when the log has gone on belongs to the size that was seen."""
    witness = Witness()
    lite.record(5)
    answer = witness.answer(asked(lite))
    lite.record(5)
    lite.signer.sign()
    assert [seen.size for seen in file_answer(lite.checkpoints, answer, witness.key)] == [5]


def refused(desk: Desk, answer: bytes, key: VerifierKey | None, words: str) -> None:
    """Check that an answer is refused in these words, and that nothing of it is kept."""
    before = desk.checkpoints.cosigned(), desk.checkpoints.witnesses()
    with pytest.raises(Refused, match=words):
        file_answer(desk.checkpoints, answer, key)
    assert (desk.checkpoints.cosigned(), desk.checkpoints.witnesses()) == before


def test_what_is_no_answer_of_this_log_is_refused(lite: Desk) -> None:
    """Answers to another log, altered ones and other files are told apart, and none is kept."""
    witness = Witness()
    lite.record(5)
    answer = witness.answer(asked(lite))
    text = lite.signer.sign().checkpoint.text
    none = "与这本登记簿的任何检查点都不符"
    refused(lite, witness.signed(text.replace(ORIGIN, "other.example")), witness.key, none)
    refused(lite, witness.signed(text.replace("\n5\n", "\n6\n")), witness.key, none)
    line = bytearray(b64decode(answer.split()[-1]))
    for at in (4, 11, 12, 75):  # the time, and the signature
        line[at] ^= 1
        damaged = f"— {NAME} {b64encode(bytes(line)).decode()}\n".encode()
        refused(lite, damaged, witness.key, none)
        line[at] ^= 1
    refused(lite, answer.replace(b" ", b"  "), witness.key, "不是见证人的答复|没有见证签名")
    refused(lite, b"\xff" + answer, witness.key, "不是见证人的答复")
    for empty in (b"", b"text\n", asked(lite).partition(b"\n\n")[0]):
        refused(lite, empty, witness.key, "没有见证签名")
    log_only = lite.signer.sign().encode()
    refused(lite, log_only, witness.key, f"还不认识见证人 {ORIGIN}")


def test_whose_key_is_not_known_is_not_believed(lite: Desk) -> None:
    """The first answer needs the key; another key under a known name is refused."""
    witness, double = Witness(), Witness()
    lite.record(5)
    answer = witness.answer(asked(lite))
    with pytest.raises(NotKnown, match="--key"):
        file_answer(lite.checkpoints, answer, None)
    refused(lite, answer, Witness("other.example").key, "还不认识")
    refused(lite, answer, double.key, "任何检查点都不符")
    file_answer(lite.checkpoints, answer, witness.key)
    text = lite.signer.sign().checkpoint.text
    refused(lite, double.signed(text), double.key, "已登记了另一把公钥")
    refused(lite, double.signed(text), None, "任何检查点都不符")
    refused(lite, answer, lite.folder.key(), "不是见证人的公钥")
    refused(lite, answer, Witness(ORIGIN).key, "不能与日志同名")


def test_a_request_from_more_than_there_is_refused(lite: Desk) -> None:
    """A witness that claims to have seen more than was signed is not asked."""
    lite.record(5)
    with pytest.raises(Refused, match="上次签到 6 条，检查点只有 5 条"):
        request_to(lite.engine, 6, lite.signer.sign())


def test_a_tree_with_a_gap_proves_nothing(lite: Desk) -> None:
    """Where leaves are gone the request is not made; the message says what to do."""
    lite.record(20)
    signed = lite.signer.sign()
    with unguarded(lite.database) as connection:
        connection.exec_driver_sql("DELETE FROM event WHERE position = 3")
    with pytest.raises(IntegrityBroken, match="不全"):
        request_to(lite.engine, 7, signed)
