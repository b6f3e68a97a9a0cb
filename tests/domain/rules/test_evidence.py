"""研究部署 and 职责落实: what a unit must show by a due, part by part."""

from __future__ import annotations

import pytest

from tests.domain.sheets import Row, lines_on, rows
from tests.domain.telling import NEXT_YEAR, START, YEAR, Told, said

ALL_TOPICS = ["commissioned", "special", "brief"]
MISSING = Row("-1", "2023-01-16", None, "deployment_missing")
ROSTER = {"leader": "张县长", "agency": "县政府办", "staff": ["李四"]}
LATE = Row("-2", "2022-04-01", None, "duties_late")
PART = Row("-1", "2022-04-01", None, "duty_missing")


def studied(on: str, topics: list[str] | None = None, unit: str = "应县") -> Told:
    """A meeting on some topics, or on all."""
    return said("DeploymentStudied", on, unit=unit, topics=topics or ALL_TOPICS)


def reported(on: str, **parts: object) -> Told:
    """A duty roster with some parts, or with all."""
    return said("DutyRosterReported", on, unit="应县", **(parts or ROSTER))


def never() -> Told:
    """The ruling that late evidence cures nothing."""
    ruled = {"parameter": "evidence.cure", "value": "never", "reason": "会议"}
    return said("RulingMade", "2023-03-01", **ruled)


def test_nothing_recorded_is_one_line_for_each_topic() -> None:
    """Three meetings missed, from the day after the evidence is due; the year's event says so."""
    assert rows(on="deployment") == [MISSING] * 3
    assert {line.events for line in lines_on(on="deployment")} == {(1,)}


def test_each_topic_is_looked_at_by_itself() -> None:
    """Two topics in one meeting in time; the third is still missing."""
    assert rows(studied("2022-05-01", ["special", "brief"]), on="deployment") == [MISSING]


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        ("2023-01-15", "in time"),
        ("2023-01-16", "in time"),  # it would end on the day it begins
        ("2023-01-17", "2023-01-17"),
        ("2023-01-15T23:59:59+08:00", "in time"),
        ("2023-01-16T15:59:59Z", "in time"),
        ("2023-01-16T16:00:00Z", "2023-01-17"),
    ],
)
def test_a_late_meeting_ends_the_lines_from_its_day(day: str, ends: str) -> None:
    """The day is the one in Asia/Shanghai, however the hour was written."""
    expected = [] if ends == "in time" else [MISSING._replace(ends=ends)] * 3
    assert rows(studied(day), on="deployment") == expected


def test_a_late_meeting_cures_nothing_when_so_ruled() -> None:
    """With ``evidence.cure`` never, even the meeting on the day after leaves the lines open."""
    assert rows(studied("2023-01-16"), never(), on="deployment") == [MISSING] * 3


def test_a_meeting_before_the_year_is_not_of_the_year() -> None:
    """1 January counts, 31 December of the year before does not."""
    assert rows(studied("2021-12-31"), on="deployment") == [MISSING] * 3
    assert rows(studied("2022-01-01"), on="deployment") == []


def test_a_meeting_after_the_years_end_counts_for_both_years() -> None:
    """What was studied on 10 January 2023 is in time for 2022's due and within 2023."""
    for year in ("2022", "2023"):
        told = studied("2023-01-10")
        assert rows(told, on="deployment", cycle=year, after=(*START, NEXT_YEAR)) == []


def test_nothing_recorded_is_three_duties_and_the_late_report() -> None:
    """Leader, agency and staff cost 1 each, not reporting them all in time 2 once."""
    assert rows(on="duties") == [LATE, PART, PART, PART]


def test_a_roster_in_time() -> None:
    """All three parts on the due's day leave nothing, also when they come one by one."""
    assert rows(reported("2022-03-31"), on="duties") == []
    parts = [reported(f"2022-02-0{n}", **{key: ROSTER[key]}) for n, key in enumerate(ROSTER, 1)]
    assert rows(*parts, on="duties") == []


def test_a_part_named_late_ends_its_own_line_only() -> None:
    """The part is cured from its day; that the roster was late stays."""
    seen = rows(
        reported("2022-03-01", leader="甲", agency="乙"), reported("2022-05-01"), on="duties"
    )
    assert seen == [LATE, PART._replace(ends="2022-05-01")]


def test_a_roster_on_the_day_after_leaves_only_the_late_report() -> None:
    """Each part's line would end on the day it begins; with ``never`` all four stay."""
    assert rows(reported("2022-04-01"), on="duties") == [LATE]
    assert rows(reported("2022-04-01"), never(), on="duties") == [LATE, PART, PART, PART]


def test_without_a_due_of_their_own_duties_are_due_with_the_evidence() -> None:
    """A year opened without ``duty_due`` takes the evidence's."""
    year = {key: value for key, value in YEAR.items() if key != "duty_due"}
    seen = rows(reported("2023-01-10"), on="duties", after=(year, *START[1:]))
    assert seen == []
    none = rows(on="duties", after=(year, *START[1:]))
    assert {row.begins for row in none} == {"2023-01-16"}


def test_a_corrected_year_moves_the_due() -> None:
    """Lines on the year's duty name the correction that set the due."""
    changes = {"duty_due": "2022-02-28"}
    corrected = said("EventCorrected", "2022-03-05", target=1, changes=changes, reason="通知改期")
    found = lines_on(corrected, on="duties")
    assert {line.effective_from.isoformat() for line in found} == {"2022-03-01"}
    assert {line.events for line in found} == {(1, 5)}
