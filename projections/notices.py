"""Notices: what a sheet cannot say, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.days import next_day
from domain.setting import Unit
from projections.asking import Point


class Notice(NamedTuple):
    """Something missing from a sheet: its code, the indicator, and the stretch of days."""

    code: str
    indicator: str
    text: str
    first: date
    last: date


def notices(point: Point, unit: Unit) -> list[Notice]:
    """Return a notice for each stretch of days that no quota covers."""
    found = []
    for indicator in point.rulebook.indicators.values():
        if indicator.rule != "shortfall":
            continue
        (kind,) = indicator.options["kind"]
        label = point.rulebook.vocabulary["kinds"][kind]
        for first, last in _uncovered(point, unit, kind):
            text = f"{first} 至 {last} 没有{label}报送任务，该时段的{label}及额外报送无法计算"
            found.append(Notice("quota_missing", indicator.id, text, first, last))
    return found


def _uncovered(point: Point, unit: Unit, kind: str) -> Iterator[tuple[date, date]]:
    """Return the stretches, from where counting begins to the cycle's end, without a quota."""
    cursor = max(point.cycle.starts, point.readings.day("quota.counts_from"))
    periods = sorted(
        (quota.first, quota.last)
        for quota in point.setting.quotas
        if quota.kind == kind and quota.covers(unit)
    )
    for first, last in periods:
        if last < cursor or first > point.cycle.ends:
            continue
        if first > cursor:
            yield cursor, first.fromordinal(first.toordinal() - 1)
        cursor = next_day(last)
    if cursor <= point.cycle.ends:
        yield cursor, point.cycle.ends
