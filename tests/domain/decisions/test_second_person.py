"""Which lines need a second person: those that would change what is published or closed."""

from __future__ import annotations

import pytest

from domain.decisions.second_person import ACTS, Before
from domain.events.catalogue import CATALOGUE
from tests.domain.decisions.procedures import STUDIED, lodged, offered, published, settled
from tests.domain.telling import NEXT_YEAR, START, YEAR, Told, decided, said

CLOSED = said("CycleClosed", "2023-02-01", cycle="2022", as_of="2022-12-31")
OFF = ({**YEAR, "two_person": False}, *START[1:])
SENT = said(
    "SubmissionReceived", "2022-03-01", item="1", unit="应县", kind="brief", title="信息"
)  # fmt: skip
QUOTA = said(
    "QuotaSet", "2023-02-02", kind="brief", required=1, from_="2023-01-31", to="2023-03-31"
)  # fmt: skip
RULING = said("RulingMade", "2023-02-02", parameter="joint.share", value="split", reason="会议")


def why(before: tuple[Told, ...], *lines: Told) -> list[str]:
    """Return why each line, recorded after others, needs a second person."""
    earlier, _ = decided(before)
    register, batch = decided(before, lines)
    assert batch.faults == []
    known = Before.of(earlier)
    return [known.why(decided.event, earlier, register) for decided in batch.events]


def needed(before: tuple[Told, ...], *lines: Told) -> list[bool]:
    """Return whether each line needs a second person."""
    return [bool(reason) for reason in why(before, *lines)]


def test_a_first_load_needs_none() -> None:
    """Where no cycle stood before, anything may be recorded, corrections among it."""
    gone = said("EventRetracted", "2023-02-03", target=5, reason="误")
    assert not any(needed((), *START, SENT, published(), STUDIED, gone))


def test_before_a_publication_only_corrections_need_one() -> None:
    """Plain lines of any day do not; a correction or retraction always does."""
    gone = said("EventRetracted", "2022-03-02", target=5, reason="误")
    change = said("EventCorrected", "2022-03-02", target=5, changes={"title": "新"}, reason="误")
    assert needed((*START, SENT), STUDIED, change, gone) == [False, True, True]
    assert "更正或撤销" in why((*START, SENT), gone)[0]


@pytest.mark.parametrize("settled_by", [published(as_of="2022-12-31"), CLOSED])
def test_after_it_a_day_up_to_its_own_needs_one(settled_by: Told) -> None:
    """A publication and a closing alike: on their day, and not on the next."""
    before = (*START, settled_by)
    last, next_day = {**STUDIED, "on": "2022-12-31"}, {**STUDIED, "on": "2023-01-01"}
    assert needed(before, last, next_day) == [True, False]
    assert needed(before, {**STUDIED, "on": "2022-12-31T23:59:59+08:00"}) == [True]
    assert "2022-12-31" in why(before, last)[0]


def test_a_day_that_no_cycle_holds_may_bear_on_any() -> None:
    """An answer after the year's end still counts for the year."""
    late = {**STUDIED, "on": "2023-01-31"}
    assert needed((*START, published()), late, {**late, "on": "2023-02-01"}) == [True, False]


def test_what_is_settled_after_its_end_stays_settled_when_the_next_year_begins() -> None:
    """Evidence of January counts for the year before, though the day is of the year begun."""
    late = {**STUDIED, "on": "2023-01-31"}
    opened = {**NEXT_YEAR, "two_person": False}
    for both in ((*START, NEXT_YEAR, published(cycle="2022")), (*START, published(), opened)):
        assert needed(both, late, {**late, "on": "2023-02-01"}) == [True, False]
        gone = said("EventRetracted", "2023-02-03", target=7, reason="误")
        assert needed((*both, late), gone) == [True]


def test_what_lifts_a_deduction_bears_on_its_day() -> None:
    """An extension and a withdrawal, whatever their own day; not before anything is overdue."""
    asked = said(
        "CommissionIssued", "2022-05-01", commission="约1", topic="春耕", due="2022-05-10"
    )  # fmt: skip
    later = said("CommissionExtended", "2023-03-01", commission="约1", due="2023-03-10")
    none = said("CommissionWithdrawn", "2023-03-01", commission="约1", reason="撤回")
    for settled_by in (published(as_of="2022-12-31"), CLOSED):
        before = (*START, asked, settled_by)
        assert needed(before, later) == needed(before, none) == [True]
        assert "取消 2022-05-11 起的扣分" in why(before, later)[0]
        assert needed((*before, later), none) == [False]
        last = {**later, "on": "2022-12-31", "due": "2023-03-20"}
        assert needed((*before, later), last) == [True]
    both = (*START, asked, NEXT_YEAR, published(cycle="2023"))
    assert needed(both, {**later, "on": "2023-01-15"}, {**later, "due": "2023-03-20"}) == [
        True,
        False,
    ]


def test_a_new_unit_bears_on_every_settled_cycle() -> None:
    """It is ranked on the sheets of the year that was closed before it was enrolled."""
    new = said("UnitEnrolled", "2023-03-01", unit="市人防办", category="department")
    assert needed(START, new) == [False]
    assert needed((*START, CLOSED), new) == [True]


def test_a_correction_bears_on_where_it_brings_something_too() -> None:
    """A ruling and a quota of the next year, which goes without, brought into one that does not."""
    both = (*START, {**NEXT_YEAR, "two_person": False}, published(cycle="2022"))
    ruling = {**RULING, "cycle": "2023"}
    quota = {**QUOTA, "from": "2023-03-01"}
    change = said("EventCorrected", "2023-03-02", target=7, reason="误")
    assert needed((*both, ruling), {**change, "changes": {"cycle": "2022"}}) == [True]
    assert needed((*both, ruling), {**change, "changes": {"reason": "会议"}}) == [False]
    assert needed((*both, quota), {**change, "changes": {"from": "2022-10-01"}}) == [True]
    assert needed((*both, quota), {**change, "changes": {"required": 2}}) == [False]


def test_a_quota_bears_on_its_first_day() -> None:
    """Which may lie before the day on which it was set."""
    assert needed(
        (*START, published()), QUOTA, {**QUOTA, "from": "2023-02-01", "kind": "special"}
    ) == [
        True,
        False,
    ]


def test_a_ruling_bears_on_every_day_of_its_cycle() -> None:
    """Of the one it names, or of all; whatever its own day."""
    both = (*START, NEXT_YEAR)
    assert needed(both, RULING) == [False]
    for settled_by in (published(cycle="2022"), CLOSED):
        told = [RULING, {**RULING, "cycle": "2022"}, {**RULING, "cycle": "2023"}]
        assert needed((*both, settled_by), *told) == [True, True, False]


def test_a_cycle_can_do_without() -> None:
    """Then neither its corrections nor its late lines need anybody; the next cycle's may."""
    gone = said("EventRetracted", "2023-02-03", target=5, reason="误")
    assert not any(needed((*OFF, SENT, published()), STUDIED, RULING, gone))
    both = (*OFF, NEXT_YEAR, SENT, published())
    other = {**SENT, "item": "2", "on": "2023-03-01"}
    of_2022 = {**gone, "target": 6}
    assert needed((*both, other), STUDIED, of_2022, {**gone, "target": 8}) == [False, False, True]
    moved = said(
        "EventCorrected", "2023-02-03", target=6, changes={"on": "2023-03-01"}, reason="误"
    )
    assert needed(both, moved) == [True]
    nested = said(
        "EventCorrected", "2023-02-04", target=9, changes={"changes": {"on": "2023-03-01"}},
        reason="误",
    )  # fmt: skip
    first = {**moved, "changes": {"title": "新"}}
    assert needed((*both, other, first), {**nested, "target": 9}) == [True]


def test_the_cycle_itself_is_of_its_own_cycle() -> None:
    """Switching two persons off needs two; switching them on, where they were off, one."""
    change = said(
        "EventCorrected", "2023-02-02", target=1, changes={"two_person": False}, reason="一人"
    )
    assert needed(START, change) == [True]
    assert needed(OFF, {**change, "changes": {"two_person": True}}) == [False]


def test_acts_of_the_office_need_none() -> None:
    """Publishing, closing, appealing: none of them changes a score by itself."""
    before = (*OFF[:1], *START[1:], published())
    acts = (lodged(), offered(), settled(), published(2), CLOSED)
    assert not any(needed(before, *acts))
    assert not any(needed((*START, published()), lodged(), offered(), published(2), CLOSED))


def test_taking_an_act_back_does() -> None:
    """A publication or a closing that is retracted would free what it settled."""
    gone = said("EventRetracted", "2023-02-03", target=5, reason="误")
    for act in (published(), CLOSED):
        assert needed((*START, act), gone) == [True]
    open_again = said("EventRetracted", "2023-02-03", target=5, reason="误")
    register, _ = decided((*START, published()), (open_again,))
    assert Before.of(register).settled == {}


def test_every_type_is_an_act_or_has_a_day() -> None:
    """Nothing of the catalogue is forgotten: what is no act is judged by its day."""
    acts = {entry.name for entry in CATALOGUE if issubclass(entry.event, ACTS)}
    assert acts == {
        "AppealDecided", "AppealEvidenceAdded", "AppealLodged", "AppealProposed",
        "AppealWithdrawn", "AuditExported", "CorrectionConfirmed", "CorrectionProposed",
        "CorrectionRefused", "CycleClosed", "ScoresPublished",
    }  # fmt: skip
