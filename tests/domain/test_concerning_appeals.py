"""Whom publications, appeals and proposals concern."""

from __future__ import annotations

from domain.concerning import positions_concerning
from tests.domain.decisions.procedures import (
    STUDIED,
    confirmed,
    lodged,
    offered,
    published,
    suggested,
    withdrawn,
)
from tests.domain.telling import START, Told, accepted, said


def concerning(unit: str, *lines: Told) -> list[int]:
    """Return the positions after the opening that concern a unit."""
    events = enumerate(accepted(*START, *lines), 1)
    return [at for at in positions_concerning(unit, events) if at > len(START)]


def test_a_publication_concerns_all_and_an_appeal_its_unit() -> None:
    """Two appeals against one publication do not become each other's business."""
    told = (
        published(), lodged(), lodged("申2", unit="开发区"), offered(), withdrawn("申2"),
    )  # fmt: skip
    assert concerning("应县", *told) == [5, 6, 8]
    assert concerning("开发区", *told) == [5, 7, 9]
    assert concerning("市财政局", *told) == [5]


def test_a_proposal_concerns_the_units_of_its_lines() -> None:
    """Those that a line names, and those of an event that a line would take back."""
    gone = said("EventRetracted", "2023-02-05", target=5, reason="误")
    told = (STUDIED, suggested(), confirmed(), suggested(2, lines=[gone]))
    assert concerning("应县", *told) == [5, 6, 7, 8]
    assert concerning("开发区", *told) == []
