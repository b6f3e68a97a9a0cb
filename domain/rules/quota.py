"""专报 and 简报: fewer than required, or more."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from domain.days import next_day, start_of
from domain.events.base import Event
from domain.events.items import SubmissionReceived
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.setting import Quota
from domain.standing import Fact


class Received(NamedTuple):
    """A submission that counts: when it came in, its position, and the fact."""

    at: datetime
    position: int
    fact: Fact


def shortfall(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for each submission that is missing from a period's requirement.

    One line for each period, from the day after it. Code ``quota_shortfall``. Source: 附件2
    信息报送, third and fourth row.
    """
    if case.number not in indicator.options["kind"]:
        return
    label = case.rulebook.vocabulary["kinds"][case.number]
    for quota in _in_force(case):
        missing = quota.required - len(_counted(case, quota))
        if missing > 0:
            yield Draft(
                points=case.price(indicator) * missing,
                code="quota_shortfall",
                text=f"{label} {quota.first} 至 {quota.last} 应报 {quota.required} 条，"
                f"少报 {missing} 条",
                events=quota.events,
                effective_from=next_day(quota.last),
            )


def surplus(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Give points for each submission beyond a period's requirement, in the order of receipt.

    A day alone counts as its 00:00, then the position decides. Code ``quota_surplus``. Source:
    附件2 其他加分, first row.
    """
    if case.number not in indicator.points:
        return
    drafts: dict[tuple[int, Quota], Draft] = case.growing.setdefault(indicator.id, {})
    for quota in _in_force(case):
        for received in _counted(case, quota)[quota.required :]:
            key = (received.position, quota)
            if key not in drafts:
                drafts[key] = _beyond(case, indicator, quota, received)
            yield drafts[key]


def _beyond(case: Case, indicator: Indicator, quota: Quota, received: Received) -> Draft:
    sent = received.fact.event
    assert isinstance(sent, SubmissionReceived)  # noqa: S101  nothing else is counted
    label = case.rulebook.vocabulary["kinds"][case.number]
    return Draft(
        points=case.price(indicator, case.number),
        code="quota_surplus",
        text=f"{label} {sent.item} 超出应报 {quota.required} 条",
        events=quota.events + received.fact.events,
        effective_from=received.at.date(),
    )


def _in_force(case: Case) -> list[Quota]:
    """Return the quotas that bind the unit: for each period of the cycle, the last one set."""
    if "quotas" not in case.growing:
        last: dict[tuple[date, date], Quota] = {}
        for quota in case.setting.quotas:
            if (
                quota.kind == case.number
                and case.cycle.covers(quota.first)
                and quota.covers(case.unit)
            ):
                last[quota.first, quota.last] = quota
        case.growing["quotas"] = list(last.values())
    found: list[Quota] = case.growing["quotas"]
    return found


def _counted(case: Case, quota: Quota) -> list[Received]:
    """Return the submissions that count in the period, in the order of receipt."""
    if quota not in case.memo:
        countable = _countable(case)
        first = max(quota.first, case.readings.day("quota.counts_from"))
        begin = bisect_left(countable, start_of(first), key=itemgetter(0))
        end = bisect_left(countable, start_of(next_day(quota.last)), key=itemgetter(0))
        case.memo[quota] = countable[begin:end]
    found: list[Received] = case.memo[quota]
    return found


def _countable(case: Case) -> list[Received]:
    """Return the submissions that would count in any period, in the order of receipt."""
    found: list[Received] = case.growing.setdefault("countable", [])
    seen: int = case.growing.get("seen", 0)
    for fact in islice(case.facts, seen, None):
        if _counts(case, fact.event):
            insort(found, Received(start_of(fact.event.on), fact.position, fact))
    case.growing["seen"] = len(case.facts)
    return found


def _counts(case: Case, sent: Event) -> bool:
    return (
        isinstance(sent, SubmissionReceived)
        and sent.kind == case.number
        and case.unit.id in sent.units
        and sent.content == "ordinary"
        and long_enough(case, sent)
        and (case.readings.choice("submissions.unmarked") == "counted" or well_sent(case, sent))
    )


def long_enough(case: Case, sent: SubmissionReceived) -> bool:
    """Tell whether the item has the characters its kind needs; the least number itself counts."""
    path = f"{sent.kind}.min_characters"
    if path not in case.rulebook.parameters:
        return True
    return sent.characters is not None and sent.characters >= case.readings.count(path)


def well_sent(case: Case, sent: SubmissionReceived) -> bool:
    """Tell whether the item was labelled and, where recorded, sent to its kind's mailbox."""
    mailbox = case.rulebook.mailboxes.get(sent.kind)
    return sent.labelled and (
        sent.mailbox is None or mailbox is None or sent.mailbox.casefold() == mailbox.casefold()
    )
