"""What came of an item's adoptions and endorsements, level by level."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.days import day_of
from domain.events.items import ItemAdopted, ItemEndorsed
from domain.lines import Case, show
from domain.rulebook.model import Indicator
from domain.rules.adoption import authors_of, share, uses
from domain.rules.endorsement import paid_once_for, praises
from domain.standing import Fact
from projections.items.decisions import Decision, Question, Reason
from projections.items.known import Item, TakenBack, taken_back
from projections.totals import ZERO


def use_decisions(question: Question, item: Item) -> Iterator[Decision]:
    """Return what came of ``item`` at each level of adoption, and of each endorsement."""
    case = question.case(f"item/{item.number}", item.number)
    authors, rests_on = authors_of(case)
    adopting = question.indicators("adoption")
    mine = [each for each in adopting if item.content.kind in each.options["kind"]]
    for indicator in mine or adopting:
        if not mine:
            kind = question.word("kinds", item.content.kind)
            said = "、".join(question.word("kinds", each) for each in indicator.options["kind"])
            reason = Reason("kind", f"这是{kind}，本项只计{said}")
        elif question.unit.id not in authors:
            reason = _not_author(question, authors)
        else:
            yield from _levels(question, item, indicator, case)
            continue
        yield Decision(indicator, item.number, "采用", "not_scored", (reason,), rests_on)
    for indicator in question.indicators("endorsement"):
        if question.unit.id in authors:
            yield from _endorsements(question, item, indicator, case)
        else:
            reason = _not_author(question, authors)
            yield Decision(indicator, item.number, "批示", "not_scored", (reason,), rests_on)


def _levels(question: Question, item: Item, indicator: Indicator, case: Case) -> Iterator[Decision]:
    for level in indicator.points:
        matter = f"{question.word('levels', level)}采用"
        notes = tuple(_shared(question, case, case.price(indicator, level)))
        rests_on, used = authors_of(case)[1], list(uses(case, level))
        first = next((fact for fact, why_not in used if not why_not), None)
        for fact, why_not in used:
            events = rests_on + fact.events
            if not why_not:
                yield question.scored(
                    indicator, item.number, matter, at=fact.position, events=events, notes=notes
                )
                continue
            reason = question.outside_cycle(f"{day_of(fact.event.on)} 采用")
            if why_not == "repeated" and first:
                reason, events = _repeated_use(fact, first), events + first.events
            yield Decision(indicator, item.number, matter, "not_scored", (reason,), events)
        if not used:
            yield _never(question, item, indicator, level, matter, rests_on)


def _never(  # noqa: PLR0913, PLR0917  what was looked for, and where
    question: Question,
    item: Item,
    indicator: Indicator,
    level: str,
    matter: str,
    rests_on: tuple[int, ...],
) -> Decision:
    reasons = [Reason("not_adopted", f"没有登记过{matter}")]
    taken = taken_back(question.register, item)
    reasons += [
        _taken_back(at, back)
        for at, event, back in taken
        if isinstance(event, ItemAdopted) and event.level == level
    ]
    for whole in item.wholes:
        number = whole.event.item  # type: ignore[attr-defined]
        text = f"已并入“{number}”（#{whole.position}），并入后不再单独采用，看“{number}”的采用"
        reasons.append(Reason("merged_into", text))
        rests_on += whole.events
    return Decision(indicator, item.number, matter, "not_scored", tuple(reasons), rests_on)


def _taken_back(at: int, back: TakenBack) -> Reason:
    return Reason("retracted", f"#{at} 登记过，已由 #{back.by} 撤销：{back.reason}")


def _repeated_use(fact: Fact, first: Fact) -> Reason:
    event = fact.event
    assert isinstance(event, ItemAdopted)  # noqa: S101  what uses() returns
    where = f"（{event.publication}）" if event.publication else ""
    text = (
        f"{day_of(event.on)} 同一级再次采用{where}，只计一次，#{first.position} 已计"
        "（口径 adoption.repeat）"
    )
    return Reason("repeated", text)


def _endorsements(
    question: Question, item: Item, indicator: Indicator, case: Case
) -> Iterator[Decision]:
    rests_on, paid = authors_of(case)[1], dict[object, Fact]()
    endorsed = list(praises(case))
    if not endorsed:
        reasons = [Reason("not_endorsed", "没有登记过领导批示")]
        taken = taken_back(question.register, item)
        reasons += [_taken_back(at, b) for at, e, b in taken if isinstance(e, ItemEndorsed)]
        yield Decision(indicator, item.number, "批示", "not_scored", tuple(reasons), rests_on)
    for fact, why_not in endorsed:
        event = fact.event
        assert isinstance(event, ItemEndorsed)  # noqa: S101  what praises() returns
        government, events = event.body == "government", rests_on + fact.events
        words = ("leaders", event.level) if government else ("bodies", event.body)
        matter = f"{question.word(*words)}{'' if government else '领导'}批示"
        if not why_not:
            if government:
                paid[paid_once_for(case, event)] = fact
            price = case.price(indicator, event.level) if event.level in indicator.points else ZERO
            notes = _shared(question, case, price)
            yield question.scored(
                indicator, item.number, matter, at=fact.position, events=events, notes=notes
            )
            continue
        reason = question.outside_cycle(f"{day_of(event.on)} 批示")
        if why_not == "repeated":
            first = paid[paid_once_for(case, event)]
            reason, events = _repeated_praise(event, first), events + first.events
        yield Decision(indicator, item.number, matter, "not_scored", (reason,), events)


def _repeated_praise(event: ItemEndorsed, first: Fact) -> Reason:
    by = f"（{event.leader}）" if event.leader else ""
    text = f"同一级再次批示{by}，只计一次，#{first.position} 已计（口径 endorsement.per）"
    return Reason("repeated", text)


def _shared(question: Question, case: Case, price: Decimal) -> Iterator[Reason]:
    """Say what several authors make of a price."""
    authors = authors_of(case)[0]
    count = len(authors)
    if count <= 1 or not price:
        return
    said = f"{question.names(authors)} {count} 个单位共同报送"
    if case.readings.choice("joint.share") == "split":
        part = show(share(case, price, count))
        text = f"{said}，{show(price)} 分平分，每个单位 {part} 分（口径 joint.share）"
        yield Reason("split", text)
    else:
        yield Reason("full", f"{said}，各得全分（口径 joint.share）")


def _not_author(question: Question, authors: frozenset[str]) -> Reason:
    return Reason("not_author", f"报送单位是{question.names(authors)}，不是本单位")
