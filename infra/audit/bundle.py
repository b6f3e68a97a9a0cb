"""The audit bundle: the log, or one unit's part of it, with all that is needed to check it.

``docs/reference/audit-formats.md`` says what each file holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from domain.audit.entry import entry_writer
from domain.audit.jcs import canonical
from domain.audit.proof import EntryProof
from domain.audit.tiles import TreeIncomplete
from domain.audit.tree import Edge, leaf_hash
from domain.audit.tree_checks import ProofRefused
from domain.audit.tree_proofs import inclusion_proof
from domain.audit.witness_request import WitnessRequest
from domain.errors import IntegrityBroken
from domain.events.codec import decode
from domain.events.proofs import evidence_in
from domain.rulebook.naming import rulebook_named
from infra.audit.readme import readmes
from infra.audit.witnesses import proof_between
from infra.standalone.assemble import assembled
from infra.store.rows import BROKEN_FIX
from infra.store.transactions import reading
from infra.store.tree import tree_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from domain.audit.checkpoint import SignedCheckpoint
    from domain.log import Row
    from infra.audit.bag import Bag
    from infra.audit.checkpoints import Checkpoints
    from infra.evidence.store import EvidenceStore

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Handover:
    """Who hands the log out, when, to whom; ``unit`` is the one unit it is about, if it is."""

    by: str
    made_at: datetime
    recipient: str | None
    unit: str | None


class Bundle:
    """Fills a bag with the log up to the size of a signed checkpoint."""

    def __init__(
        self, engine: Engine, checkpoints: Checkpoints, signed: SignedCheckpoint, bag: Bag
    ) -> None:
        self._engine = engine
        self._checkpoints = checkpoints
        self._signed = signed
        self._at = signed.checkpoint
        self._bag = bag
        self._entries = 0
        self._rulebooks: set[str] = set()
        self._evidence: set[str] = set()

    def add_entries(self, rows: Iterable[Row], *, part: bool) -> None:
        """Put the entries of ``rows`` into the bag, with leaf hashes, or with proofs for a part.

        Raises ``IntegrityBroken`` when the rows are not what was signed.
        """
        if part:
            self._add_part(rows)
        else:
            self._add_all(rows)

    def _add_all(self, rows: Iterable[Row]) -> None:
        edge = Edge()
        with self._bag.file("data/leaf-hashes") as leaves:
            for batch in self._written(rows):
                leaves.write("".join(f"{leaf.hex()}\n" for leaf in batch).encode())
                edge = edge.append(*batch)
        if (edge.size, edge.root) != (self._at.size, self._at.root):
            raise IntegrityBroken("数据库里的记录与签署的检查点不符", fix=BROKEN_FIX)

    def _add_part(self, rows: Iterable[Row]) -> None:
        held = list(rows)
        leaves = [leaf for batch in self._written(held) for leaf in batch]
        with reading(self._engine) as connection:
            tree = tree_of(connection, self._at.size)
            for row, leaf in zip(held, leaves, strict=True):
                index = row.position - 1
                try:
                    path = inclusion_proof(tree, index, self._at.size)
                    proof = EntryProof(index, tuple(path), self._signed)
                    proof.check(leaf)
                except (TreeIncomplete, ProofRefused) as error:
                    message = f"事件 #{row.position} 与签署的检查点不符：{error}"
                    raise IntegrityBroken(message, fix=BROKEN_FIX) from None
                self._bag.add(f"data/proofs/{row.position}", proof.encode())

    def _written(self, rows: Iterable[Row]) -> Iterator[list[bytes]]:
        """Write the entries, and yield their leaf hashes, many at a time."""
        batch: list[bytes] = []
        with self._bag.file("data/events.jsonl") as events:
            for row in rows:
                write = entry_writer(self._at.origin, row.recorded_at)
                entry = write(row.position, row.stream, row.version, row.type, row.data)
                events.write(entry + b"\n")
                batch.append(leaf_hash(entry))
                self._entries += 1
                self._evidence.update(each.sha256 for each in evidence_in(row.data))
                if row.type.startswith(("cycle-opened.", "event-corrected.")):
                    self._rulebooks |= rulebook_named(decode(row.type, row.data))
                if len(batch) == _AT_ONCE:
                    yield batch
                    batch = []
        yield batch

    def add_checkpoints(self) -> None:
        """Put the checkpoint into the bag, and the earlier ones with the proofs between."""
        size = self._at.size
        self._bag.add("data/checkpoint", self._signed.encode())
        for earlier in self._checkpoints.sizes(upto=size - 1, known_at=size):
            signed = self._checkpoints.at(earlier)
            if signed is not None:
                proof = proof_between(self._engine, earlier, size)
                request = WitnessRequest(earlier, proof, self._signed)
                self._bag.add(f"data/checkpoints/{earlier}", signed.encode())
                self._bag.add(f"data/consistency/{earlier}", request.encode())

    def add_rulebooks(self, texts: dict[str, bytes]) -> None:
        """Put the rulebooks that the entries name into the bag."""
        for name in sorted(self._rulebooks & texts.keys()):
            self._bag.add(f"data/rulebooks/{name}.toml", texts[name])

    def add_objects(self, held: EvidenceStore) -> tuple[int, int]:
        """Put the evidence that the entries name and ``held`` holds into the bag.

        Returns how many files that are, and how many the entries name that are not held.
        Raises ``IntegrityBroken`` for a file whose content is not that of its digest.
        """
        found = [digest for digest in sorted(self._evidence) if held.size(digest) is not None]
        for digest in found:
            with self._bag.file(f"data/objects/{digest}") as copy:
                held.copy(digest, copy)
        return len(found), len(self._evidence) - len(found)

    def add_claims(self, claims: list[dict[str, Any]]) -> None:
        """Put what the office claims the scores to be into the bag."""
        self._bag.add("data/claims.json", canonical({"claims": claims}) + b"\n")

    def close(self, handover: Handover) -> str:
        """Say who made the bag, add what checks it, and return the digest of its tag manifest."""
        at = self._at
        export = {
            "format": "kaohe-audit-1",
            "log": at.origin,
            "size": at.size,
            "root": at.root.hex(),
            "entries": self._entries,
            "unit": handover.unit,
            "by": handover.by,
            "for": handover.recipient,
            "made_at": handover.made_at.isoformat().replace("+00:00", "Z"),
        }
        self._bag.add("data/export.json", canonical(export) + b"\n")
        for name, text in readmes(at.origin, unit=handover.unit).items():
            self._bag.add(name, text.encode())
        self._bag.add("verify/verify.py", assembled("verify").encode())
        return self._bag.close(
            {
                "Bagging-Date": handover.made_at.date().isoformat(),
                "Bag-Software-Agent": f"kaohe {version('kaohe')}",
                "External-Identifier": f"{at.origin} {at.size}",
            }
        )
