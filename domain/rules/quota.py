"""专报 and 简报: fewer than required, or more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter

from domain.days import day_of, next_day, start_of
from domain.events.items import SubmissionReceived
from domain.lines import Case, Draft
from domain.setting import Quota
from domain.standing import Fact


def shortfall(case: Case) -> Iterator[Draft]:
    """Take points for each submission that is missing from a period's requirement.

    One line for each period, from the day after it. Code ``quota_shortfall``. Source: 附件2
    信息报送, third and fourth row; note 1.4 rule 7.
    """
    if case.number not in case.indicator.options["kind"]:
        return
    label = case.rulebook.vocabulary["kinds"][case.number]
    for quota in _in_force(case):
        missing = quota.required - len(_counted(case, quota))
        if missing > 0:
            yield Draft(
                points=case.price() * missing,
                code="quota_shortfall",
                text=f"{label} {quota.first} 至 {quota.last} 应报 {quota.required} 条，"
                f"少报 {missing} 条",
                events=quota.events,
                effective_from=next_day(quota.last),
            )


def surplus(case: Case) -> Iterator[Draft]:
    """Give points for each submission beyond a period's requirement, in the order of receipt.

    A day alone counts as its 00:00, then the position decides. Code ``quota_surplus``. Source:
    附件2 其他加分, first row; note 1.4 rule 8.
    """
    if case.number not in case.indicator.points:
        return
    label = case.rulebook.vocabulary["kinds"][case.number]
    price = case.price(case.number)
    for quota in _in_force(case):
        for received, _, fact in _counted(case, quota)[quota.required :]:
            yield Draft(
                points=price,
                code="quota_surplus",
                text=f"{label} {fact.event.item} 超出应报 {quota.required} 条",  # type: ignore[attr-defined]
                events=quota.events + fact.events,
                effective_from=received.date(),
            )


def _in_force(case: Case) -> list[Quota]:
    """Return the quotas that bind the unit: for each period of the cycle, the last one set."""
    last: dict[tuple[object, object], Quota] = {}
    for quota in case.setting.quotas:
        if quota.kind == case.number and case.cycle.covers(quota.first) and quota.covers(case.unit):
            last[quota.first, quota.last] = quota
    return list(last.values())


def _counted(case: Case, quota: Quota) -> list[tuple[datetime, int, Fact]]:
    """Return the submissions that count in the period, in the order of receipt."""
    counts_from = max(quota.first, case.readings.day("quota.counts_from"))
    return sorted(
        (
            (start_of(fact.event.on), fact.position, fact)
            for fact in case.facts
            if counts_from <= day_of(fact.event.on) <= quota.last and _counts(case, fact)
        ),
        key=itemgetter(0, 1),
    )


def _counts(case: Case, fact: Fact) -> bool:
    sent = fact.event
    if not isinstance(sent, SubmissionReceived):
        return False
    return (
        sent.kind == case.number
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
