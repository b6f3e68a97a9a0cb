"""Checks that every event has to pass."""

from __future__ import annotations

from datetime import date

import pytest

from domain.events.codec import encode
from tests.domain.telling import START, accepted, faults, refused, said

MEETING = said("DeploymentStudied", "2022-03-01", unit="应县", topics=["brief"])
TODAY = date(2022, 3, 1)
YESTERDAYS = tuple({**line, "on": "2022-01-01"} for line in START)


@pytest.mark.parametrize("on", ["2022-03-01", "2022-03-01T23:59:59", "2022-03-01T15:59:59Z"])
def test_today_has_happened(on: str) -> None:
    """Any hour of today in Asia/Shanghai, also one still to come."""
    assert accepted(*YESTERDAYS, {**MEETING, "on": on}, today=TODAY)


@pytest.mark.parametrize("on", ["2022-03-02", "2022-03-01T16:00:00Z", "2022-03-02T00:00:00+08:00"])
def test_tomorrow_has_not(on: str) -> None:
    """Midnight in Asia/Shanghai is tomorrow, whatever it is elsewhere."""
    fault = refused(
        *YESTERDAYS, {**MEETING, "on": on}, field="on", what="晚于今天（2022-03-01）", today=TODAY
    )
    assert fault.fix == "只能登记已经发生的事"


@pytest.mark.parametrize(
    "amendment",
    [
        said("EventRetracted", "2022-03-02", target=4, reason="误登"),
        said("EventCorrected", "2022-03-02", target=4, changes={"category": "county"}, reason="错"),
    ],
    ids=lambda line: str(line["type"]),
)
def test_an_amendment_has_happened_too(amendment: dict[str, object]) -> None:
    """Corrections and retractions are events like others."""
    refused(*YESTERDAYS, amendment, field="on", what="晚于今天", today=TODAY)


def test_a_corrected_day_has_happened() -> None:
    """What is corrected to tomorrow is refused where today is not over."""
    moved = {"target": 5, "changes": {"on": "2022-03-02"}, "reason": "错"}
    correction = said("EventCorrected", "2022-03-01", **moved)
    refused(*YESTERDAYS, MEETING, correction, field="changes", what="晚于今天", today=TODAY)


def test_what_is_recorded_fits_into_one_entry() -> None:
    """65,535 bytes and no more, counted as they are stored; corrections and retractions too."""
    bare = len(encode(accepted(*START, {**MEETING, "note": "a"})[-1])) - 1
    assert accepted(*START, {**MEETING, "note": "a" * (65_535 - bare)})
    too_long = {**MEETING, "note": "a" * (65_536 - bare)}
    refused(*START, too_long, field="note", what="共 65536 字节，超过上限 65535")
    reason = {"target": 4, "reason": "长" * 22_000}
    for more in ({"type": "EventRetracted"}, {"type": "EventCorrected", "changes": {"note": "无"}}):
        refused(*START, {"on": "2022-03-01", **reason, **more}, field="note", what="65535")


def test_every_fault_of_a_line_is_told() -> None:
    """No such day, no such unit, topic or field: four faults, one for each."""
    wrong = said("DeploymentStudied", "2022-13-01", unit="应显", topics=["news"], more=1)
    assert {fault.where.field for fault in faults(*START, wrong)} == {
        "on",
        "unit",
        "topics",
        "more",
    }
