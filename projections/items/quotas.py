"""Whether a submission counts towards a quota, as which of how many, and whether it is surplus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from domain.days import day_of, start_of
from domain.events.items import SubmissionReceived
from domain.lines import Case
from domain.rulebook.model import Indicator
from domain.rules.receipts import Period, Receipts, objections, why_in_no_period
from projections.items.decisions import Decision, Question, Reason
from projections.items.known import Item


class Place(NamedTuple):
    """The period in which a submission counts, and as which of those received there."""

    period: Period
    number: int


def quota_decisions(question: Question, item: Item) -> Iterator[Decision]:
    """Return what came of ``item`` for what is required of its kind, and beyond that.

    Where no indicator looks at its kind, each of them says so.
    """
    sent = item.content
    counting = [(each, each.options["kind"]) for each in question.indicators("shortfall")]
    beyond = [(each, tuple(each.points)) for each in question.indicators("surplus")]
    mine = [each for each, kinds in counting + beyond if sent.kind in kinds]
    if not isinstance(sent, SubmissionReceived):
        reason = Reason("merged_item", "合编的信息不计报送条数，各组成部分分别计")
        for each in mine:
            yield _not(item, each, (reason,), item.made.events)
        return
    if not mine:
        for each, kinds in counting + beyond:
            said = "、".join(question.word("kinds", kind) for kind in kinds)
            text = f"这是{question.word('kinds', sent.kind)}，本项只计{said}"
            yield _not(item, each, (Reason("kind", text),), item.made.events)
        return
    yield from _by_place(question, item, mine)


def _by_place(question: Question, item: Item, indicators: list[Indicator]) -> Iterator[Decision]:
    sent = item.content
    case = question.case(f"quota/{sent.kind}/{question.unit.id}", sent.kind)
    place = _place(case, item.made.position)
    for indicator in indicators:
        if place is None:
            reasons, events = _why_not(question, case, item)
            yield _not(item, indicator, reasons, events)
        elif indicator.rule == "shortfall":
            yield _counted(question, item, indicator, place)
        else:
            yield _beyond(question, item, indicator, place)


def _place(case: Case, position: int) -> Place | None:
    for period in Receipts.of(case).periods:
        for number, received in enumerate(period.received, 1):
            if received.position == position:
                return Place(period, number)
    return None


def _counted(question: Question, item: Item, indicator: Indicator, place: Place) -> Decision:
    quota = place.period.quota
    label = question.word("kinds", quota.kind)
    text = (
        f"计入 {quota.first} 至 {quota.last} 的{label}条数：第 {place.number} 条，"
        f"应报 {quota.required} 条"
    )
    reasons = (Reason("counted", text),)
    events = quota.events + item.made.events
    return Decision(indicator, item.number, "报送条数", "counted", reasons, events)


def _beyond(question: Question, item: Item, indicator: Indicator, place: Place) -> Decision:
    quota = place.period.quota
    events = quota.events + item.made.events
    if place.number <= quota.required:
        text = f"是该期第 {place.number} 条，应报 {quota.required} 条，没有超出"
        return _not(item, indicator, (Reason("within_requirement", text),), events)
    text = f"是 {quota.first} 至 {quota.last} 的第 {place.number} 条，应报 {quota.required} 条"
    return question.scored(
        indicator,
        item.number,
        "额外报送",
        at=item.made.position,
        events=events,
        notes=[Reason("beyond", text)],
    )


def _not(
    item: Item, indicator: Indicator, reasons: tuple[Reason, ...], events: tuple[int, ...]
) -> Decision:
    matter = "报送条数" if indicator.rule == "shortfall" else "额外报送"
    return Decision(indicator, item.number, matter, "not_scored", reasons, events)


def _why_not(
    question: Question, case: Case, item: Item
) -> tuple[tuple[Reason, ...], tuple[int, ...]]:
    """Return everything that keeps the submission from counting, and what that rests on."""
    sent = item.content
    assert isinstance(sent, SubmissionReceived)  # noqa: S101  only these are counted
    codes = list(objections(case, sent))
    reasons = [Reason(code, _OBJECTIONS[code](question, sent)) for code in codes]
    events = item.made.events
    at = start_of(sent.on)
    periods = [period for period in Receipts.of(case).periods if period.covers(at)]
    if periods:
        events = periods[0].quota.events + events
    elif "not_author" not in codes:
        code = why_in_no_period(case, sent.on)
        reasons.append(_in_no_period(question, case, sent, code))
        events = case.cycle.events + events
    return tuple(reasons), events


def _in_no_period(question: Question, case: Case, sent: SubmissionReceived, code: str) -> Reason:
    day, label = day_of(sent.on), question.word("kinds", sent.kind)
    if code == "outside_cycle":
        return question.outside_cycle(f"{day} 报送")
    if code == "before_counting":
        first = case.readings.day("quota.counts_from")
        return Reason(code, f"{day} 报送，早于起计日 {first}（口径 quota.counts_from）")
    if code == "no_quota":
        return Reason(code, f"没有登记过本年度对本单位的{label}报送任务，无从计条数")
    spans = (f"{each.quota.first} 至 {each.quota.last}" for each in Receipts.of(case).periods)
    return Reason(code, f"{day} 报送，不在本年度任何一期报送任务之内（{'、'.join(spans)}）")


def _not_author(question: Question, sent: SubmissionReceived) -> str:
    return f"报送单位是{question.names(sent.units)}，不是本单位"


def _content(question: Question, sent: SubmissionReceived) -> str:
    return f"内容属于{question.word('contents', sent.content)}，不计条数"


def _characters(question: Question, sent: SubmissionReceived) -> str:
    path = f"{sent.kind}.min_characters"
    needed = question.point.readings.count(path)
    have = "没有登记字数" if sent.characters is None else f"{sent.characters} 字"
    return f"{have}，不到 {needed} 字（口径 {path}）"


def _unlabelled(_question: Question, _sent: SubmissionReceived) -> str:
    return "没有标注信息类型（口径 submissions.unmarked）"


def _mailbox(question: Question, sent: SubmissionReceived) -> str:
    right = question.point.rulebook.mailboxes[sent.kind]
    return f"寄到 {sent.mailbox}，应寄 {right}（口径 submissions.unmarked）"


_OBJECTIONS: Mapping[str, Callable[[Question, SubmissionReceived], str]] = {
    "not_author": _not_author,
    "content": _content,
    "characters": _characters,
    "unlabelled": _unlabelled,
    "mailbox": _mailbox,
}
