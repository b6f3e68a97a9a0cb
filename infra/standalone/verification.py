"""All checks of a bag, in one order, and what follows from them."""

from __future__ import annotations

from typing import Any, NamedTuple

from infra.standalone.bag_names import CHECKPOINT_FILE, UNIT, WHOLE
from infra.standalone.bag_source import Bag
from infra.standalone.checkpoint_trust import (
    Signing,
    check_log_is_known,
    check_quorum,
    check_signatures,
    check_times,
)
from infra.standalone.checkpoints import (
    Checkpoints,
    check_consistency_files,
    check_count,
    check_roots,
    read_checkpoints,
)
from infra.standalone.claim_ties import ClaimTies
from infra.standalone.claims import check_claims
from infra.standalone.entry_form import LONGEST_LINE
from infra.standalone.entry_walk import EntryWalk, Wanted
from infra.standalone.export_statement import check_export, kind_of, read_export
from infra.standalone.findings import EVENTS_FILE, Findings
from infra.standalone.fixity import check_fixity
from infra.standalone.leaf_list import LEAVES_FILE, LeafList
from infra.standalone.notes import Checkpoint
from infra.standalone.objects import check_objects
from infra.standalone.pin import EQUAL, NOT_SHOWN, PinCheck
from infra.standalone.signatures import VALID
from infra.standalone.trust import Trust
from infra.standalone.unit_proofs import UnitProofs
from infra.standalone.wording import Said, Unusable, why

VERIFIED, TAMPERED, UNUSABLE, ONLY_CONSISTENT = 0, 1, 2, 3


class Verification(NamedTuple):
    """What was found: the exit code, all findings, and what the report tells besides.

    ``strangers`` counts the files that belong to no bag; ``backed`` tells whether trust from
    outside covers all entries.
    """

    exit_code: int
    findings: Findings
    checkpoint: Checkpoint | None
    earlier: int
    walk: EntryWalk
    export: dict[str, Any] | None
    signings: list[Signing]
    seen_until: list[tuple[Signing, int]]
    pin: str | None
    quorum: bool | None
    claims: ClaimTies
    strangers: int
    backed: bool
    pin_size: int | None


def verify_bag(bag: Bag, trust: Trust) -> Verification:
    """Check a bag against itself and against what is trusted. Raises ``Unusable``."""
    odd = {name for name, _ in bag.oddities}
    if EVENTS_FILE not in bag.sizes and odd.isdisjoint((EVENTS_FILE, EVENTS_FILE.split("/")[0])):
        raise Unusable(
            f"没有 {EVENTS_FILE}，这不是一个审计包", f"no {EVENTS_FILE}: not an audit bundle"
        )
    findings = Findings()
    export = read_export(bag, findings)
    kind = kind_of(bag, export)
    checkpoints = read_checkpoints(bag, findings)
    walk = _walk(bag, kind, checkpoints, trust, findings)
    if export is not None:
        check_export(export, checkpoints.current, walk.count, findings)
    check_consistency_files(bag, checkpoints, findings)
    signings, seen = _signatures(checkpoints, walk, trust, findings)
    pin = PinCheck(trust, findings)
    met = None
    current = checkpoints.current
    if current is not None:
        fitting = _entries_against_checkpoints(kind, checkpoints, walk, findings)
        if kind == WHOLE:
            pin.whole(current, walk.roots, fitting)
        else:
            pin.unit(current, bag)
        met = check_quorum(signings, CHECKPOINT_FILE, trust, findings) if trust.policy else None
    claims = ClaimTies(walk.publications, kind, findings)
    check_claims(bag, claims, findings)
    check_objects(bag, findings)
    strangers = check_fixity(bag, kind, findings)
    signed = any(signing.state == VALID for signing in signings)
    backed = (signed or pin.state == EQUAL) and pin.state != NOT_SHOWN
    code = TAMPERED if len(findings) else VERIFIED if backed else ONLY_CONSISTENT
    return Verification(
        code, findings, current, len(checkpoints.earlier), walk, export, signings, seen,
        pin.state, met, claims, strangers, backed, trust.pin.size if trust.pin else None,
    )  # fmt: skip


def is_converted(bag: Bag) -> bool:
    """Tell whether some program made CR LF of the line ends, so that nothing in the bag fits."""
    if EVENTS_FILE not in bag.sizes:
        return False
    try:
        with bag.open(EVENTS_FILE) as stream:
            return stream.readline(LONGEST_LINE).endswith(b"\r\n")
    except OSError:
        return False  # noted where the entries are read


def _walk(
    bag: Bag, kind: str, checkpoints: Checkpoints, trust: Trust, findings: Findings
) -> EntryWalk:
    sizes = checkpoints.sizes() | ({trust.pin.size} if trust.pin else set())
    origin = checkpoints.current.origin if checkpoints.current else None
    proofs = UnitProofs(bag, checkpoints.current, findings) if kind == UNIT else None
    leaves = _leaves(bag, findings) if kind == WHOLE else None
    wanted = Wanted(origin, kind == WHOLE, sorted(sizes), leaves, proofs.check if proofs else None)
    walk = EntryWalk(wanted, findings)
    try:
        _read_entries(bag, walk, findings)
    finally:
        if leaves is not None:
            leaves.close()
    if proofs:
        proofs.check_none_left()
    if leaves is not None and leaves.count != walk.count and not walk.stopped:
        said = Said(
            f"列有 {leaves.count} 个散列值，记录有 {walk.count} 条",
            f"lists {leaves.count} hashes for {walk.count} entries",
        )
        findings.add("COUNT", LEAVES_FILE, said, min(leaves.count, walk.count) + 1)
    return walk


def _read_entries(bag: Bag, walk: EntryWalk, findings: Findings) -> None:
    if EVENTS_FILE not in bag.sizes:
        return  # something that is no plain file; noted with the bag's files
    try:
        with bag.open(EVENTS_FILE) as stream:
            walk.read(stream)
    except OSError as error:
        raise Unusable(
            f"{EVENTS_FILE} 读不出来：{why(error)}", f"cannot read {EVENTS_FILE}: {why(error)}"
        ) from None
    if walk.count == 0 and not walk.stopped:
        findings.add("EMPTY", EVENTS_FILE, Said("没有任何记录", "there are no entries"))


def _leaves(bag: Bag, findings: Findings) -> LeafList | None:
    if LEAVES_FILE not in bag.sizes:
        findings.add("MISSING", LEAVES_FILE, Said("包里没有这个文件", "the bag lacks this file"))
        return None
    try:
        return LeafList(bag.open(LEAVES_FILE), bag.sizes[LEAVES_FILE], findings)
    except OSError:
        return None  # noted with the bag's files


def _signatures(
    checkpoints: Checkpoints, walk: EntryWalk, trust: Trust, findings: Findings
) -> tuple[list[Signing], list[tuple[Signing, int]]]:
    """Return who signed the bag's checkpoint, and up to what size witnesses saw earlier ones."""
    current = checkpoints.current
    if current is None:
        return [], []
    check_log_is_known(current, CHECKPOINT_FILE, trust, findings)
    seen: dict[str, tuple[Signing, int]] = {}
    for file, checkpoint in checkpoints.earlier.items():
        found = check_signatures(checkpoint, file, trust, findings)
        check_times(found, file, walk.moments.get(checkpoint.size), findings)
        for signing in found:
            if signing.state == VALID and not signing.key.is_log:
                seen[signing.key.written()] = signing, checkpoint.size
    signings = check_signatures(current, CHECKPOINT_FILE, trust, findings)
    check_times(signings, CHECKPOINT_FILE, walk.moments.get(current.size), findings)
    return signings, list(seen.values())


def _entries_against_checkpoints(
    kind: str, checkpoints: Checkpoints, walk: EntryWalk, findings: Findings
) -> list[int]:
    """Return the sizes at which a whole bag's entries give the root that is stated."""
    if kind == UNIT or walk.stopped or checkpoints.current is None:
        return [0]
    check_count(checkpoints.current, walk.count, findings)
    return check_roots(checkpoints, walk.roots, findings)
