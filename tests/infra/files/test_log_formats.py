"""Logs of any length written in bounded memory."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from domain.told import Basis, ToldEvent, show_effect
from infra.files.log_formats import FORMATS, write_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASIS = Basis("2022", "2022-12-31", 100_000)
NOON = datetime(2022, 7, 1, 4, tzinfo=UTC)
MEGABYTES = 1 << 20


def rows(count: int) -> Iterator[ToldEvent]:
    """Return so many different rows, each made when it is asked for."""
    for at in range(1, count + 1):
        yield ToldEvent(
            position=at,
            units=("应县", f"第{at}局"),
            summary=f"信息 {at}《第 {at} 件》被市政府办公室采用，" + "说明" * 50,
            type="ItemAdopted",
            label="信息采用",
            on=date(2022, 7, 1),
            recorded_at=NOON + timedelta(seconds=at),
            actor="张三",
            ref=f"标识{at}",
            source=None,
            corrected_by=(),
            retracted_by=None,
            effect={"应县": Decimal(2)},
        )


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_a_longer_log_takes_no_more_memory(tmp_path: Path, form: str) -> None:
    """What four times as many rows need at most is what the first quarter needs."""
    peaks = []
    for count in (500, 10_000, 40_000):  # the first loads the libraries
        tracemalloc.start()
        write_log(tmp_path / f"{count}.{form}", rows(count), BASIS, form=form)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + MEGABYTES
    assert peaks[2] < 24 * MEGABYTES


def test_effects_are_written_as_an_office_does() -> None:
    """With a sign, without superfluous zeros, one unit after the other."""
    effect = {"应县": Decimal("2.50"), "怀仁市": Decimal(-1), "开发区": Decimal(0)}
    assert show_effect(effect) == "应县 +2.5；怀仁市 -1；开发区 0"
    assert show_effect({}) == ""
