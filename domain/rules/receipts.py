"""Which submissions count towards the quotas of a unit, kept from step to step as they come in."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from domain.days import Moment, day_of, next_day, start_of
from domain.events.base import Event
from domain.events.items import SubmissionReceived
from domain.lines import Case
from domain.setting import Quota
from domain.standing import Fact


class Received(NamedTuple):
    """A submission that counts: when it came in, its position, and the fact."""

    at: datetime
    position: int
    fact: Fact


class Period:
    """A quota in force, with the submissions that count in it, in the order of receipt.

    ``state`` is another number after each change, so that what was made of it can be kept.
    """

    __slots__ = ("_begins", "_ends", "quota", "received", "state")

    def __init__(self, quota: Quota, counts_from: date) -> None:
        self.quota = quota
        self.received: list[Received] = []
        self.state = 0
        self._begins = start_of(max(quota.first, counts_from))
        self._ends = start_of(next_day(quota.last))

    def covers(self, at: datetime) -> bool:
        """Tell whether what came in at that instant may count in the period."""
        return self._begins <= at < self._ends

    def add(self, came: Iterable[Received]) -> None:
        """Put what came in during the period in its place."""
        for received in came:
            if self.covers(received.at):
                insort(self.received, received)
                self.state += 1

    def clear(self) -> None:
        """Forget what came in."""
        self.received = []
        self.state += 1


class Receipts:
    """The periods of one unit and kind; only what is new is looked at in each step."""

    def __init__(self, case: Case) -> None:
        counts_from = case.readings.day("quota.counts_from")
        self.periods = [Period(quota, counts_from) for quota in _in_force(case)]
        self._facts: Sequence[Fact] = ()
        self._seen = 0
        self._judged: dict[int, tuple[Fact, Received | None]] = {}

    @classmethod
    def of(cls, case: Case) -> Receipts:
        """Return what is kept for ``case``, with its facts taken in."""
        kept: Receipts | None = case.growing.get(cls)
        if kept is None:
            kept = case.growing[cls] = cls(case)
        kept._take_in(case)
        return kept

    def _take_in(self, case: Case) -> None:
        if case.facts is not self._facts:  # one was amended, and may count otherwise now
            self._facts, self._seen = case.facts, 0
            for period in self.periods:
                period.clear()
        if self._seen == len(case.facts):
            return
        new = [self._received(case, fact) for fact in islice(case.facts, self._seen, None)]
        came = sorted(received for received in new if received)
        for period in self.periods:
            period.add(came)
        self._seen = len(case.facts)

    def _received(self, case: Case, fact: Fact) -> Received | None:
        held = self._judged.get(fact.position)
        if held is None or held[0] is not fact:
            at = start_of(fact.event.on)
            counts = any(one.covers(at) for one in self.periods) and _counts(case, fact.event)
            held = (fact, Received(at, fact.position, fact) if counts else None)
            self._judged[fact.position] = held
        return held[1]


def _in_force(case: Case) -> list[Quota]:
    """Return the quotas that bind the unit: for each period of the cycle, the last one set."""
    last: dict[tuple[date, date], Quota] = {}
    for quota in case.setting.quotas:
        if quota.kind == case.number and case.cycle.covers(quota.first) and quota.covers(case.unit):
            last[quota.first, quota.last] = quota
    return list(last.values())


def _counts(case: Case, sent: Event) -> bool:
    return (
        isinstance(sent, SubmissionReceived)
        and sent.kind == case.number
        and next(objections(case, sent), None) is None
    )


def objections(case: Case, sent: SubmissionReceived) -> Iterator[str]:
    """Return everything that keeps a submission of the case's kind from counting in any period.

    Codes: ``not_author``, ``content``, ``characters``, ``unlabelled``, ``mailbox``; one without
    any counts. Source: 附件2 信息报送, first, third and fourth row.
    """
    if case.unit.id not in sent.units:
        yield "not_author"
    if sent.content != "ordinary":
        yield "content"
    if not long_enough(case, sent):
        yield "characters"
    if case.readings.choice("submissions.unmarked") == "counted":
        return
    if not sent.labelled:
        yield "unlabelled"
    if not well_addressed(case, sent):
        yield "mailbox"


def why_in_no_period(case: Case, at: Moment) -> str:
    """Return why a submission of that moment, which may count, is in none of the periods.

    Codes: ``outside_cycle``, ``before_counting``, ``no_quota`` where nothing is required of the
    unit, ``no_period`` where that is required of other days only.
    """
    if not case.cycle.covers(day_of(at)):
        return "outside_cycle"
    if day_of(at) < case.readings.day("quota.counts_from"):
        return "before_counting"
    return "no_period" if Receipts.of(case).periods else "no_quota"


def long_enough(case: Case, sent: SubmissionReceived) -> bool:
    """Tell whether the item has the characters its kind needs; the least number itself counts."""
    path = f"{sent.kind}.min_characters"
    if path not in case.rulebook.parameters:
        return True
    return sent.characters is not None and sent.characters >= case.readings.count(path)


def well_addressed(case: Case, sent: SubmissionReceived) -> bool:
    """Tell whether the item was sent to its kind's mailbox, where that is recorded."""
    mailbox = case.rulebook.mailboxes.get(sent.kind)
    return sent.mailbox is None or mailbox is None or sent.mailbox.casefold() == mailbox.casefold()
