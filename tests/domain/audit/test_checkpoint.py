"""Checkpoints: three lines, signed by the log that they are about."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.checkpoint import Checkpoint, SignedCheckpoint, check_extends
from domain.audit.keys import Kind, VerifierKey
from domain.audit.notation import Malformed
from domain.audit.note import NotSigned
from domain.audit.tree import EMPTY_ROOT, leaf_hash, root_of
from domain.audit.tree_checks import ProofRefused

from . import naive
from .signing import LOG, LOG_KEY, WITNESS_KEY, key, log_sign, verify
from .test_note import PUBLISHED

LEAVES = [naive.leaf(number) for number in range(20)]
ROOT = b64encode(bytes(32)).decode()
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9)
CHECKPOINTS = st.builds(
    Checkpoint,
    LINES,
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(LINES, max_size=3).map(tuple),
)


def at(size: int, *, origin: str = LOG) -> Checkpoint:
    """Return the checkpoint of the first made-up leaves."""
    return Checkpoint(origin, size, naive.root(LEAVES[:size]))


def test_a_checkpoint_of_others() -> None:
    """A checkpoint signed by an independent implementation is read, checked and made again."""
    signed = SignedCheckpoint.parse(PUBLISHED.encode())
    signed.check(LOG_KEY, verify)
    root = root_of([leaf_hash(b"entry %d" % number) for number in range(11)])
    assert signed.checkpoint == Checkpoint(LOG, 11, root)
    made = SignedCheckpoint.make(signed.checkpoint, LOG_KEY, log_sign)
    assert made.with_signature(signed.note.signatures[1]) == signed
    assert signed.encode() == PUBLISHED.encode()


@given(CHECKPOINTS)
def test_checkpoints_are_read_back(checkpoint: Checkpoint) -> None:
    """Any checkpoint, with or without further lines, is read from its text as it was."""
    assert Checkpoint.parse(checkpoint.text) == checkpoint


def test_the_largest_log() -> None:
    """A log may grow to 2⁶³ − 1 entries."""
    largest = Checkpoint(LOG, 2**63 - 1, bytes(32))
    assert Checkpoint.parse(largest.text) == largest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"a\n07\n{ROOT}\n", "前导零"),
        (f"a\n+7\n{ROOT}\n", "前导零"),
        (f"a\n7 \n{ROOT}\n", "前导零"),
        (f"a\n\uff19\n{ROOT}\n", "前导零"),
        (f"a\n{2**63}\n{ROOT}\n", "前导零"),
        (f"a\n0\n{ROOT}\n", "空树的根"),
        (f"a\n7\n{ROOT}", "三行"),
        ("a\n7\n", "三行"),
        ("", "三行"),
        (f"\n7\n{ROOT}\n", "空行"),
        (f"a\n7\n{ROOT}\n\n", "空行"),
        (f"a\n7\n{ROOT}\n\nx\n", "空行"),
        ("a\n7\nAAAA\n", "32 字节"),
        (f"a\n7\n{ROOT[:-1]}\n", "Base64"),
        (f"a\n7\n{ROOT[:-2]}B=\n", "Base64"),
        (f"a\n7\n {ROOT}\n", "Base64"),
    ],
)
def test_what_is_not_written_as_a_checkpoint_is_refused(text: str, reason: str) -> None:
    """A size with a leading zero, another root, an empty line: each is refused, with the reason."""
    Checkpoint.parse(f"a\n7\n{ROOT}\n")
    with pytest.raises(Malformed, match=reason):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "fields",
    [
        ("", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 2**63, bytes(32)),
        ("a", 1, bytes(31)), ("a", 1, bytes(32), ("",)), ("a", 1, bytes(32), ("x\ny",)),
    ],
)  # fmt: skip
def test_what_a_checkpoint_cannot_state_is_not_made(fields: tuple[str, int, bytes]) -> None:
    """No checkpoint is made that could not be read back."""
    with pytest.raises(Malformed):
        Checkpoint(*fields)


def test_the_empty_log_has_a_checkpoint() -> None:
    """A log without entries states size 0 and the root of the empty tree."""
    empty = Checkpoint(LOG, 0, EMPTY_ROOT)
    assert Checkpoint.parse(empty.text) == empty
    assert "\n0\n" in empty.text


def test_the_key_must_be_the_logs_own() -> None:
    """A valid signature by another log's key, or under another kind of key, does not count."""
    other, other_sign = key("other.example/log", Kind.LOG, 7)
    signed = SignedCheckpoint.make(at(5), other, other_sign)
    with pytest.raises(NotSigned, match=r"公钥却是 other\.example/log 的"):
        signed.check(other, verify)
    ours = SignedCheckpoint.make(at(5), LOG_KEY, log_sign)
    ours.check(LOG_KEY, verify)
    for wrong in (WITNESS_KEY, VerifierKey(LOG, Kind.WITNESS, LOG_KEY.public)):
        with pytest.raises(NotSigned, match="检查点属于日志"):
            ours.check(wrong, verify)


def test_another_logs_checkpoint_is_not_ours() -> None:
    """Our key's signature on a checkpoint of another origin is not a checkpoint of that log."""
    signed = SignedCheckpoint.make(at(5, origin="other.example/log"), LOG_KEY, log_sign)
    with pytest.raises(NotSigned, match=r"检查点属于日志 other\.example/log"):
        signed.check(LOG_KEY, verify)


@pytest.mark.parametrize("old", range(1, 20))
def test_a_log_that_grew_extends_its_checkpoint(old: int) -> None:
    """A later checkpoint is accepted with the proof, and refused without it or the other way."""
    proof = naive.proof(old, LEAVES)
    check_extends(at(old), at(20), proof)
    with pytest.raises(ProofRefused):
        check_extends(at(20), at(old), proof)
    with pytest.raises(ProofRefused):
        check_extends(at(old), at(20), [])
    with pytest.raises(ProofRefused):
        check_extends(at(old), Checkpoint(LOG, 20, naive.leaf(-1)), proof)


def test_a_log_that_did_not_grow() -> None:
    """An equal checkpoint extends itself; one of the same size and another root never does."""
    check_extends(at(20), at(20), [])
    with pytest.raises(ProofRefused, match="根却不同"):
        check_extends(at(20), Checkpoint(LOG, 20, naive.leaf(-1)), [])


def test_every_log_extends_the_empty_one() -> None:
    """From size 0 no proof is needed, and none is accepted (tlog-witness)."""
    empty = Checkpoint(LOG, 0, EMPTY_ROOT)
    check_extends(empty, at(20), [])
    check_extends(empty, empty, [])
    with pytest.raises(ProofRefused, match="不应有证明"):
        check_extends(empty, at(20), [LEAVES[0]])


def test_another_log_extends_nothing() -> None:
    """Checkpoints of two logs are never compared, whatever their trees are."""
    for old in (at(20), Checkpoint(LOG, 0, EMPTY_ROOT)):
        with pytest.raises(ProofRefused, match="不是同一个日志"):
            check_extends(old, at(20, origin="other.example/log"), [])
