"""Appeals: in time, open, answered by two people."""

from __future__ import annotations

import pytest

from domain.events.appeals import AppealLodged
from tests.domain.decisions.procedures import (
    STUDIED,
    by_people,
    lodged,
    offered,
    published,
    settled,
    withdrawn,
)
from tests.domain.telling import NEXT_YEAR, START, YEAR, Told, accepted, decided, refused, said
from tests.infra.files.registers import wide

PUBLISHED = (*START, published())
PROOF = {"name": "收文簿.pdf", "sha256": "5e" * 32}


def added(**more: object) -> Told:
    """Evidence for the appeal."""
    return said("AppealEvidenceAdded", "2023-02-04", appeal="申1", description="收文簿", **more)


def test_an_appeal_is_about_the_last_publication_of_the_cycle() -> None:
    """Unless it names another; refs of contested events become positions."""
    studied = {**STUDIED, "ref": "研究"}
    told = (*PUBLISHED, studied, published(2, on="2023-02-02"), lodged(events=["研究", "#2"]))
    event = accepted(*told)[-1]
    assert isinstance(event, AppealLodged)
    assert (event.publication, event.events, event.unit) == (2, (6, 2), "应县")
    first = accepted(*told, lodged("申2", publication=1))[-1]
    assert isinstance(first, AppealLodged)
    assert first.publication == 1


def test_without_a_publication_there_is_nothing_to_appeal_against() -> None:
    """Neither of the cycle meant nor of the number given."""
    assert "kaohe publish" in refused(*START, lodged(), field="publication", what="还没有公布").fix
    refused(*PUBLISHED, lodged(publication=7), field="publication", what="“7”")
    other = lodged(as_of="2023-06-30", on="2023-07-01")
    refused(*PUBLISHED, NEXT_YEAR, other, field="publication", what="还没有公布")


def test_the_last_day_is_the_publication_plus_the_days_of_the_cycle() -> None:
    """On it an appeal is in time, whatever the hour; a day later it needs a reason."""
    assert accepted(*PUBLISHED, lodged(on="2023-02-11T23:59:00+08:00"))
    fault = refused(*PUBLISHED, lodged(on="2023-02-12"), field="on", what="申诉截止日 2023-02-11")
    assert "late_reason" in fault.fix
    late = accepted(*PUBLISHED, lodged(on="2023-02-12", late_reason="公文在途"))[-1]
    assert isinstance(late, AppealLodged)
    assert late.late_reason == "公文在途"
    short = ({**YEAR, "appeal_days": 0}, *START[1:], published())
    assert accepted(*short, lodged(on="2023-02-01"))
    refused(*short, lodged(on="2023-02-02"), field="on", what="申诉截止日 2023-02-01")


def test_what_it_names_exists() -> None:
    """Unit, indicator, remedy and contested events; the numbers of appeals are used once."""
    refused(*PUBLISHED, lodged(unit="应州"), field="unit", what="“应州”")
    assert "special" in refused(*PUBLISHED, lodged(indicator="x"), field="indicator", what="x").fix
    assert "补记" in refused(*PUBLISHED, lodged(remedy="x"), field="remedy", what="x").fix
    refused(*PUBLISHED, lodged(events=[99]), field="events", what="#99")
    refused(*PUBLISHED, lodged(), lodged(claim="又"), field="appeal", what="“申1”已由")
    assert accepted(*PUBLISHED, lodged(indicator="special", remedy="add"))


def test_a_repeated_line_stays_the_same_after_another_publication() -> None:
    """The publication left out is the one of then, so that importing again records nothing."""
    _, batch = decided((*PUBLISHED, lodged()), (published(2, on="2023-02-02"),), (lodged(),))
    assert [at for _, at in batch.skipped] == [6]


@pytest.mark.parametrize("step", [added(evidence=[PROOF]), offered(), withdrawn()])
def test_only_an_open_appeal_goes_on(step: Told) -> None:
    """One that was never lodged, was withdrawn or decided takes no further step."""
    refused(*PUBLISHED, step, field="appeal", what="没有登记过申诉“申1”")
    gone = {**withdrawn(), "reason": "另有原因"}
    refused(*PUBLISHED, lodged(), gone, step, field="appeal", what="撤回")
    done = (*PUBLISHED, lodged(), offered(), settled())
    refused(*done, {**step, "note": "又"}, field="appeal", what="决定")


def test_evidence_is_a_file() -> None:
    """A step of evidence without any is refused."""
    refused(*PUBLISHED, lodged(), added(), field="evidence", what="没有附上材料")
    assert accepted(*PUBLISHED, lodged(), added(evidence=[PROOF]))


def test_what_is_rejected_brings_nothing() -> None:
    """An answer that rejects has no corrections, nor has any answer acts of the office."""
    lines = [STUDIED]
    wrong = offered("rejected", corrections=lines)
    refused(*PUBLISHED, lodged(), wrong, field="corrections", what="不能附带更正")
    for act in (published(2), settled(), offered()):
        wrong = offered(corrections=[act])
        refused(*PUBLISHED, lodged(), wrong, field="corrections", what="不能有")
    other = offered(corrections=[{**STUDIED, "appeal": "申2"}])
    refused(*PUBLISHED, lodged(), other, field="corrections", what="另一个申诉“申2”")
    odds: tuple[object, ...] = ("x", [], [{}], ["x"], [{"type": 1}])
    for odd in odds:
        refused(*PUBLISHED, lodged(), offered(corrections=odd), field="corrections", what="应为")


def test_a_decision_answers_a_proposal() -> None:
    """None, and nothing is decided; a rejection proposed is not upheld without another."""
    refused(*PUBLISHED, lodged(), settled(), field="appeal", what="还没有处理意见")
    steps = (("甲", published()), ("甲", lodged()), ("甲", offered("rejected")))
    (fault,) = by_people(*steps, ("乙", settled("upheld"))).faults
    assert (fault.where.field, "不予支持" in fault.what) == ("outcome", True)
    assert by_people(*steps, ("乙", settled("rejected"))).events
    assert by_people(*steps, ("甲", offered("partly")), ("乙", settled("partly"))).events


@pytest.mark.parametrize(
    "name",
    [
        "Zhang San",
        "zhang san",
        wide("ZHANG") + "\u3000" + wide("SAN"),
        "Z hang\u200bSan",
        "ZHANGSAN",
    ],
)
def test_the_same_person_cannot_propose_and_decide(name: str) -> None:
    """Whatever the case, the width or the spacing of the name, and signs that nobody sees."""
    steps = (("王五", published()), ("李四", lodged()), ("Zhang San", offered()))
    (fault,) = by_people(*steps, (name, settled())).faults
    assert fault.where.field == "actor"
    assert "不能由同一人决定" in fault.what
    assert by_people(*steps, ("Zhang Si", settled())).events


def test_who_proposed_last_counts() -> None:
    """The person whose proposal was replaced may decide the other's."""
    steps = (("王五", published()), ("甲", lodged()), ("甲", offered()))
    assert by_people(*steps, ("乙", offered("partly")), ("甲", settled("partly"))).events
    assert by_people(*steps, ("乙", offered("partly")), ("乙", settled("partly"))).faults


def test_one_person_decides_where_two_are_not_asked_for() -> None:
    """With ``two_person`` off, and in a register that is loaded as a whole."""
    one = ({**YEAR, "two_person": False}, *START[1:], published(), lodged(), offered())
    assert accepted(*one, settled())
    assert decided(one, (settled(),))[1].faults == []
    assert accepted(*PUBLISHED, lodged(), offered(), settled())
    refused(*PUBLISHED, lodged(), offered(), settled(), field="actor", what="同一人")


def test_what_was_said_stays_said() -> None:
    """Proposals, decisions and withdrawals are neither corrected nor retracted."""
    told = (*PUBLISHED, lodged(), offered(), settled())
    for position in (7, 8):
        gone = said("EventRetracted", "2023-02-07", target=position, reason="误")
        _, after = decided(told, (gone,))
        assert ["不能更正或撤销" in fault.what for fault in after.faults] == [True]


def test_a_lodged_appeal_may_be_corrected_while_it_holds() -> None:
    """Its claim may; moved after its last day it would need a reason."""
    told = (*PUBLISHED, lodged())
    change = said("EventCorrected", "2023-02-07", target=6, changes={"claim": "新"}, reason="误")
    assert accepted(*told, change)
    late = {**change, "changes": {"on": "2023-02-28"}}
    refused(*told, late, field="changes", what="申诉截止日")
    gone = said("EventRetracted", "2023-02-07", target=6, reason="误")
    assert accepted(*told, gone, lodged())
    _, after = decided((*told, offered()), (gone,))
    assert "#7（申诉处理意见）" in after.faults[0].what


def test_a_line_names_an_appeal_that_was_lodged() -> None:
    """Any other number is refused, on plain lines and on corrections alike."""
    refused(*PUBLISHED, {**STUDIED, "appeal": "申1"}, field="appeal", what="没有登记过申诉")
    change = said("EventCorrected", "2023-02-07", target=1, changes={"note": "x"}, reason="误")
    refused(*PUBLISHED, {**change, "appeal": "申1"}, field="appeal", what="没有登记过申诉")
    assert accepted(*PUBLISHED, lodged(), {**STUDIED, "appeal": "申1"}, {**change, "appeal": "申1"})
