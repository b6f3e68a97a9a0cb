"""Moments of recording that no clock that is right can have given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.days import day_of, show_recorded
from projections.doctor.check import Check, Examined, Found
from projections.late import days_between

AHEAD = timedelta(minutes=10)
"""How far two clocks may differ before one of them is called wrong."""


def wrong_clock(at: Examined) -> Iterator[Found]:
    """Find what was recorded in the future, and what was recorded on a day before its own.

    Nothing that has not happened yet is accepted, so the clock was wrong at one of the two.
    """
    coming: list[int] = []
    for position in reversed(at.recorded_at):  # the moments never go back
        if datetime.fromisoformat(at.recorded_at[position]) <= at.now + AHEAD:
            break
        coming.append(position)
    if coming:
        last = show_recorded(at.recorded_at[coming[0]])
        text = f"#{coming[-1]} 至 #{coming[0]} 的登记时间还没有到，最后是 {last}"
        yield Found(text, tuple(reversed(coming)))
    for fact in at.known.facts:
        recorded_at = at.recorded_at[fact.position]
        if days_between(fact.event.on, recorded_at) < 0:
            text = (
                f"#{fact.position} 登记于 {show_recorded(recorded_at)}，"
                f"早于发生的那天（{day_of(fact.event.on)}）"
            )
            yield Found(text, fact.events)


CLOCK = Check(
    "登记时间不对",
    "登记时间在将来，或早于发生的那天：登记时电脑的时钟不对。登记时间从不后退，时钟快过一次，"
    "以后的登记也记成那个时间，用时间写的 --known-at 就查不到它们。",
    "核对各台电脑的时钟。登记时间不能改动：--known-at 请用 #编号，并把情况写成说明，"
    "与检查点一起保存。",
    wrong_clock,
)
