"""What a witness is asked, as a file, read by its program (C2SP tlog-witness, add-checkpoint)."""

from __future__ import annotations

import pytest

from domain.audit.checkpoint import Checkpoint, SignedCheckpoint
from domain.audit.witness_request import WitnessRequest
from infra.standalone.merkle import only_grew
from infra.standalone.proof_files import request_of
from infra.standalone.wording import Malformed

from . import naive
from .signing import LOG, LOG_KEY, log_sign

LEAVES = [naive.leaf(number) for number in range(11)]
SIGNED = SignedCheckpoint.make(Checkpoint(LOG, 11, naive.root(LEAVES)), LOG_KEY, log_sign)
REQUEST = WitnessRequest(10, tuple(naive.proof(10, LEAVES)), SIGNED)


@pytest.mark.parametrize("old", range(12))
def test_a_request_is_read_back_and_holds(old: int) -> None:
    """From every size that a witness may know, the request survives being a file."""
    hashes = tuple(naive.proof(old, LEAVES)) if old else ()
    request = WitnessRequest(old, hashes, SIGNED)
    read = request_of(request.encode())
    assert read == (old, hashes, SIGNED.encode())
    roots = naive.root(LEAVES[:old]), naive.root(LEAVES)
    assert only_grew(read.number, 11, read.hashes, *roots)


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
    assert request_of(longest.encode()).hashes == longest.hashes


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("old 10", "old 010", "前导零"),
        ("old 10", "old  10", "前导零"),
        ("old 10", "size 10", "old 数字"),
        ("old 10\n", "", "old 数字"),
        ("old 10\n", "old 10\r\n", "CRLF"),
        ("old 10\n", "old 10\nAAAA\n", "32 字节"),
        ("old 10\n", "old 10\n" + ("A" * 43 + "=\n") * 61, "多于 63 行"),
        ("\n\nlog", "\nlog", "Base64"),
    ],
)
def test_what_is_not_written_as_a_request_is_refused(old: str, new: str, reason: str) -> None:
    """Every deviation from the one way to write a request is refused, with the reason."""
    text = REQUEST.encode().decode()
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(Malformed) as refused:
        request_of(changed.encode())
    assert reason in refused.value.said.zh
