"""A file decided as a whole: order, faults all at once, and lines that say what is recorded."""

from __future__ import annotations

import pytest

from tests.domain.telling import START, Told, accepted, decided, refused, said

MEETING = said("DeploymentStudied", "2022-03-01", unit="应县", topics=["brief"])
SENT = said(
    "SubmissionReceived", "2022-03-01", item="1", unit="应县", kind="brief", title="信息"
)  # fmt: skip
USED = said("ItemAdopted", "2022-03-05", item="1", level="city")


def retracted(target: object) -> Told:
    """A retraction."""
    return said("EventRetracted", "2022-06-01", target=target, reason="误登")


def skipped(*files: tuple[Told, ...]) -> list[int]:
    """Return the positions at which lines of the last file were recorded before."""
    _, batch = decided(*files)
    assert batch.faults == []
    return [at for _, at in batch.skipped]


def recorded(*files: tuple[Told, ...]) -> list[int]:
    """Return the positions of the events that the last file adds."""
    _, batch = decided(*files)
    assert batch.faults == []
    return [entry.position for entry in batch.events]


def test_positions_follow_the_order_of_the_file() -> None:
    """Dense, from the one after the head; streams are named in words."""
    _, batch = decided(START, (SENT, USED))
    assert [(entry.position, entry.stream) for entry in batch.events] == [
        (5, "item/1"),
        (6, "item/1"),
    ]


def test_a_line_sees_those_before_it_and_not_those_after() -> None:
    """An adoption after its item is accepted, before it is refused."""
    assert accepted(*START, SENT, USED)
    _, batch = decided((*START, USED, SENT))
    assert [(fault.where.row, fault.where.field) for fault in batch.faults] == [(5, "item")]


def test_all_bad_lines_are_told_and_a_bad_one_hides_no_other() -> None:
    """What a faulty line would have made is not missed again by the lines that name it."""
    bad_item = {**SENT, "kind": "letter"}
    stranger = {**MEETING, "unit": "应显"}
    early = {**USED, "on": "2022-02-01", "item": "2"}
    _, batch = decided((*START, bad_item, USED, stranger, {**SENT, "item": "2"}, early))
    assert [(fault.where.row, fault.where.field) for fault in batch.faults] == [
        (5, "kind"),
        (7, "unit"),
        (9, "on"),
    ]


def test_a_fault_names_rows_of_its_own_file_and_positions_of_the_log() -> None:
    """What is only being decided has no position yet."""
    (fault,) = decided((*START, SENT, SENT | {"title": "又"}))[1].faults
    assert "第 5 行" in fault.what
    assert "#" not in fault.what
    assert "#5" in refused(*START, SENT, SENT | {"title": "又"}, field="item", what="已由").what


def test_a_ref_seen_before_is_skipped_with_the_same_content() -> None:
    """In an earlier file or in the same one; the way a value is written does not matter."""
    first, again = {**SENT, "ref": "甲"}, {**SENT, "ref": "甲", "unit": " 应县政府 "}
    assert skipped(START, (first,), (again,)) == [5]
    assert skipped(START, (first, again)) == [5]


def test_a_ref_with_other_content_is_an_error() -> None:
    """Whatever the type, and also in the same file."""
    first = {**SENT, "ref": "甲"}
    for other in ({**SENT, "ref": "甲", "title": "又"}, {**MEETING, "ref": "甲"}):
        refused(*START, first, other, field="ref", what="“甲”已用于内容不同的")
        (fault,) = decided(START, (first, other))[1].faults
        assert fault.where.field == "ref"


def test_without_a_ref_the_content_is_the_key() -> None:
    """A line equal to a standing event of an earlier file is skipped, in the same file it counts.

    Whether the recorded one has a ref does not matter.
    """
    assert skipped((*START, MEETING), (MEETING,)) == [5]
    assert skipped((*START, {**MEETING, "ref": "甲"}), (MEETING,)) == [5]
    assert recorded((*START, MEETING, MEETING)) == [1, 2, 3, 4, 5, 6]
    assert recorded((*START, MEETING), ({**MEETING, "ref": "甲"},)) == [6]


@pytest.mark.parametrize(
    "more", [{"on": "2022-03-01T00:00:00"}, {"note": "又"}, {"topics": ["special"]}]
)
def test_any_other_content_is_another_event(more: dict[str, object]) -> None:
    """Even midnight instead of the day alone, or a note."""
    assert recorded((*START, MEETING), ({**MEETING, **more},)) == [6]


def test_amendments_are_known_by_their_content_too() -> None:
    """A correction and a retraction handed in again are skipped, and so is what they amend."""
    correction = said("EventCorrected", "2022-06-01", target=5, changes={"note": "甲"}, reason="补")
    file = (*START, MEETING, correction, {**MEETING, "unit": "开发区"}, retracted(7))
    assert skipped(file, file) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_line_that_says_what_a_corrected_event_says_now() -> None:
    """Both the first writing and the corrected one are there already."""
    fixed = said(
        "EventCorrected", "2022-06-01", target=5, changes={"topics": "special"}, reason="补"
    )
    now = {**MEETING, "topics": ["special"]}
    assert skipped((*START, MEETING, fixed), (now, MEETING)) == [5, 5]


def test_what_is_written_by_hand_is_meant() -> None:
    """It is passed over only where what is recorded says the same still, and has the last word."""
    moved = said("EventCorrected", "2022-06-01", target=5, changes={"unit": "开发区"}, reason="错")
    first = said("EventCorrected", "2022-06-01", target=5, changes={"note": "一"}, reason="补")
    quota = said("QuotaSet", "2022-06-01", kind="brief", required=1, from_="2022-07-01",
                 to="2022-09-30")  # fmt: skip
    ruling = said("RulingMade", "2022-06-01", parameter="joint.share", value="split", reason="会议")
    for before, again in (
        ((MEETING, moved), MEETING),
        ((MEETING, first, {**first, "changes": {"note": "二"}}), first),
        ((quota, {**quota, "required": 2}), quota),
        ((ruling, {**ruling, "value": "full"}), ruling),
    ):
        _, batch = decided((*START, *before), (again,), typed=True)
        assert [event.position for event in batch.events] == [5 + len(before)]
        _, batch = decided((*START, *before), (before[-1],), typed=True)
        assert [at for _, at in batch.skipped] == [4 + len(before)]
        assert skipped((*START, *before), (again,)) == [4 + before.index(again) + 1]


def test_a_retracted_event_may_be_recorded_anew() -> None:
    """In a file of its own, it is a new event at a new position."""
    assert recorded((*START, MEETING, retracted(5)), (MEETING,)) == [7]


def test_an_event_recorded_anew_beside_its_retraction() -> None:
    """Retracted and said again in one file, it counts again: nothing standing says it by then."""
    assert recorded((*START, MEETING), (retracted(5), MEETING)) == [6, 7]
