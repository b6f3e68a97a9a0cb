"""Proposed corrections: whole, open, confirmed by another person."""

from __future__ import annotations

import pytest

from tests.domain.decisions.procedures import (
    STUDIED,
    by_people,
    confirmed,
    dismissed,
    lodged,
    published,
    suggested,
)
from tests.domain.telling import START, YEAR, accepted, decided, refused, said
from tests.infra.files.registers import wide


def test_a_proposal_has_a_number_of_its_own() -> None:
    """From 1, used once, and with at least one line that says its type."""
    assert accepted(*START, suggested(), suggested(2))
    refused(*START, suggested(), suggested(reason="又"), field="proposal", what="已由")
    refused(*START, suggested(0), field="proposal", what="从 1 起")
    odds: tuple[object, ...] = ([], [{}], "x")
    for odd in odds:
        refused(*START, suggested(lines=odd), field="lines", what="应为")


def test_acts_of_the_office_are_not_proposed() -> None:
    """A publication, a step of an appeal or another proposal is recorded by itself."""
    for act in (published(), lodged(), suggested(), confirmed()):
        refused(*START, suggested(lines=[act]), field="lines", what="不能有")


def test_the_parts_of_a_long_proposal_follow_one_another() -> None:
    """Each after the one before it and of as many; until all are there, nothing is confirmed."""
    first, second = suggested(part=1, parts=2), suggested(part=2, parts=2)
    assert accepted(*START, first, second, confirmed())
    refused(*START, second, field="part", what="缺少第 1 部分")
    refused(*START, first, suggested(part=2, parts=3), field="part", what="缺少第 1 部分")
    refused(*START, first, second, suggested(part=3, parts=2), field="part", what="缺少第 2 部分")
    refused(*START, suggested(part=1), field="proposal", what="同时写")
    steps = (("甲", first), ("乙", confirmed()))
    (fault,) = by_people(*steps).faults
    assert "不完整" in fault.what


@pytest.mark.parametrize("end", [confirmed(), dismissed()])
def test_only_an_open_proposal_ends(end: dict[str, object]) -> None:
    """Not one that was never made, nor one that ended, however it did."""
    refused(*START, end, field="proposal", what="没有登记过提案“1”")
    for ended, what in ((confirmed(), "确认"), (dismissed(), "驳回")):
        (fault,) = by_people(
            ("甲", suggested()), ("乙", ended), ("丙", {**end, "note": "又"})
        ).faults
        assert what in fault.what


@pytest.mark.parametrize(
    "name", ["Li Si", "LI\u3000SI", wide("li") + " " + wide("si"), "li\u200bsi"]
)
def test_the_same_person_cannot_confirm_but_may_refuse(name: str) -> None:
    """Whatever the case, the width or the spacing of the name."""
    (fault,) = by_people(("Li Si", suggested()), (name, confirmed())).faults
    assert (fault.where.field, "不能由同一人确认" in fault.what) == ("actor", True)
    assert by_people(("Li Si", suggested()), (name, dismissed())).events
    assert by_people(("Li Si", suggested()), ("Li Wu", confirmed())).events


def test_one_person_confirms_where_two_are_not_asked_for() -> None:
    """With ``two_person`` off, and in a register that is loaded as a whole."""
    one = ({**YEAR, "two_person": False}, *START[1:], suggested())
    assert decided(one, (confirmed(),))[1].faults == []
    assert accepted(*START, suggested(), confirmed())


def test_what_was_proposed_stays_said() -> None:
    """Neither the proposal nor its end is corrected or retracted."""
    told = (*START, suggested(), confirmed())
    for position in (5, 6):
        gone = said("EventRetracted", "2023-02-07", target=position, reason="误")
        change = {**gone, "type": "EventCorrected", "changes": {"note": "x"}}
        for amendment in (gone, change):
            _, batch = decided(told, (amendment,))
            assert "不能更正或撤销" in batch.faults[0].what


def test_what_is_proposed_is_not_recorded() -> None:
    """The meeting in the proposal is none of the county's yet."""
    register, _ = decided((*START, suggested()))
    assert register.facts("deployment/应县") == []
    register, _ = decided((*START, suggested(), STUDIED))
    assert len(register.facts("deployment/应县")) == 1
