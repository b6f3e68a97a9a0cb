"""Mistakes that the office noticed: corrections and retractions, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, TypeVar

from domain.days import day_of
from domain.events.base import Event
from domain.events.corrections import EventCorrected, EventRetracted
from domain.events.items import FindingMade, ItemAdopted, ItemEndorsed, SubmissionReceived
from domain.events.leadership import DocumentIssued, LeaderInstructed
from infra.demo.workdays import END, working
from infra.demo.year import Entry, Year

_LEAST: Final = 1500
_SLOW: Final = timedelta(days=30)
_E = TypeVar("_E", bound=Event)


@dataclass(slots=True)
class _Eraser:
    """Chooses rows to be amended, none of them twice."""

    year: Year
    entries: list[Entry]
    taken: list[Entry] = field(default_factory=list)

    def choose(
        self, kind: type[_E], fits: Callable[[_E], bool], count: int = 1
    ) -> list[tuple[Entry, _E]]:
        """Return ``count`` rows of ``kind`` that fit, or fewer when there are not so many."""
        fitting = [
            (entry, entry.event)
            for entry in self.entries
            if isinstance(entry.event, kind) and entry not in self.taken and fits(entry.event)
        ]
        chosen = self.year.dice.sample(fitting, min(count, len(fitting)))
        self.taken += [entry for entry, _ in chosen]
        return chosen

    def correct(self, target: Entry, reason: str, **changes: Any) -> None:  # noqa: ANN401  any field value
        """Correct fields of ``target`` some weeks after it was written down."""
        on = self.year.later(target.recorded.date(), 5, 45, last=END)
        event = EventCorrected(on=on, target=0, changes=changes, reason=reason)
        self.year.amend(event, target)

    def retract(self, target: Entry, reason: str) -> None:
        """Take ``target`` back some weeks after it was written down."""
        on = self.year.later(target.recorded.date(), 5, 60, last=END)
        self.year.amend(EventRetracted(on=on, target=0, reason=reason), target)


def amend(year: Year) -> None:
    """Correct eight rows and retract eight, of the kinds in which offices make mistakes."""
    eraser = _Eraser(year, list(year.entries))
    _recount(eraser)
    _reattribute(eraser)
    _redate(eraser)
    _write_twice(eraser)
    _take_back(eraser)


def _recount(eraser: _Eraser) -> None:
    for target, _ in eraser.choose(SubmissionReceived, _short, 3):
        counted = _LEAST + eraser.year.dice.randint(20, 400)
        eraser.correct(target, "原登记漏计附表字数", characters=counted)
    for target, _ in eraser.choose(SubmissionReceived, _barely, 1):
        eraser.correct(target, "原登记把附件目录计入字数", characters=_LEAST - 130)


def _short(event: SubmissionReceived) -> bool:
    return event.kind == "special" and (event.characters or 0) < _LEAST


def _barely(event: SubmissionReceived) -> bool:
    return event.kind == "special" and _LEAST <= (event.characters or 0) < _LEAST + 400


def _reattribute(eraser: _Eraser) -> None:
    for target, event in eraser.choose(SubmissionReceived, _alone):
        author = event.units[0]
        other = eraser.year.pick(t.name for t in eraser.year.tempers if t.name != author)
        eraser.correct(target, "联合报送，漏登一个单位", units=[author, other])
    for target, _ in eraser.choose(ItemAdopted, lambda event: event.level == "city"):
        eraser.correct(target, "采用层级登错，以刊物为准", level="province")
    for target, _ in eraser.choose(ItemEndorsed, _by_the_city):
        eraser.correct(target, "批示人是市委领导，不属政府领导", body="party", leader="市委副书记")


def _alone(event: SubmissionReceived) -> bool:
    ordinary = event.content == "ordinary" and event.labelled
    return event.kind != "commissioned" and len(event.units) == 1 and ordinary


def _by_the_city(event: ItemEndorsed) -> bool:
    return event.level == "city" and event.body == "government"


def _redate(eraser: _Eraser) -> None:
    """Find an instruction that was written long before the day it was put down under."""
    issued = {
        entry.event.document: entry.day
        for entry in eraser.entries
        if isinstance(entry.event, DocumentIssued)
    }
    slow = eraser.choose(
        LeaderInstructed, lambda event: day_of(event.on) > issued[event.document] + _SLOW
    )
    for target, event in slow:
        day = working(issued[event.document] + timedelta(days=9))
        eraser.correct(target, "批示日期抄错，以批示件原件为准", on=day.isoformat())


def _write_twice(eraser: _Eraser) -> None:
    """Let two items be registered a second time, and the second rows be retracted."""
    for first, event in eraser.choose(SubmissionReceived, _alone, 2):
        again = replace(event, item=f"{event.item}B", note=None)
        second = eraser.year.write(again, first, prompt=True)
        eraser.retract(second, f"与信息 {event.item} 重复登记")


def _take_back(eraser: _Eraser) -> None:
    for target, _ in eraser.choose(ItemAdopted, lambda event: event.level != "city", 2):
        eraser.retract(target, "上级刊物撤稿，采用通知作废")
    for target, _ in eraser.choose(FindingMade, lambda event: event.kind == "non_cooperation"):
        eraser.retract(target, "经核实，补充材料已按时发出，邮件被误拦")
    for target, _ in eraser.choose(FindingMade, lambda event: event.kind == "plagiarism"):
        eraser.retract(target, "经单位说明并核对原文，不属抄袭")
    for target, _ in eraser.choose(LeaderInstructed, lambda event: not event.evidence):
        eraser.retract(target, "批示件属于其他单位，登记错误")
    for target, _ in eraser.choose(ItemEndorsed, _by_the_city):
        eraser.retract(target, "批示件是阅件签，不是批示")
