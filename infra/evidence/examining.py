"""Whether every file of evidence still has the bytes that its events name."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from domain.watching import Watch
    from infra.evidence.store import EvidenceStore


class Examined(NamedTuple):
    """What was found: how many files are held, and the digests or names of those that stand out.

    ``altered`` files have other bytes than their digest says, ``missing`` ones are named by an
    event and not held, ``surplus`` ones are held and named by none. ``strangers`` are names that
    are no digests.
    """

    held: int
    altered: list[str]
    missing: list[str]
    surplus: list[str]
    strangers: list[str]


def examine(
    store: EvidenceStore,
    named: Collection[str],
    watch: Watch | None = None,
) -> Examined:
    """Compute the digest of every held file anew; ``named`` are those that the log names."""
    held = store.digests()
    altered = []
    for done, digest in enumerate(held):
        if watch:
            watch(done, len(held))
        if not store.is_whole(digest):
            altered.append(digest)
    return Examined(
        held=len(held),
        altered=altered,
        missing=sorted(set(named) - set(held)),
        surplus=sorted(set(held) - set(named)),
        strangers=store.strangers(),
    )
