"""专报 and 简报: fewer than required, or more."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import next_day
from domain.events.items import SubmissionReceived
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.rules.receipts import Period, Receipts, Received
from domain.setting import Quota


def shortfall(case: Case, indicator: Indicator) -> Iterator[Draft]:
    """Take points for each submission that is missing from a period's requirement.

    One line for each period, from the day after it. Code ``quota_shortfall``. Source: 附件2
    信息报送, third and fourth row.
    """
    if case.number not in indicator.options["kind"]:
        return
    kept: dict[int, tuple[int, Draft]] = case.growing.setdefault(indicator.id, {})
    for place, period in enumerate(Receipts.of(case).periods):
        missing = period.quota.required - len(period.received)
        if missing > 0:
            if place not in kept or kept[place][0] != missing:
                kept[place] = (missing, _short(case, indicator, period.quota, missing))
            yield kept[place][1]


def _short(case: Case, indicator: Indicator, quota: Quota, missing: int) -> Draft:
    label = case.rulebook.vocabulary["kinds"][case.number]
    return Draft(
        points=case.price(indicator) * missing,
        code="quota_shortfall",
        text=f"{label} {quota.first} 至 {quota.last} 应报 {quota.required} 条，少报 {missing} 条",
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
    kept: dict[int, Beyond] = case.growing.setdefault(indicator.id, {})
    for place, period in enumerate(Receipts.of(case).periods):
        if place not in kept:
            kept[place] = Beyond()
        yield from kept[place].drafts(case, indicator, period)


class Beyond:
    """The drafts for what is beyond one period's requirement, each made once."""

    __slots__ = ("_drafts", "_made", "_state")

    def __init__(self) -> None:
        self._made: dict[int, tuple[Received, Draft]] = {}
        self._drafts: list[Draft] = []
        self._state = 0

    def drafts(self, case: Case, indicator: Indicator, period: Period) -> list[Draft]:
        """Return them for the present state of ``period``."""
        if period.state != self._state:
            beyond = period.received[period.quota.required :]
            self._drafts = [self._draft(case, indicator, period.quota, one) for one in beyond]
            self._state = period.state
        return self._drafts

    def _draft(self, case: Case, indicator: Indicator, quota: Quota, received: Received) -> Draft:
        held = self._made.get(received.position)
        if held is None or held[0] is not received:
            held = (received, _surplus(case, indicator, quota, received))
            self._made[received.position] = held
        return held[1]


def _surplus(case: Case, indicator: Indicator, quota: Quota, received: Received) -> Draft:
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
