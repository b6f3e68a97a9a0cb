"""The moment of recording: the store's own, one for each transaction, never going back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from infra.store.recorder import EventRecorder
from tests.infra.store.batches import batch

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def test_the_moment_is_utc_of_fixed_width(engine: Engine) -> None:
    """A full second has its six zeros, and a moment of Shanghai is the same moment in UTC."""
    shanghai = datetime(2026, 11, 22, 15, 1, 2, tzinfo=timezone(timedelta(hours=8)))
    recorder = EventRecorder(engine, clock=lambda: shanghai)
    recorder.insert_events(batch("item/1", range(1, 2)))
    assert recorder.head() == (1, "2026-11-22T07:01:02.000000Z")
    assert next(recorder.rows()).recorded_at == "2026-11-22T07:01:02.000000Z"


def test_a_batch_has_one_moment(engine: Engine) -> None:
    """All events of a transaction carry the same moment, however the clock runs."""
    ticks = count()
    recorder = EventRecorder(engine, clock=lambda: NOON + timedelta(seconds=next(ticks)))
    recorder.insert_events(batch("item/1", range(1, 4)))
    recorder.insert_events(batch("item/2", range(1, 3)))
    moments = [row.recorded_at for row in recorder.rows()]
    assert moments == ["2026-11-22T12:00:00.000000Z"] * 3 + ["2026-11-22T12:00:01.000000Z"] * 2


def test_the_moment_never_goes_back(engine: Engine) -> None:
    """A clock that is set back stands still in the log, also one of another recorder."""
    clocks = (NOON, NOON - timedelta(days=400), NOON + timedelta(microseconds=1), NOON)
    for version, clock in enumerate(clocks):
        recorder = EventRecorder(engine, clock=partial(datetime.fromisoformat, clock.isoformat()))
        recorder.insert_events(batch("item/1", range(version, version + 1)))
    assert [row.recorded_at for row in EventRecorder(engine).rows()] == [
        "2026-11-22T12:00:00.000000Z",
        "2026-11-22T12:00:00.000000Z",
        "2026-11-22T12:00:00.000001Z",
        "2026-11-22T12:00:00.000001Z",
    ]


def test_the_stores_own_clock_is_the_machines(recorder: EventRecorder) -> None:
    """Without a clock given, events carry the present moment."""
    before = datetime.now(UTC)
    recorder.insert_events(batch("item/1", range(1, 2)))
    after = datetime.now(UTC)
    recorded = recorder.head().recorded_at
    assert recorded is not None
    assert before <= datetime.fromisoformat(recorded) <= after


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    """A clock that does not say where it hangs records nothing."""
    recorder = EventRecorder(engine, clock=lambda: NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="without a time zone"):
        recorder.insert_events(batch("item/1", range(1, 2)))
    assert recorder.max_notification_id() is None
