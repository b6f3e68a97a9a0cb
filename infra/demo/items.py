"""What comes in: answers to commissions, and the 专报 and 简报 that units send of themselves."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from domain.days import start_of
from domain.events.items import SubmissionReceived
from infra.demo.drafts import Draft
from infra.demo.setting import REQUIRED
from infra.demo.tempers import Temper
from infra.demo.workdays import FIRST, LAST
from infra.demo.year import Entry, Year

_LETTERS: Final = {"commissioned": "Y", "special": "Z", "brief": "J"}
_MAILBOXES: Final = {
    "commissioned": "szszwxx@126.com",
    "special": "szxxgkk@126.com",
    "brief": "szxxgkk@126.com",
}
_CHARACTERS: Final = {"commissioned": (800, 3500), "special": (1500, 4200), "brief": (400, 1400)}
_TOO_SHORT: Final = (980, 1490)
_OTHER_CONTENTS: Final = ("party_affairs", "meeting_news", "leader_activity", "news_report")
_FIRST_HALF: Final = (FIRST, date(2022, 6, 30), {"special": 3.0, "brief": 14.0})
_QUARTERS: Final = (
    (date(2022, 7, 1), date(2022, 9, 30)),
    (date(2022, 10, 8), LAST),
)


class Item(NamedTuple):
    """An item that came in: its row, its number, its kind, who wrote it.

    ``slip`` says how it was mis-sent, if it was. What was, is too short or is no information at
    all is not ``sound``, and nobody takes it up.
    """

    entry: Entry
    number: str
    kind: str
    authors: tuple[Temper, ...]
    slip: str | None
    sound: bool

    @property
    def skill(self) -> float:
        """How well it is written."""
        return max(author.skill for author in self.authors)


def drafts(year: Year) -> list[Draft]:
    """Return the 专报 and 简报 that units send of themselves, a little around their quotas."""
    found: list[Draft] = []
    for temper in year.tempers:
        first, last, usual = _FIRST_HALF
        for kind, count in usual.items():
            found += _some(year, temper, kind, round(count * temper.diligence), (first, last))
        for quarter in _QUARTERS:
            for kind, required in REQUIRED[temper.unit.category].items():
                pace = 0.45 + 0.65 * temper.diligence + year.dice.uniform(-0.2, 0.3)
                found += _some(year, temper, kind, round(required * pace), quarter)
    return found


def _some(
    year: Year, temper: Temper, kind: str, count: int, span: tuple[date, date]
) -> list[Draft]:
    found = []
    for _ in range(count):
        on = min(LAST, year.day(*span))
        content = year.pick(_OTHER_CONTENTS) if year.chance(0.035) else "ordinary"
        authors = [temper]
        if content == "ordinary" and year.chance(0.04):
            authors += [other for other in year.some(year.tempers, 1) if other != temper]
        title = year.titles.make(temper.unit, kind, content, on.month)
        found.append(Draft(on, tuple(authors), kind, title, content))
    return found


def receive(year: Year, sent: list[Draft]) -> list[Item]:
    """Write down all that was ``sent``, numbered in the order in which it came in."""
    return [_received(year, draft) for draft in sorted(sent, key=lambda d: start_of(d.on))]


def _received(year: Year, draft: Draft) -> Item:
    number = year.number(_LETTERS[draft.kind])
    short = draft.kind == "special" and year.chance(0.05)
    span = _TOO_SHORT if short else _CHARACTERS[draft.kind]
    careless = 0.05 * (1.2 - draft.authors[0].diligence)
    unlabelled = draft.kind != "commissioned" and year.chance(careless)
    mis_sent = year.chance(careless / 2)
    mailbox = _MAILBOXES["special" if draft.kind == "commissioned" else "commissioned"]
    received = SubmissionReceived(
        on=draft.on,
        item=number,
        units=tuple(author.name for author in draft.authors),
        kind=draft.kind,
        title=draft.title,
        characters=year.dice.randint(*span),
        content=draft.content,
        labelled=not unlabelled,
        mailbox=mailbox if mis_sent else _MAILBOXES[draft.kind],
        commission=draft.commission,
    )
    entry = year.write(received, *draft.after)
    slip = "未标注信息类型" if unlabelled else "寄错邮箱" if mis_sent else None
    sound = draft.content == "ordinary" and not short and slip is None
    return Item(entry, number, draft.kind, draft.authors, slip, sound)
