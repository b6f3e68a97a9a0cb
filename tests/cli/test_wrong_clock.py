"""A machine whose clock was ahead recorded once: the office goes on, and is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from infra.store.rows import moment_text
from tests.attacks.scene import edited
from tests.cli.driving import events_of
from tests.cli.registers import OPENING, brief, studied
from tests.forging import forged
from tests.running import Kaohe

ALL = {"leaves": True, "tree": True, "head": True}
WHAT = ("record", "DeploymentStudied", "on=2022-03-02", "unit=应县", "topics=brief")


def recorded_by_a_clock(kaohe: Kaohe, *positions: int, ahead: timedelta) -> None:
    """Give entries the moment that a clock gives that goes wrong by so much."""
    moment = moment_text(datetime.now(UTC) + ahead)
    forged(kaohe.database, edited(*positions, recorded_at=moment), **ALL)


@pytest.fixture
def ahead(kaohe: Kaohe) -> Kaohe:
    """A register of six events, the last recorded by a clock that is 400 days ahead."""
    kaohe.imports([*OPENING, studied()])
    recorded_by_a_clock(kaohe, 6, ahead=timedelta(days=400))
    return kaohe


def test_recording_goes_on_and_says_so(ahead: Kaohe) -> None:
    """What is recorded afterwards gets that moment too, and whoever records learns of it."""
    said = ahead(*WHAT).stderr
    assert "已登记为 #7" in said
    assert "注意：#6 至 #7 的登记时间还没有到" in said
    assert "#编号" in said
    moments = {event["recorded_at"] for event in events_of(ahead)[5:]}
    assert len(moments) == 1
    assert "注意" in ahead.imports([brief("甲")], "甲.jsonl").stderr
    assert "注意" not in ahead(*WHAT, "--dry-run").stderr


def test_the_doctor_finds_it(ahead: Kaohe) -> None:
    """Everything that was recorded in the future is one finding, with its events."""
    ahead(*WHAT)
    checks = {check["id"]: check for check in ahead.json("doctor")["checks"]}
    (finding,) = checks["wrong_clock"]["findings"]
    assert finding["events"] == [6, 7]
    assert finding["text"].startswith("#6 至 #7 的登记时间还没有到")


def test_verifying_notes_it_and_calls_nobody_a_forger(ahead: Kaohe) -> None:
    """It is a note beside the answer, which stays what it is."""
    answer = ahead("verify", "db")
    assert "全部相符" in answer.stdout
    assert "注意：#6 至 #6 的登记时间还没有到" in answer.stderr
    document = ahead.json("verify", "db")
    assert (document["findings"], len(document["notes"])) == ([], 1)


def test_a_clock_that_is_a_little_ahead_is_none_of_it(kaohe: Kaohe) -> None:
    """Two clocks are never quite the same: nine minutes are left alone."""
    kaohe.imports(OPENING)
    recorded_by_a_clock(kaohe, 5, ahead=timedelta(minutes=9))
    assert "注意" not in kaohe(*WHAT).stderr
    assert kaohe.json("verify", "db")["notes"] == []


def test_the_doctor_finds_a_clock_that_was_behind(kaohe: Kaohe) -> None:
    """What was recorded on a day before its own cannot have been recorded then."""
    kaohe.imports([*OPENING, studied()])
    recorded_by_a_clock(
        kaohe, *range(1, 7), ahead=datetime(2022, 2, 1, tzinfo=UTC) - datetime.now(UTC)
    )
    checks = {check["id"]: check for check in kaohe.json("doctor")["checks"]}
    (finding,) = checks["wrong_clock"]["findings"]
    assert finding["events"] == [6]
    assert "早于发生的那天（2022-03-01）" in finding["text"]
