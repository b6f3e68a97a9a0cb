"""A proof in one file (C2SP tlog-proof), read by the program that goes with a bundle."""

from __future__ import annotations

import pytest

from domain.audit.checkpoint import Checkpoint, SignedCheckpoint
from domain.audit.proof import EntryProof
from domain.audit.tree_checks import ProofRefused
from infra.standalone.inclusion import is_included
from infra.standalone.unit_proofs import entry_proof_of
from infra.standalone.wording import Malformed

from . import naive
from .signing import LOG, LOG_KEY, log_sign

LEAVES = [naive.leaf(number) for number in range(11)]
SIGNED = SignedCheckpoint.make(Checkpoint(LOG, 11, naive.root(LEAVES)), LOG_KEY, log_sign)
PROOF = EntryProof(10, tuple(naive.path(10, LEAVES)), SIGNED)


@pytest.mark.parametrize("index", range(11))
def test_a_proof_is_read_back_and_holds(index: int) -> None:
    """The proof of every entry survives being a file, and the program finds that it holds."""
    proof = EntryProof(index, tuple(naive.path(index, LEAVES)), SIGNED)
    read = entry_proof_of(proof.encode())
    assert read == (proof.index, proof.hashes, SIGNED.encode())
    assert is_included(LEAVES[index], read.number, 11, read.hashes, naive.root(LEAVES))
    proof.check(LEAVES[index])


def test_the_file_is_the_published_format() -> None:
    """A header, the index, the hashes, an empty line, and the checkpoint word for word."""
    lines = PROOF.encode().decode().split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 10"]
    assert [len(line) for line in lines[2:5]] == [44, 44, 0]
    assert PROOF.encode().endswith(b"\n\n" + SIGNED.encode())


def test_the_only_entry_needs_no_hashes() -> None:
    """In a tree of one entry the leaf is the root, and the file goes on with the checkpoint."""
    signed = SignedCheckpoint.make(Checkpoint(LOG, 1, LEAVES[0]), LOG_KEY, log_sign)
    proof = EntryProof(0, (), signed)
    assert entry_proof_of(proof.encode()) == (0, (), signed.encode())
    proof.check(LEAVES[0])


def test_the_way_is_at_most_63_hashes_long() -> None:
    """The largest tree has 63 levels; a proof of that length is read."""
    longest = EntryProof(0, (LEAVES[0],) * 63, SIGNED)
    assert entry_proof_of(longest.encode()).hashes == longest.hashes


def test_it_holds_for_its_entry_only() -> None:
    """Another entry, or another place, is refused."""
    with pytest.raises(ProofRefused):
        PROOF.check(LEAVES[9])
    with pytest.raises(ProofRefused):
        EntryProof(9, PROOF.hashes, SIGNED).check(LEAVES[10])
    with pytest.raises(ProofRefused):
        EntryProof(11, PROOF.hashes, SIGNED).check(LEAVES[10])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("@v1\n", "@v2\n", "第一行"),
        ("@v1\n", "@v1\r\n", "第一行"),
        ("@v1\n", "@v1\n\n", "index"),
        ("@v1\n", "@v1\nextra eA==\n", "index"),
        ("index 10\n", "index 10\r\n", "CRLF"),
        ("index 10\n", "", "index"),
        ("index 10", "index 010", "前导零"),
        ("index 10", "index -1", "前导零"),
        ("index 10", "Index 10", "index"),
        ("index 10\n", "index 10\nAAAA\n", "32 字节"),
        ("index 10\n", "index 10\n" + "A" * 43 + "\n", "Base64"),
        ("index 10\n", "index 10\n" + ("A" * 43 + "=\n") * 63, "多于 63 行"),
        ("\n\nlog", "\nlog", "Base64"),
    ],
)
def test_what_is_not_written_as_a_proof_is_refused(old: str, new: str, reason: str) -> None:
    """Every deviation from the one way to write a proof is refused, with the reason."""
    text = PROOF.encode().decode()
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(Malformed) as refused:
        entry_proof_of(changed.encode())
    assert reason in refused.value.said.zh
