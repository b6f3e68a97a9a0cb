"""Days that lie far from the day of recording: often a year typed wrongly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from domain.days import SHANGHAI, day_of
from domain.standing import Fact
from projections.doctor.check import Check, Examined, Found
from projections.known import Known
from projections.late import days_between


def far_from_recording(at: Examined) -> Iterator[Found]:
    """Find events whose day, as it stands, is far from the day on which they were recorded.

    What was imported from one file on one day is told together. Events of another year are left
    to that year; a day that lies in no year at all is told with every one.
    """
    batches: dict[tuple[str, date], list[tuple[int, Fact]]] = defaultdict(list)
    for fact in at.known.facts:
        recorded_at = at.recorded_at[fact.position]
        apart = days_between(fact.event.on, recorded_at)
        if abs(apart) > at.far and not _elsewhere(at.known, day_of(fact.event.on)):
            source = fact.event.source
            recorded = datetime.fromisoformat(recorded_at).astimezone(SHANGHAI).date()
            batches[source.file if source else "", recorded].append((apart, fact))
    for (file, recorded), held in batches.items():
        apart, most = max(held, key=lambda pair: (abs(pair[0]), -pair[1].position))
        text = (
            f"{file or '逐条登记'}：{recorded} 登记的 {len(held)} 条，"
            f"相差最多的是 #{most.position}（{day_of(most.event.on)} 发生，{apart} 天）"
        )
        yield Found(text, tuple(sorted({e for _, fact in held for e in fact.events})))


def _elsewhere(known: Known, day: date) -> bool:
    others = (each for name, each in known.point.setting.cycles.items())
    return not known.point.cycle.covers(day) and any(each.covers(day) for each in others)


FAR = Check(
    "发生和登记相隔太久",
    "发生日期和登记的那天相差太多（天数用 --far 指明），可能是年份写错，也可能是事后补录。",
    "抽查来源的行：日期写错的用 kaohe correct 更正；事后补录的，在备注里写明。",
    far_from_recording,
)
