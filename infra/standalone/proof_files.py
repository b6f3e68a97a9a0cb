"""Files that carry a proof and a checkpoint: witness requests and proofs of one entry.

C2SP tlog-witness (*add-checkpoint*) and tlog-proof.
"""

from __future__ import annotations

from typing import NamedTuple

from infra.standalone.notation import hash_of, number_of, text_of
from infra.standalone.notes import LONGEST_NOTE
from infra.standalone.wording import Malformed

LONGEST_PROOF_FILE = 2 * LONGEST_NOTE
_MOST_HASHES = 63


class ProofFile(NamedTuple):
    """The number on the first line (old size or index), the hashes, the checkpoint's bytes."""

    number: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes


def request_of(data: bytes) -> ProofFile:
    """Return a witness request: ``old <size>``, hashes, an empty line, the checkpoint."""
    return proof_file_of(data, "old ")


def proof_file_of(data: bytes, word: str) -> ProofFile:
    """Return a number behind ``word``, hashes one a line, an empty line, and a checkpoint."""
    text = text_of(data, LONGEST_PROOF_FILE)
    head, gap, rest = text.partition("\n\n")
    first, *hashes = head.split("\n")
    if not gap or not first.startswith(word):
        raise Malformed(
            f"应为“{word}数字”一行、散列值每行一个、一个空行、检查点",
            f'expected a line "{word}<number>", hashes one a line, an empty line, a checkpoint',
        )
    if len(hashes) > _MOST_HASHES:
        raise Malformed(f"证明多于 {_MOST_HASHES} 行", f"a proof of more than {_MOST_HASHES} lines")
    number = number_of(first[len(word) :])
    return ProofFile(number, tuple(map(hash_of, hashes)), rest.encode("utf-8"))
