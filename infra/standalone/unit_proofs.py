"""In a bag for one unit each entry comes with the proof that it is in the log."""

from __future__ import annotations

from infra.standalone.bag_names import CHECKPOINT_FILE, PROOFS
from infra.standalone.bag_source import Bag, small_file
from infra.standalone.findings import Findings
from infra.standalone.inclusion import is_included
from infra.standalone.notes import Checkpoint
from infra.standalone.proof_files import LONGEST_PROOF_FILE, ProofFile, proof_file_of
from infra.standalone.wording import Malformed, Said

_PROOF_HEADER = "c2sp.org/tlog-proof@v1"


class UnitProofs:
    """The proofs of a bag, one looked up for each entry."""

    def __init__(self, bag: Bag, current: Checkpoint | None, findings: Findings) -> None:
        self._bag = bag
        self._current = current
        self._findings = findings
        self._unused = {name for name in bag.sizes if name.startswith(PROOFS)}

    def check(self, position: int, leaf: bytes) -> None:
        """Check that the entry at ``position`` with this leaf hash is in the log."""
        file = f"{PROOFS}{position}"
        if file not in self._bag.sizes:
            said = Said(f"第 {position} 条没有证明", f"entry {position} has no proof")
            self._findings.add("MISSING", file, said, position)
            return
        self._unused.discard(file)
        try:
            proof = entry_proof_of(small_file(self._bag, file, LONGEST_PROOF_FILE))
        except Malformed as error:
            self._findings.add("FORM", file, error.said, position)
            return
        current = self._current
        if current is None:
            return
        if proof.checkpoint != current.raw or proof.number != position - 1:
            said = Said(
                f"不是第 {position} 条到 {CHECKPOINT_FILE} 的证明",
                f"not a proof of entry {position} in {CHECKPOINT_FILE}",
            )
            self._findings.add("PROOF", file, said, position)
        elif not is_included(leaf, proof.number, current.size, proof.hashes, current.root):
            said = Said(
                f"第 {position} 条记录不在检查点的日志中：记录或证明被改动",
                f"entry {position} is not in the log of the checkpoint: altered, or its proof",
            )
            self._findings.add("PROOF", file, said, position)

    def check_none_left(self) -> None:
        """Note proofs that belong to no entry."""
        for name in sorted(self._unused):
            self._findings.add(
                "EXTRA", name, Said("没有与它对应的记录", "there is no entry for it")
            )


def entry_proof_of(data: bytes) -> ProofFile:
    """Return a proof of one entry; its number is the index of the leaf, from 0."""
    header = _PROOF_HEADER + "\n"
    if not data.startswith(header.encode("ascii")):
        raise Malformed(f"第一行应为 {_PROOF_HEADER}", f"the first line must be {_PROOF_HEADER}")
    return proof_file_of(data[len(header) :], "index ")
