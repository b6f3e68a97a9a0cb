"""Which files an event names as evidence."""

from __future__ import annotations

import pytest

from domain.events.codec import canonical
from domain.events.fields import Evidence
from domain.events.proofs import evidence_in

ONE = {"name": "一.pdf", "sha256": "1" * 64}
TWO = {"name": "二.pdf", "sha256": "2" * 64}


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence": [ONE, TWO], "on": "2022-01-01"},
        {"evidence": [ONE], "changes": {"evidence": [TWO, ONE]}},
        {"changes": {"changes": {"evidence": [ONE, TWO]}}},
        {"lines": [{"evidence": [ONE]}, {"type": "X", "evidence": [ONE, TWO]}]},
    ],
)
def test_evidence_is_found_wherever_it_is_named(fields: dict[str, object]) -> None:
    """The event's own, that of a correction's changes, and that of lines it carries; once each."""
    assert set(evidence_in(canonical(fields))) == {Evidence(**ONE), Evidence(**TWO)}
    assert len(evidence_in(canonical(fields))) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"note": '"evidence":['},
        {"changes": {"evidence": None}},
        {"value": {"evidence": ["x", {"name": "一"}]}},
        {"digest": "1" * 64},
    ],
)
def test_what_only_looks_like_evidence_is_none(fields: dict[str, object]) -> None:
    """A text, a field taken away, and another shape name no file."""
    assert evidence_in(canonical(fields)) == ()
