"""Rules 7 and 8: what was sent in against what was required, and the days no quota covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .scheme import MAILBOX
from .times import ONE_DAY, when
from .year import Line, Unit, Year, authors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .facts import Fact

KINDS = ("special", "brief")


def covers(quota: Fact, unit: Unit) -> bool:
    """Is the quota one for this unit? Units decide before the category, neither means all."""
    if quota.get("units"):
        return unit.name in quota["units"]
    category = quota.get("category")
    return not category or unit.category_on(when(quota["from"]).day) == category


def _quotas(year: Year, unit: Unit, kind: str) -> list[Fact]:
    return [f for f in year.every("QuotaSet") if f["kind"] == kind and covers(f, unit)]


def _in_force(year: Year, unit: Unit, kind: str) -> list[Fact]:
    """For each period that begins in the cycle, the quota with the greatest position."""
    last: dict[tuple[date, date], Fact] = {}
    for quota in _quotas(year, unit, kind):
        period = when(quota["from"]).day, when(quota["to"]).day
        if year.holds(period[0]):
            last[period] = quota
    return list(last.values())


def _counts(year: Year, submission: Fact) -> bool:
    """Does it count for a quota at all, by its day, content, label, mailbox and length?"""
    readings, kind = year.scheme.readings, submission["kind"]
    if submission.day < when(str(readings["quota.counts_from"])).day:
        return False
    if (submission.get("content") or "ordinary") != "ordinary":
        return False
    marked = submission.get("labelled") is not False
    well_sent = submission.get("mailbox") in (None, MAILBOX[kind])
    if readings["submissions.unmarked"] != "counted" and not (marked and well_sent):
        return False
    shortest = int(readings["special.min_characters"])
    return kind != "special" or (submission.get("characters") or 0) >= shortest


def _counted(year: Year, unit: Unit, quota: Fact) -> list[Fact]:
    """The submissions that count for the unit in the quota's period, in order of valid time."""
    first, last = when(quota["from"]).day, when(quota["to"]).day
    found = [
        fact
        for fact in year.every("SubmissionReceived")
        if fact["kind"] == quota["kind"]
        and unit.name in authors(fact)
        and first <= fact.day <= last
        and _counts(year, fact)
    ]
    return sorted(found, key=lambda fact: (fact.when.moment, fact.position))


def shortfall(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 7: each submission missing at the end of a period."""
    for kind in KINDS:
        for quota in _in_force(year, unit, kind):
            missing = quota["required"] - len(_counted(year, unit, quota))
            if missing > 0:
                points = year.scheme.prices[kind] * missing
                starts = when(quota["to"]).day + ONE_DAY
                yield Line(kind, points, starts, None, "quota_shortfall", quota.rests)


def surplus(year: Year, unit: Unit) -> Iterator[Line]:
    """Rule 8: each counted submission beyond the required number."""
    for kind in KINDS:
        price = year.scheme.prices["surplus." + kind]
        for quota in _in_force(year, unit, kind):
            for extra in _counted(year, unit, quota)[quota["required"] :]:
                yield Line("surplus", price, extra.day, None, "quota_surplus", extra.rests)


def notices(year: Year, unit: Unit) -> Iterator[list[str]]:
    """`[quota_missing, kind, first day, last day]` for each stretch that no quota covers."""
    counts_from = when(str(year.scheme.readings["quota.counts_from"])).day
    for kind in KINDS:
        periods = [
            (when(quota["from"]).day, when(quota["to"]).day) for quota in _quotas(year, unit, kind)
        ]
        stretch: list[date] = []
        day = max(counts_from, year.starts)
        while day <= year.ends:
            if any(first <= day <= last for first, last in periods):
                yield from _notice(kind, stretch)
                stretch = []
            else:
                stretch.append(day)
            day += ONE_DAY
        yield from _notice(kind, stretch)


def _notice(kind: str, stretch: list[date]) -> Iterator[list[str]]:
    if stretch:
        yield ["quota_missing", kind, stretch[0].isoformat(), stretch[-1].isoformat()]


RULES = (shortfall, surplus)
