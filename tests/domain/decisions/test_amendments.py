"""Corrections and retractions: what they may be about, and what would follow from them."""

from __future__ import annotations

from typing import Any

import pytest

from domain.decisions.amendments import changeable, makes_number
from domain.events.catalogue import CATALOGUE, EventType
from domain.events.corrections import EventCorrected
from tests.domain.telling import NEXT_YEAR, START, Told, accepted, decided, refused, said
from tests.oracle.validity import NUMBER

SENT = said(
    "SubmissionReceived", "2022-03-01", item="1", unit="应县", kind="brief", title="信息", ref="送"
)  # fmt: skip
OTHER = {**SENT, "item": "2", "on": "2022-03-03", "ref": "再送"}
USED = said("ItemAdopted", "2022-03-05", item="1", level="city", ref="用")
ISSUED = said("CommissionIssued", "2022-03-01", commission="1", topic="某", due="2022-03-10")
EXTENDED = said("CommissionExtended", "2022-03-05", commission="1", due="2022-03-20")


def corrected(target: object, /, **changes: object) -> Told:
    """A correction."""
    given = {"target": target, "changes": changes, "reason": "写错"}
    return said("EventCorrected", "2022-06-01", **given)


def retracted(target: object) -> Told:
    """A retraction."""
    return said("EventRetracted", "2022-06-01", target=target, reason="误登")


def standing(*lines: Told, at: int) -> Any:  # noqa: ANN401  an event of any type
    """Return the content of an event once all lines are recorded."""
    register, batch = decided((*START, *lines))
    assert batch.faults == []
    entry = register.entry(at)
    assert entry
    return entry.content()


@pytest.mark.parametrize("amendment", [corrected(5, title="新"), retracted(5)])
def test_what_is_gone_cannot_be_amended(amendment: Told) -> None:
    """Nor what never was: the retraction and the number are said."""
    refused(*START, SENT, retracted(5), {**amendment, "note": "又"}, field="target", what="#6 撤销")
    refused(*START, amendment, field="target", what="没有事件 #5")


@pytest.mark.parametrize("amendment", [corrected(6, reason="另有原因"), retracted(6)])
def test_a_retraction_is_final(amendment: Told) -> None:
    """It is neither corrected nor retracted; the event is recorded anew."""
    refused(*START, SENT, retracted(5), amendment, field="target", what="本身是一条撤销")
    again = {**SENT, "ref": "重报"}
    assert accepted(*START, SENT, retracted(5), again)


def test_a_number_that_is_named_cannot_be_retracted() -> None:
    """Those that name it are listed; once they are gone it may go."""
    fault = refused(*START, SENT, USED, retracted("送"), field="target", what="#6（信息采用）")
    assert "“1”" in fault.what
    assert "先撤销" in fault.fix
    assert accepted(*START, SENT, USED, retracted("用"), retracted("送"))


@pytest.mark.parametrize(
    ("maker", "names"),
    [
        (NEXT_YEAR, said("CycleClosed", "2024-02-01", cycle="2023", as_of="2024-01-31")),
        (
            NEXT_YEAR,
            said("RulingMade", "2023-02-01", parameter="joint.share", value="split", reason="会议",
                 cycle="2023"),
        ),
        (
            said("UnitEnrolled", "2022-02-01", unit="怀仁市", category="county"),
            said("UnitChanged", "2022-05-01", unit="开发区", into="怀仁市"),
        ),
        (
            said("UnitEnrolled", "2022-02-01", unit="怀仁市", category="county"),
            said("QuotaSet", "2022-05-01", kind="brief", required=1, from_="2022-07-01",
                 to="2022-07-31", units=["应县", "怀仁市"]),
        ),
        (
            said("DocumentIssued", "2022-03-01", document="甲", title="通知", kind="notice"),
            said("LeaderInstructed", "2022-03-05", document="甲", unit="应县"),
        ),
        (
            said("StaffChanged", "2022-03-01", change="1", unit="应县", role="staff"),
            said("StaffChangeNotified", "2022-03-05", change="1"),
        ),
        (ISSUED, EXTENDED),
        (ISSUED, said("CommissionWithdrawn", "2022-03-05", commission="1", reason="不用了")),
        (ISSUED, said("CommissionDeclined", "2022-03-05", commission="1", unit="应县")),
        (ISSUED, {**SENT, "commission": "1"}),
        (SENT, said("ItemsMerged", "2022-03-05", item="3", items=["1"], kind="brief", title="编")),
        (SENT, said("ItemEndorsed", "2022-03-05", item="1", level="city")),
        (
            SENT,
            said("FindingMade", "2022-03-05", finding="1", unit="应县", kind="plagiarism",
                 item="1"),
        ),
        (
            said("SecondmentStarted", "2022-03-01", secondment="1", unit="应县", person="甲",
                 host="city"),
            said("SecondmentEnded", "2022-03-05", secondment="1"),
        ),
    ],
)  # fmt: skip
def test_whatever_names_a_number_holds_it(maker: Told, names: Told) -> None:
    """Every kind of number, by every kind of event that may name it."""
    refused(*START, maker, names, retracted(5), field="target", what="#6（")
    assert accepted(*START, maker, names, retracted(6), retracted(5))


def test_a_name_in_a_text_holds_no_unit() -> None:
    """Only fields that name units do: here the unit's name stands for a person's."""
    told = said("StaffChanged", "2022-03-01", change="1", unit="应县", role="staff", into="开发区")
    assert accepted(*START, told, retracted(4))
    refused(*START, told, retracted(2), field="target", what="#5（人员变动）")


def test_what_a_correction_names_counts_and_what_it_named_does_not() -> None:
    """Corrected to the other item, the adoption holds that one and sets the first free."""
    told = (SENT, OTHER, USED, corrected("用", item="2"))
    assert accepted(*START, *told, retracted("送"))
    refused(*START, *told, retracted("再送"), field="target", what="#7（信息采用）")


def test_of_an_event_everything_but_its_number_may_be_corrected() -> None:
    """The fields that may be are listed; refs and appeals are not among them."""
    fault = refused(*START, SENT, corrected("送", item="9"), field="changes.item", what="不能更正")
    assert "title" in fault.fix
    refused(*START, SENT, corrected("送", ref="新"), field="changes.ref", what="不能更正")
    refused(*START, corrected(2, unit="应州"), field="changes.unit", what="不能更正")
    moved = standing(SENT, corrected("送", on="2022-02-28", unit="开发区"), at=5)
    assert (str(moved.on), moved.units) == ("2022-02-28", ("开发区",))


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_no_type_lets_its_number_be_corrected(entry: EventType) -> None:
    """What makes a number keeps it, as a ref and the link to an appeal are kept."""
    offered = set(changeable(entry.event))
    assert not offered & {"ref", "appeal", "target", NUMBER.get(entry.name, "ref")}
    assert makes_number(entry.event) == (entry.name in NUMBER)


def test_changes_are_read_like_any_fields() -> None:
    """Wrong values are named by field, a null takes an optional field away, unknown ones fail."""
    refused(*START, SENT, corrected("送", kind="x"), field="changes.kind", what="不是可用的取值")
    refused(*START, SENT, corrected("送", tilte="新"), field="changes.tilte", what="不能更正")
    refused(*START, SENT, corrected("送", title=None), field="changes.title", what="缺少")
    refused(*START, SENT, corrected("送"), field="changes", what="至少一项")
    plain = standing({**SENT, "note": "附表"}, corrected("送", note=None), at=5)
    assert plain.note is None


def test_a_corrected_event_passes_its_checks() -> None:
    """Moved before its item, to a level or an item that is not there, it is refused."""
    told = (*START, SENT, USED)
    refused(*told, corrected("用", on="2022-02-28"), field="changes", what="早于信息报送")
    refused(*told, corrected("用", item="9"), field="changes", what="没有登记过信息“9”")
    refused(*told, corrected("用", level="town"), field="changes.level", what="“town”")


def test_all_that_names_a_corrected_event_passes_its_checks() -> None:
    """An item moved behind its adoption, and a commission that no longer asks who declined."""
    fault = refused(
        *START, SENT, USED, corrected("送", on="2022-03-06"), field="changes", what="#6"
    )
    assert "不早于 2022-03-06" in fault.fix
    declined = said("CommissionDeclined", "2022-03-05", commission="1", unit="应县")
    narrowed = corrected(5, units=["开发区"])
    refused(*START, ISSUED, declined, narrowed, field="changes", what="没有发给“应县”")


def test_a_retracted_correction_brings_the_earlier_content_back() -> None:
    """Unless that no longer passes its checks: here the earlier item is gone."""
    told = (SENT, OTHER, USED, corrected("用", item="2"))
    assert standing(*told, at=7).item == "2"
    assert standing(*told, retracted(8), at=7).item == "1"
    refused(*START, *told, retracted("送"), retracted(8), field="target", what="没有登记过信息“1”")


def test_corrections_stack_and_are_corrected_in_their_turn() -> None:
    """The later wins; a corrected one says otherwise; each may be taken back by itself."""
    told = (
        SENT,
        corrected("送", title="二", note="甲"),
        corrected("送", title="三"),
        corrected(7, changes={"title": "四"}),
    )
    for known, title, note in (
        (1, "信息", None),
        (2, "二", "甲"),
        (3, "三", "甲"),
        (4, "四", "甲"),
    ):
        event = standing(*told[:known], at=5)
        assert (event.title, event.note) == (title, note)
    for gone, title, note in ((8, "三", "甲"), (7, "二", "甲"), (6, "四", None)):
        event = standing(*told, retracted(gone), at=5)
        assert (event.title, event.note) == (title, note)


def test_a_correction_of_a_correction_is_about_the_event_in_the_end() -> None:
    """Its inner changes are read and checked as those of the event."""
    told = (*START, SENT, corrected("送", title="二"))
    refused(*told, corrected(6, changes={"kind": "x"}), field="changes.kind", what="“x”")
    refused(*told, corrected(6, target=4), field="changes.target", what="不能更正")
    (*_, event) = accepted(*told, corrected(6, changes={"unit": "开发区"}))
    assert isinstance(event, EventCorrected)
    assert event.changes == {"changes": {"units": ["开发区"]}}


def test_a_retracted_ref_stays_used() -> None:
    """The number is free, the ref is not."""
    told = (*START, SENT, retracted("送"))
    refused(*told, {**SENT, "title": "另一条"}, field="ref", what="“送”已用于内容不同的")
    assert accepted(*told, {**SENT, "ref": "送二"})


def test_an_extension_may_be_corrected_without_the_others() -> None:
    """It is compared with the commission's own due, not with those that came before it."""
    later = {**EXTENDED, "due": "2022-04-01"}
    assert accepted(*START, ISSUED, EXTENDED, later, corrected(6, due="2022-04-10"))
    refused(
        *START, ISSUED, EXTENDED, corrected(6, due="2022-03-10"), field="changes", what="不晚于"
    )


def test_what_no_longer_is_corrected_names_a_unit_that_is_still_there() -> None:
    """A unit that nothing names may go; then no correction that hides its name may."""
    found = said("FindingMade", "2022-05-01", finding="认1", unit="开发区", kind="plagiarism")
    moved = corrected(5, unit="应县")
    told = (*START, found, moved, retracted(4))
    assert accepted(*told)
    refused(*told, retracted(6), field="target", what="没有登记过单位“开发区”")
    back = corrected(6, changes={"detail": "另一条"})
    refused(*told, back, field="changes", what="没有登记过单位“开发区”")


@pytest.mark.parametrize(
    "amendment",
    [retracted(5), corrected(5, unit="市财政局"), corrected(5, category=None, aliases=["县"])],
)
def test_an_earlier_category_brings_no_unit_under_quotas_that_overlap(amendment: Told) -> None:
    """Retracted, corrected away, or of another unit: the county is one again."""
    changed = said("UnitChanged", "2022-02-01", unit="应县", category="department")
    period = {"kind": "brief", "required": 1, "from": "2022-07-01"}
    of_counties = said("QuotaSet", "2022-06-01", **period, to="2022-09-30", category="county")
    of_one = said("QuotaSet", "2022-06-01", **period, to="2022-08-31", units=["应县"])
    told = (*START, changed, of_counties, of_one)
    field = "target" if amendment["type"] == "EventRetracted" else "changes"
    refused(*told, amendment, field=field, what="都会约束“应县”")
    assert accepted(*told, retracted(6), {**amendment, "target": 5})


def test_a_corrected_correction_has_happened() -> None:
    """Its day may not be brought into the future either."""
    told = (*START, SENT, corrected(5, title="新"))
    refused(*told, corrected(6, on="2099-01-01"), field="changes", what="晚于今天")


def test_a_ref_is_not_written_as_a_position_is() -> None:
    """A correction of ``#2`` would be about another event."""
    refused(*START, {**SENT, "ref": "#2"}, field="ref", what="会被当作事件编号")
    assert accepted(*START, {**SENT, "ref": "#2号"}, retracted("#2号"))
