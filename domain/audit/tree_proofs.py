"""Making proofs: that a tree holds an entry, and that it only continues an earlier one.

A proof (RFC 6962 §2.1.1, §2.1.2) needs the roots of complete subtrees, about as many as the tree
has levels. ``domain.audit.tree_checks`` checks proofs, and knows nothing of how they are made.
"""

from __future__ import annotations

from typing import Protocol

from domain.audit.tree import root_over


class Subtrees(Protocol):
    """Where the roots of complete subtrees are read from."""

    def hash_at(self, level: int, index: int) -> bytes:
        """Return the root of the ``index``-th subtree of 2^``level`` leaves, from 0."""
        ...


def root_at(subtrees: Subtrees, size: int) -> bytes:
    """Return the root that the tree had when it was ``size`` leaves large."""
    return _root(subtrees, 0, size)


def inclusion_proof(subtrees: Subtrees, index: int, size: int) -> list[bytes]:
    """Return the proof that leaf ``index``, from 0, is in the tree of ``size`` leaves.

    From the leaf's neighbour up to the root's child (RFC 6962 §2.1.1, PATH). Raises
    ``ValueError`` when that tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = _middle(start, stop)
        if index < middle:
            path.append(_root(subtrees, middle, stop))
            stop = middle
        else:
            path.append(_root(subtrees, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(subtrees: Subtrees, old: int, size: int) -> list[bytes]:
    """Return the proof that the tree of ``size`` leaves begins with that of ``old`` leaves.

    RFC 6962 §2.1.2, PROOF and SUBPROOF. Raises ``ValueError`` for an ``old`` of 0, from which
    nothing follows, or above ``size``.
    """
    if not 0 < old <= size:
        raise ValueError(f"no proof from size {old} to size {size}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop != old:
        middle = _middle(start, stop)
        if old <= middle:
            path.append(_root(subtrees, middle, stop))
            stop = middle
        else:
            path.append(_root(subtrees, start, middle))
            start = middle
    if start:  # else this subtree is the old tree, whose root the verifier has
        path.append(_root(subtrees, start, stop))
    return path[::-1]


def _middle(start: int, stop: int) -> int:
    """Return where a range splits: after the largest power of two below its length."""
    return start + (1 << (stop - start - 1).bit_length() - 1)


def _root(subtrees: Subtrees, start: int, stop: int) -> bytes:
    """Return the root over leaves ``start`` to ``stop``, a range that splitting led to."""
    roots: list[bytes] = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        roots.append(subtrees.hash_at(level, start >> level))
        start += 1 << level
    return root_over(roots)
