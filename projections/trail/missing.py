"""For a line that rests on something missing: what was looked for, by when, and what there is.

Each function takes up one code of lines, asks the same facts as the rule did, and says what would
have kept the line away. What was found and is not enough is named, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from domain.days import Moment, day_of, show_moment, start_of, told_moment
from domain.events.commissions import CommissionIssued
from domain.events.items import ItemEndorsed, SubmissionReceived
from domain.events.leadership import DocumentIssued, StaffChanged
from domain.events.setting import QuotaSet
from domain.lines import Case, Line
from domain.rules.commissioned import answers, duty
from domain.rules.evidence import PARTS, named, part_text, showing, studied, topic_text
from domain.rules.instruction import due_of, instructions
from domain.rules.liaison import notice_due, notices
from domain.standing import Fact
from projections.items.decisions import Question
from projections.items.known import item_known
from projections.items.quotas import quota_decisions


class Found(NamedTuple):
    """An event that was found where something was looked for, and what is to be said of it."""

    fact: Fact
    counts: bool
    text: str


class Missing(NamedTuple):
    """What was looked for, until when it was due, and what there is of it.

    ``required`` is a number where several were due. ``due`` is nothing where nothing had to be.
    """

    looked_for: str
    due: Moment | None
    found: tuple[Found, ...] = ()
    required: int | None = None

    @property
    def positions(self) -> set[int]:
        """The events that were found, with what corrected them."""
        return {at for one in self.found for at in one.fact.events}

    def document(self, line: Line, upto: int, as_of: Moment) -> dict[str, Any]:
        """Return this for the document; the log was searched up to position ``upto``."""
        counted = sum(one.counts for one in self.found)
        return {
            "looked_for": self.looked_for,
            "due": None if self.due is None else show_moment(self.due),
            "required": self.required,
            "counted": counted if self.required is not None else None,
            "upto": upto,
            "pending": line.effective_from > day_of(as_of),
            "found": [
                {"event": one.fact.position, "counts": one.counts, "text": one.text}
                for one in sorted(self.found, key=_order)
            ],
        }


def _order(one: Found) -> tuple[Any, int]:
    return start_of(one.fact.event.on), one.fact.position


def missing_behind(line: Line, question: Question) -> Missing | None:
    """Return what ``line`` rests on that is not there; nothing for a line that rests on events.

    ``question`` is about the unit's sheet at the point at which the line is known.
    """
    look = _LOOK.get(line.code)
    return look(line, question) if look else None


def _commission(line: Line, question: Question) -> Missing | None:
    issued = _named_by(line, question, CommissionIssued)
    if issued is None:
        return None
    number = issued.event.commission  # type: ignore[attr-defined]
    case = question.case(f"commission/{number}", number)
    asked = duty(case)
    if asked is None:
        return None
    what = f"{_unit(question)}对约稿 {number} 的报送，或与本单位无关的反馈"
    late = tuple(_late(fact, "答复") for fact in answers(case))
    return Missing(what, asked.due, late)


def _instruction(line: Line, question: Question) -> Missing | None:
    issued = _named_by(line, question, DocumentIssued)
    if issued is None:
        return None
    document = issued.event
    assert isinstance(document, DocumentIssued)  # noqa: S101  chosen by its type
    case = question.case(f"document/{document.document}", document.document)
    what = f"{_unit(question)}主要领导在 {document.document}《{document.title}》上的批示"
    late = tuple(_late(fact, "批示") for fact in instructions(case))
    return Missing(what, due_of(case, document), late)


def _deployment(line: Line, question: Question) -> Missing | None:
    case = question.case(f"deployment/{question.unit.id}", question.unit.id)
    for topic in question.point.rulebook.indicators[line.indicator].options["topics"]:
        if topic_text(case, topic) == line.text:
            label = question.word("topics", topic)
            what = f"{_unit(question)}在本年度内对{label}任务的会议研究部署"
            return _shown(case, what, case.cycle.evidence_due, partial(studied, topic), "研究部署")
    return None


def _duty(line: Line, question: Question) -> Missing | None:
    case = question.case(f"duties/{question.unit.id}", question.unit.id)
    due = case.cycle.duty_due
    for part in PARTS:
        if part_text(case, part) == line.text:
            what = (
                f"{_unit(question)}在本年度内报送的职责名单，其中明确{question.word('roles', part)}"
            )
            return _shown(case, what, due, partial(named, part), "报送")
    return None


def _roster(line: Line, question: Question) -> Missing | None:
    del line
    case = question.case(f"duties/{question.unit.id}", question.unit.id)
    parts = "、".join(question.word("roles", part) for part in PARTS)
    what = f"{_unit(question)}在本年度内报送的职责名单，{parts}都要报齐"
    due = case.cycle.duty_due

    def any_part(event: Any) -> bool:  # noqa: ANN401  any event
        return any(named(part, event) for part in PARTS)

    found = []
    for fact in showing(case, any_part):
        has = "、".join(question.word("roles", part) for part in PARTS if named(part, fact.event))
        in_time = day_of(fact.event.on) <= due
        text = f"{told_moment(fact.event.on)} 报送，有{has}" + ("" if in_time else "，已逾期")
        found.append(Found(fact, counts=in_time, text=text))
    return Missing(what, due, tuple(found))


def _shown(case: Case, what: str, due: Moment, shows: Callable[[Any], bool], verb: str) -> Missing:
    return Missing(what, due, tuple(_late(fact, verb) for fact in showing(case, shows)))


def _change(line: Line, question: Question) -> Missing | None:
    changed = _named_by(line, question, StaffChanged)
    if changed is None:
        return None
    change = changed.event
    assert isinstance(change, StaffChanged)  # noqa: S101  chosen by its type
    case = question.case(f"change/{change.change}", change.change)
    what = f"{_unit(question)}告知人员变动 {change.change}"
    late = tuple(_late(fact, "告知") for fact in notices(case))
    return Missing(what, notice_due(case, change), late)


def _quota(line: Line, question: Question) -> Missing | None:
    setting = _named_by(line, question, QuotaSet)
    if setting is None:
        return None
    quota = setting.event
    assert isinstance(quota, QuotaSet)  # noqa: S101  chosen by its type
    label = question.word("kinds", quota.kind)
    what = (
        f"{_unit(question)} {quota.from_} 至 {quota.to} 报送、"
        f"符合要求的{label}，应报 {quota.required} 条"
    )
    found = tuple(_received(line, question, quota))
    return Missing(what, quota.to, found, quota.required)


def _received(line: Line, question: Question, quota: QuotaSet) -> Iterator[Found]:
    topic = f"quota/{quota.kind}/{question.unit.id}"
    for fact in question.register.facts(topic):
        sent = fact.event
        mine = isinstance(sent, SubmissionReceived) and question.unit.id in sent.units
        if not mine or not quota.from_ <= day_of(sent.on) <= quota.to:
            continue
        item = item_known(question.register, sent.item)  # type: ignore[attr-defined]
        made = quota_decisions(question, item) if item else ()
        for decision in made:
            if decision.indicator.id == line.indicator:
                text = "；".join(reason.text for reason in decision.reasons)
                yield Found(fact, decision.outcome == "counted", f"{sent.item}：{text}")  # type: ignore[attr-defined]


def _adoption(line: Line, question: Question) -> Missing | None:
    endorsed = _named_by(line, question, ItemEndorsed)
    if endorsed is None:
        return None
    number = endorsed.event.item  # type: ignore[attr-defined]
    return Missing(f"信息 {number} 被任何一级采用的登记", None)


def _late(fact: Fact, verb: str) -> Found:
    return Found(fact, counts=False, text=f"{told_moment(fact.event.on)} {verb}，晚于期限")


def _named_by(line: Line, question: Question, kind: type[Any]) -> Fact | None:
    """Return the first event that the line rests on that is of that kind, as it stands."""
    return next(_facts(line.events, question, kind), None)


def _facts(events: Iterable[int], question: Question, kind: type[Any]) -> Iterator[Fact]:
    for at in events:
        entry = question.register.entry(at)
        fact = entry.fact(at) if entry else None
        if fact is not None and isinstance(fact.event, kind):
            yield fact


def _unit(question: Question) -> str:
    return question.unit.name_on(question.point.as_of)


_LOOK: Mapping[str, Callable[[Line, Question], Missing | None]] = {
    "commission_overdue": _commission,
    "instruction_missing": _instruction,
    "deployment_missing": _deployment,
    "duty_missing": _duty,
    "duties_late": _roster,
    "change_unreported": _change,
    "quota_shortfall": _quota,
    "endorsed_not_adopted": _adoption,
}
