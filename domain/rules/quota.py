"""专报 and 简报: fewer than required, or more."""

from __future__ import annotations

from collections.abc import Sequence

from domain.days import next_day
from domain.events.items import SubmissionReceived
from domain.lines import Case, Draft
from domain.rulebook.model import Indicator
from domain.rules.receipts import Period, Receipts, Received
from domain.setting import Quota


def shortfall(case: Case, indicator: Indicator) -> Sequence[Draft]:
    """Take points for each submission that is missing from a period's requirement.

    One line for each period, from the day after it. Code ``quota_shortfall``. Source: 附件2
    信息报送, third and fourth row.
    """
    found: list[Draft] = []
    if case.number not in indicator.options["kind"]:
        return found
    kept: dict[int, tuple[int, Draft]] = case.growing.setdefault(indicator.id, {})
    for place, period in enumerate(Receipts.of(case).periods):
        missing = period.quota.required - len(period.received)
        if missing > 0:
            if place not in kept or kept[place][0] != missing:
                kept[place] = (missing, _short(case, indicator, period.quota, missing))
            found.append(kept[place][1])
    return found


def _short(case: Case, indicator: Indicator, quota: Quota, missing: int) -> Draft:
    label = case.rulebook.vocabulary["kinds"][case.number]
    return Draft(
        points=case.price(indicator) * missing,
        code="quota_shortfall",
        text=f"{label} {quota.first} 至 {quota.last} 应报 {quota.required} 条，少报 {missing} 条",
        events=quota.events,
        effective_from=next_day(quota.last),
    )


def surplus(case: Case, indicator: Indicator) -> Sequence[Draft]:
    """Give points for each submission beyond a period's requirement, in the order of receipt.

    A day alone counts as its 00:00, then the position decides. Code ``quota_surplus``. Source:
    附件2 其他加分, first row.
    """
    found: list[Draft] = []
    if case.number not in indicator.points:
        return found
    kept: dict[int, Beyond] = case.growing.setdefault(indicator.id, {})
    for place, period in enumerate(Receipts.of(case).periods):
        if place not in kept:
            kept[place] = Beyond()
        found += kept[place].drafts(case, indicator, period)
    return found


class Beyond:
    """The drafts for what is beyond one period's requirement, each made once."""

    __slots__ = ("_drafts", "_paid", "_state")

    def __init__(self) -> None:
        self._paid: list[Received] = []
        self._drafts: list[Draft] = []
        self._state = 0

    def drafts(self, case: Case, indicator: Indicator, period: Period) -> list[Draft]:
        """Return them for the present state of ``period``."""
        if period.state != self._state:
            beyond = period.received[period.quota.required :]
            same = len(self._paid) if beyond[: len(self._paid)] == self._paid else 0
            before = zip(self._paid, self._drafts, strict=True) if not same else ()
            made = {id(received): draft for received, draft in before}
            self._drafts = self._drafts[:same] + [
                made.get(id(one)) or _surplus(case, indicator, period.quota, one)
                for one in beyond[same:]
            ]
            self._paid, self._state = beyond, period.state
        return self._drafts


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
