"""Claims: what the office says the scores are, in a form that others can compute again.

A claim is the document of ``kaohe score --json`` without what only explains it (``text``, ``name``,
``source``), and its digest over canonical JSON (RFC 8785).
"""

from __future__ import annotations

import hashlib
from typing import Any

from domain.audit.jcs import canonical
from projections.asking import Point
from projections.sheet_json import scores
from projections.sheets import Sheets

_EXPLAINS = frozenset({"text", "name", "source"})
_RANKS = frozenset({"rank", "rank_in_category"})


def claim(sheets: Sheets, point: Point, unit: str | None = None) -> dict[str, Any]:
    """Return the claim for ``point``: of every unit, or of one, whose ranks are then left out.

    Ranks cannot be computed from the events of one unit.
    """
    chosen = None if unit is None else [point.unit(unit)]
    left_out = _EXPLAINS if unit is None else _EXPLAINS | _RANKS
    said = bare(scores(point, sheets.at(point, chosen)), left_out)
    return {**said, "sha256": digest(said)}


def digest(said: dict[str, Any]) -> str:
    """Return the SHA-256 of a claim's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(said)).hexdigest()


def bare(value: Any, left_out: frozenset[str] = _EXPLAINS) -> Any:  # noqa: ANN401  any JSON value
    """Return ``value`` without the members that are left out, at every depth."""
    if isinstance(value, dict):
        kept = ((name, each) for name, each in value.items() if name not in left_out)
        return {name: bare(each, left_out) for name, each in kept}
    return [bare(each, left_out) for each in value] if isinstance(value, list) else value
