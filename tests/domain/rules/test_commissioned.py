"""约稿报送: commissions that a unit did not answer by the due in force."""

from __future__ import annotations

import pytest

from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, Told, said


def issued(on: str = "2022-05-01", due: str = "2022-05-10", **more: object) -> Told:
    """A commission, to all units unless some are named."""
    return said("CommissionIssued", on, commission="1", topic="春耕", due=due, **more)


def extended(due: str, on: str = "2022-05-09", **more: object) -> Told:
    """More time for it."""
    return said("CommissionExtended", on, commission="1", due=due, **more)


def answered(on: str, *units: str, item: str = "Y1", **more: object) -> Told:
    """A submission that names it."""
    fields = {"item": item, "units": list(units or ("应县",)), "commission": "1", **more}
    return said("SubmissionReceived", on, kind="commissioned", title="春耕", **fields)


def declined(on: str, unit: str = "应县") -> Told:
    """Word that it does not concern the unit."""
    return said("CommissionDeclined", on, commission="1", unit=unit)


def withdrawn(**more: object) -> Told:
    """It is no longer asked for."""
    return said("CommissionWithdrawn", "2022-06-01", commission="1", reason="另行安排", **more)


def overdue(begins: str) -> list[Row]:
    """The line of a commission not answered in time."""
    return [Row("-2", begins, None, "commission_overdue")]


def test_every_unit_addressed_has_to_answer() -> None:
    """Without names it is for all; with names, for those."""
    for unit in ("应县", "市财政局", "开发区"):
        assert rows(issued(), on="commissioned", of=unit) == overdue("2022-05-11")
    told = issued(units=["应县"])
    assert rows(told, on="commissioned") == overdue("2022-05-11")
    assert rows(told, on="commissioned", of="市财政局") == []


@pytest.mark.parametrize(
    ("due", "on", "begins"),
    [
        ("2022-05-10", "2022-05-10", None),
        ("2022-05-10", "2022-05-10T15:59:59Z", None),
        ("2022-05-10", "2022-05-10T16:00:00Z", "2022-05-11"),
        ("2022-05-10T17:00:00", "2022-05-10", None),
        ("2022-05-10T17:00:00", "2022-05-10T17:00:00", None),
        ("2022-05-10T17:00:00", "2022-05-10T09:00:00Z", None),
        ("2022-05-10T17:00:00", "2022-05-10T17:00:01", "2022-05-10"),
        ("2022-05-10T17:00:00", "2022-05-11", "2022-05-10"),
        ("2022-05-10T00:30:00Z", "2022-05-10T08:31:00", "2022-05-10"),
    ],
)
def test_a_due_with_and_without_an_hour(due: str, on: str, begins: str | None) -> None:
    """Hours count where both have one, and no zone means +08:00; a day's due ends with the day."""
    for answer in (answered(on), declined(on)):
        assert rows(issued(due=due), answer, on="commissioned") == (
            overdue(begins) if begins else []
        )


def test_a_late_answer_ends_nothing() -> None:
    """The answer is there, and the points stay lost."""
    assert rows(issued(), answered("2022-05-11"), on="commissioned") == overdue("2022-05-11")


def test_any_kind_of_submission_answers_for_each_of_its_authors() -> None:
    """A joint brief, unmarked and mis-sent, answers for both of its authors and for no third."""
    careless = {"kind": "brief", "labelled": False, "mailbox": "a@b.cn"}
    told = (issued(), {**answered("2022-05-02", "应县", "市财政局"), **careless})
    assert rows(*told, on="commissioned") == rows(*told, on="commissioned", of="市财政局") == []
    assert rows(*told, on="commissioned", of="开发区") == overdue("2022-05-11")


def test_the_last_extension_in_the_log_is_in_force() -> None:
    """For the unit named, and for all where none is; its line names the extension."""
    told = (issued(), extended("2022-05-20"), extended("2022-06-01", units=["应县"]))
    assert rows(*told, on="commissioned") == overdue("2022-06-02")
    assert rows(*told, on="commissioned", of="市财政局") == overdue("2022-05-21")
    assert lines_on(*told, on="commissioned")[0].events == (5, 7)


def test_an_extension_reaches_back() -> None:
    """An answer that was late is in time once the due in force is a later one."""
    told = (issued(), answered("2022-05-15"), extended("2022-05-20", on="2022-06-01"))
    assert rows(*told, on="commissioned", known_at=6) == overdue("2022-05-11")
    assert rows(*told, on="commissioned") == []


def test_a_retracted_extension_was_never_given() -> None:
    """The commission's own due is in force again."""
    gone = said("EventRetracted", "2022-05-30", target=6, reason="误登")
    told = (issued(), extended("2022-05-20"), gone)
    assert rows(*told, on="commissioned") == overdue("2022-05-11")


def test_a_withdrawal_takes_the_line_away() -> None:
    """From all, or from the units named only."""
    assert rows(issued(), withdrawn(), on="commissioned") == []
    told = (issued(), withdrawn(units=["市财政局"]))
    assert rows(*told, on="commissioned", of="市财政局") == []
    assert rows(*told, on="commissioned") == overdue("2022-05-11")


@pytest.mark.parametrize(("day", "year"), [("2022-12-31", "2022"), ("2023-01-01", "2023")])
def test_the_day_of_issue_decides_the_year(day: str, year: str) -> None:
    """Due in the new year, lost in the old one: 31 December counts."""
    for asked in ("2022", "2023"):
        told = issued(day, "2023-01-10")
        seen = rows(told, on="commissioned", cycle=asked, after=(*START, NEXT_YEAR))
        assert seen == (overdue("2023-01-11") if asked == year else [])


def test_29_february_is_a_day() -> None:
    """A due on 28 February of a leap year is past on the 29th."""
    late = {**NEXT_YEAR, "cycle": "2024", "starts": "2024-01-01", "ends": "2024-12-31",
            "evidence_due": "2025-01-15", "duty_due": "2024-03-31"}  # fmt: skip
    told = issued("2024-02-01", "2024-02-28")
    seen = rows(told, on="commissioned", cycle="2024", after=(*START, late))
    assert seen == overdue("2024-02-29")
    assert rows(told, answered("2024-02-29"), on="commissioned", cycle="2024",
                after=(*START, late)) == overdue("2024-02-29")  # fmt: skip


def test_a_commission_corrected_to_be_for_all_is_for_all() -> None:
    """Units are named no more by the correction, and are again when it is taken back."""
    told = issued(units=["应县"])
    to_all = said("EventCorrected", "2022-05-02", target=5, changes={"units": None}, reason="错")
    undone = said("EventRetracted", "2022-05-03", target=6, reason="原登记无误")
    assert rows(told, to_all, on="commissioned", of="市财政局") == overdue("2022-05-11")
    assert rows(told, to_all, undone, on="commissioned", of="市财政局") == []
    assert rows(told, to_all, undone, on="commissioned") == overdue("2022-05-11")


def test_an_answer_corrected_to_be_of_another_unit_bears_on_both() -> None:
    """The first owes an answer again, and the other has given one."""
    told = (issued(units=["应县", "市财政局"]), answered("2022-05-09"))
    moved = said(
        "EventCorrected", "2022-05-12", target=6, changes={"units": ["市财政局"]}, reason="错"
    )
    assert rows(*told, on="commissioned") == []
    assert rows(*told, on="commissioned", of="市财政局") == overdue("2022-05-11")
    assert rows(*told, moved, on="commissioned") == overdue("2022-05-11")
    assert rows(*told, moved, on="commissioned", of="市财政局") == []
