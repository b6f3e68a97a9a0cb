"""Whether an item answered its commission, and what was found wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days import meets, told_moment
from domain.events.commissions import CommissionIssued, CommissionWithdrawn
from domain.events.items import FindingMade, SubmissionReceived
from domain.lines import show
from domain.rulebook.model import Indicator
from domain.rules.commissioned import Duty, answers, duty
from domain.rules.finding import objection
from domain.standing import Fact
from projections.items.decisions import Decision, Question, Reason
from projections.items.known import Item


def answer_decisions(question: Question, item: Item) -> Iterator[Decision]:
    """Return what came of ``item`` as an answer to the commission that it names.

    A submission that names none is no answer; of a kind that is sent for its own sake, because
    so many of it are required, nobody asks.
    """
    sent = item.content
    if not isinstance(sent, SubmissionReceived):
        return
    required = {k for each in question.indicators("shortfall") for k in each.options["kind"]}
    for indicator in question.indicators("commissioned"):
        if sent.commission is not None:
            yield _answer(question, item, indicator, sent.commission)
        elif sent.kind not in required:
            reason = Reason("no_commission", "登记时没有写明答复哪件约稿，不作为任何约稿的答复")
            yield _decided(item, indicator, "not_scored", reason, item.made.events)


def _answer(question: Question, item: Item, indicator: Indicator, commission: str) -> Decision:
    case = question.case(f"commission/{commission}", commission)
    asked, events = duty(case), item.made.events
    mine = answers(case)
    if asked is None:
        reason = Reason("not_issued", f"没有登记过约稿“{commission}”")
        return _decided(item, indicator, "not_scored", reason, events)
    events += asked.events
    if item.made.position not in {fact.position for fact in mine}:
        authors = question.names(item.content.units)  # type: ignore[union-attr]
        reason = Reason("not_author", f"报送单位是{authors}，不是本单位的答复")
        return _decided(item, indicator, "not_scored", reason, events)
    if asked.lifted:
        events += asked.withdrawal.events if asked.withdrawal else ()
        reason = _lifted(question, asked, commission)
        return _decided(item, indicator, "not_scored", reason, events)
    at, due = told_moment(item.made.event.on), _due(asked)
    if meets(item.made.event.on, asked.due):
        reason = Reason("in_time", f"{at} 答复约稿“{commission}”，期限 {due}，按时")
        return _decided(item, indicator, "answered", reason, events)
    return _late(question, item, indicator, asked, mine)


def _late(
    question: Question, item: Item, indicator: Indicator, asked: Duty, mine: list[Fact]
) -> Decision:
    said = f"{told_moment(item.made.event.on)} 才答复，期限 {_due(asked)}，已逾期"
    events = item.made.events + asked.events
    other = next((fact for fact in mine if meets(fact.event.on, asked.due)), None)
    if other:
        text = f"{said}；但 #{other.position} 已按时答复，不扣分"
        reason = Reason("answered_before", text)
        return _decided(item, indicator, "not_scored", reason, events + other.events)
    held = question.line(indicator, asked.issued.position)
    points = f"，未按时答复的 {show(held.line.points)} 分照扣" if held else ""
    return Decision(
        indicator,
        item.number,
        "约稿答复",
        "late",
        (Reason("late", said + points),),
        events,
        against=held,
    )


def _lifted(question: Question, asked: Duty, commission: str) -> Reason:
    issued = asked.issued.event
    assert isinstance(issued, CommissionIssued)  # noqa: S101  what duty() returns
    if asked.lifted == "withdrawn":
        made = asked.withdrawal.event if asked.withdrawal else None
        why = f"：{made.reason}" if isinstance(made, CommissionWithdrawn) else ""
        return Reason("withdrawn", f"约稿“{commission}”已撤回{why}，答不答复都不扣分")
    if asked.lifted == "not_addressed":
        units = question.names(issued.units)
        return Reason("not_addressed", f"约稿“{commission}”发给{units}，没有发给本单位")
    return question.outside_cycle(f"约稿“{commission}”于 {told_moment(issued.on)} 发出")


def _due(asked: Duty) -> str:
    extended = f"（经 #{asked.extension.position} 延期）" if asked.extension else ""
    return told_moment(asked.due) + extended


def _decided(
    item: Item, indicator: Indicator, outcome: str, reason: Reason, events: tuple[int, ...]
) -> Decision:
    return Decision(indicator, item.number, "约稿答复", outcome, (reason,), events)


def finding_decisions(question: Question, item: Item) -> Iterator[Decision]:
    """Return what came of each finding that names ``item``."""
    for fact in item.facts:
        made = fact.event
        if not isinstance(made, FindingMade) or made.item != item.number:
            continue
        case = question.case(f"finding/{made.finding}", made.finding)
        matter = f"问题认定 {made.finding}"
        for indicator in question.indicators("finding"):
            if made.kind not in indicator.options["kinds"]:
                continue
            why_not = objection(case, made)
            if not why_not:
                yield question.scored(
                    indicator, item.number, matter, at=fact.position, events=fact.events
                )
                continue
            label = question.word("findings", made.kind)
            reason = question.outside_cycle(f"{told_moment(made.on)} 认定{label}")
            if why_not == "other_unit":
                text = f"认定{question.names([made.unit])}{label}，不是本单位"
                reason = Reason("other_unit", text)
            yield Decision(indicator, item.number, matter, "not_scored", (reason,), fact.events)
