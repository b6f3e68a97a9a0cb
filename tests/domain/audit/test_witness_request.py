"""What a witness is asked, as a file (C2SP tlog-witness, add-checkpoint)."""

from __future__ import annotations

import pytest

from domain.audit.checkpoint import Checkpoint, SignedCheckpoint, check_extends
from domain.audit.notation import Malformed
from domain.audit.witness_request import WitnessRequest

from . import naive
from .signing import LOG, LOG_KEY, log_sign, verify

LEAVES = [naive.leaf(number) for number in range(11)]
SIGNED = SignedCheckpoint.make(Checkpoint(LOG, 11, naive.root(LEAVES)), LOG_KEY, log_sign)
REQUEST = WitnessRequest(10, tuple(naive.proof(10, LEAVES)), SIGNED)


@pytest.mark.parametrize("old", range(12))
def test_a_request_is_read_back_and_holds(old: int) -> None:
    """From every size that a witness may know, the request survives being a file."""
    hashes = tuple(naive.proof(old, LEAVES)) if old else ()
    request = WitnessRequest(old, hashes, SIGNED)
    read = WitnessRequest.parse(request.encode())
    assert read == request
    read.signed.check(LOG_KEY, verify)
    known = Checkpoint(LOG, old, naive.root(LEAVES[:old]))
    check_extends(known, read.signed.checkpoint, read.hashes)


def test_the_file_is_the_published_format() -> None:
    """The old size, the hashes, an empty line, and the checkpoint word for word."""
    first = WitnessRequest(0, (), SIGNED)
    assert first.encode() == b"old 0\n\n" + SIGNED.encode()
    lines = REQUEST.encode().decode().split("\n")
    assert lines[0] == "old 10"
    assert [len(line) for line in lines[1 : len(REQUEST.hashes) + 2]] == [44, 44, 44, 0]


def test_a_proof_is_at_most_63_hashes_long() -> None:
    """The protocol allows 63 lines of proof, and they are read."""
    longest = WitnessRequest(1, (LEAVES[0],) * 63, SIGNED)
    assert WitnessRequest.parse(longest.encode()) == longest


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("old 10", "old 010", "前导零"),
        ("old 10", "old  10", "前导零"),
        ("old 10", "size 10", "old 条数"),
        ("old 10", "old 12", "还大"),
        ("old 10\n", "", "old 条数"),
        ("old 10\n", "old 10\r\n", "CRLF"),
        ("old 10\n", "old 10\n\n", "三行|前导零|空行"),
        ("old 10\n", "old 10\nAAAA\n", "32 字节"),
        ("old 10\n", "old 10\n" + ("A" * 43 + "=\n") * 61, "最多 63 行"),
        ("\n\nlog", "\nlog", "空行"),
        ("\n11\n", "\n011\n", "前导零"),
    ],
)
def test_what_is_not_written_as_a_request_is_refused(old: str, new: str, reason: str) -> None:
    """Every deviation from the one way to write a request is refused, with the reason."""
    text = REQUEST.encode().decode()
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(Malformed, match=reason):
        WitnessRequest.parse(changed.encode())
