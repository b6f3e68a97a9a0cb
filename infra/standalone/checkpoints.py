"""The checkpoints in a bag: read, held against the entries, and against one another."""

from __future__ import annotations

import re
from typing import NamedTuple

from infra.standalone.bag_names import CHECKPOINT_FILE, CHECKPOINTS, CONSISTENCY
from infra.standalone.bag_source import Bag, small_file
from infra.standalone.findings import EVENTS_FILE, Findings
from infra.standalone.merkle import only_grew
from infra.standalone.notes import LONGEST_NOTE, Checkpoint, checkpoint_of
from infra.standalone.proof_files import LONGEST_PROOF_FILE, request_of
from infra.standalone.wording import Malformed, Said

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoints(NamedTuple):
    """The checkpoint of the bag, if it can be read, and the earlier ones by file, by size."""

    current: Checkpoint | None
    earlier: dict[str, Checkpoint]

    def sizes(self) -> set[int]:
        """Return all sizes at which the root is stated."""
        stated = {checkpoint.size for checkpoint in self.earlier.values()}
        return stated | ({self.current.size} if self.current else set())


def read_checkpoints(bag: Bag, findings: Findings) -> Checkpoints:
    """Return the checkpoints in a bag; note those that are not in form, or of another log."""
    current = _checkpoint_in(bag, CHECKPOINT_FILE, findings)
    earlier = {}
    names = [name for name in bag.sizes if name.startswith(CHECKPOINTS)]
    sizes = [name[len(CHECKPOINTS) :] for name in names]
    for size in sorted(int(size) for size in sizes if _SIZE.fullmatch(size)):
        file = f"{CHECKPOINTS}{size}"
        found = _checkpoint_in(bag, file, findings)
        if found is None:
            continue
        if found.size != size:
            said = Said(f"内容说是 {found.size} 条", f"states size {found.size}")
            findings.add("FORM", file, said)
        elif current and found.origin != current.origin:
            findings.add(
                "ORIGIN", file, Said("是另一个日志的检查点", "a checkpoint of another log")
            )
        elif current and found.size >= current.size:
            said = Said(
                f"不早于 {CHECKPOINT_FILE} 的 {current.size} 条：包里的记录可能被截去尾部",
                f"not earlier than {CHECKPOINT_FILE} of {current.size}: the tail may be cut off",
            )
            findings.add("COUNT", file, said)
        else:
            earlier[file] = found
    return Checkpoints(current, earlier)


def _checkpoint_in(bag: Bag, file: str, findings: Findings) -> Checkpoint | None:
    if file not in bag.sizes:
        findings.add("MISSING", file, Said("包里没有这个文件", "the bag lacks this file"))
        return None
    try:
        return checkpoint_of(small_file(bag, file, LONGEST_NOTE))
    except Malformed as error:
        findings.add("FORM", file, error.said)
        return None


def check_count(checkpoint: Checkpoint, count: int, findings: Findings) -> None:
    """Note when a whole bag holds more or fewer entries than its checkpoint states."""
    if count == checkpoint.size:
        return
    place = min(count, checkpoint.size) + 1
    said = Said(
        f"检查点说有 {checkpoint.size} 条，包里有 {count} 条：尾部被截去，或有记录被删除、添加",
        f"the checkpoint states {checkpoint.size} entries, the bag holds {count}",
    )
    findings.add("COUNT", EVENTS_FILE, said, place)


def check_roots(checkpoints: Checkpoints, roots: dict[int, bytes], findings: Findings) -> list[int]:
    """Compare the roots of a whole bag's entries with those stated; return the sizes that fit."""
    stated = list(checkpoints.earlier.items())
    if checkpoints.current:
        stated.append((CHECKPOINT_FILE, checkpoints.current))
    fitting = [0]
    for file, checkpoint in stated:
        root = roots.get(checkpoint.size)
        if root == checkpoint.root:
            fitting.append(checkpoint.size)
        elif root is not None:
            first, last = fitting[-1] + 1, checkpoint.size
            said = Said(
                f"记录算不出 {last} 条处的树根；改动在第 {first} 至第 {last} 条之间",
                f"the entries do not give the root at {last}; altered within {first} to {last}",
            )
            findings.add("ROOT", file, said, first, last)
    return fitting


def check_consistency_files(bag: Bag, checkpoints: Checkpoints, findings: Findings) -> None:
    """Check for each earlier checkpoint the proof that the log only grew since."""
    current = checkpoints.current
    if current is None:
        return
    for checkpoint in checkpoints.earlier.values():
        proof = f"{CONSISTENCY}{checkpoint.size}"
        hashes = consistency_in(bag, proof, current, findings)
        if hashes is not None and not only_grew(
            checkpoint.size, current.size, hashes, checkpoint.root, current.root
        ):
            said = Said(
                f"不能证明日志从 {checkpoint.size} 条只增不改到 {current.size} 条",
                f"does not show that the log only grew from {checkpoint.size} to {current.size}",
            )
            findings.add("PROOF", proof, said)
    wanted = {f"{CONSISTENCY}{checkpoint.size}" for checkpoint in checkpoints.earlier.values()}
    for name in sorted(bag.sizes):
        if name.startswith(CONSISTENCY) and name not in wanted:
            said = Said("没有与它对应的检查点", "there is no earlier checkpoint for it")
            findings.add("EXTRA", name, said)


def consistency_in(
    bag: Bag, file: str, current: Checkpoint, findings: Findings
) -> tuple[bytes, ...] | None:
    """Return the hashes of a consistency proof, when it is one for this checkpoint."""
    if file not in bag.sizes:
        findings.add("MISSING", file, Said("包里没有这个证明", "the bag lacks this proof"))
        return None
    try:
        request = request_of(small_file(bag, file, LONGEST_PROOF_FILE))
    except Malformed as error:
        findings.add("FORM", file, error.said)
        return None
    if f"{CONSISTENCY}{request.number}" != file or request.checkpoint != current.raw:
        said = Said(f"不是到 {CHECKPOINT_FILE} 的证明", f"not a proof up to {CHECKPOINT_FILE}")
        findings.add("PROOF", file, said)
        return None
    return request.hashes
