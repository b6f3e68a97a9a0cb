"""Checks of submissions, merged items, adoptions, endorsements and findings."""

from __future__ import annotations

from datetime import date

from domain.days import day_of
from domain.decisions.checking import Desk, Found, Wrong, existing, new_number, not_before
from domain.events.base import Event
from domain.events.commissions import CommissionIssued
from domain.events.items import (
    FindingMade,
    ItemAdopted,
    ItemEndorsed,
    ItemsMerged,
    SubmissionReceived,
)
from domain.standing import Fact

_LAST = 2**63
"""Greater than any position."""


def submission_received(event: SubmissionReceived, desk: Desk) -> Found:
    """Need a new item number, authors, and a commission that addresses one of them.

    The number of characters is needed for the kinds that have a least number of them.
    """
    yield from new_number(desk, event, "item", "信息编号")
    if len(set(event.units)) != len(event.units):
        yield Wrong("units", "同一个单位写了两次", "每个报送单位只写一次")
    if not event.units:
        yield Wrong("units", "没有写报送单位", "至少写一个单位")
    path = f"{event.kind}.min_characters"
    if event.characters is None and any(path in b.parameters for b in desk.books(day_of(event.on))):
        yield Wrong("characters", "缺少字数", "这类信息按字数统计，请填写整数字数")
    if event.commission is None:
        return
    issued, wrong = existing(desk, f"commission/{event.commission}", "commission", "约稿")
    yield from wrong
    asked = issued.event.units if issued and isinstance(issued.event, CommissionIssued) else ()
    if asked and not set(asked) & set(event.units):
        units = "、".join(asked)
        yield Wrong(
            "commission",
            f"约稿“{event.commission}”没有发给任何一个报送单位",
            f"发给的单位是：{units}",
        )


def items_merged(event: ItemsMerged, desk: Desk) -> Found:
    """Need a new item number, and parts that exist, are in no other item and not used later."""
    yield from new_number(desk, event, "item", "信息编号")
    if len(set(event.items)) != len(event.items) or not event.items:
        yield Wrong("items", "合编的各条信息应至少一条且互不相同", "请逐条写出信息编号，每条一次")
    for part in event.items:
        if part == event.item:
            yield Wrong(
                "items", f"信息“{part}”不能是它自己的组成部分", "请给合编后的信息一个新编号"
            )
            continue
        _, wrong = existing(desk, f"item/{part}", "items", "信息")
        yield from wrong
        if event.item in _parts_of(part, desk):
            yield Wrong("items", f"信息“{part}”本身由“{event.item}”合编而成", "合编不能互相包含")
        yield from _free(part, event, desk)


def _free(part: str, event: ItemsMerged, desk: Desk) -> Found:
    """Find out whether ``part`` is in another item already, or was used after the merger."""
    for fact in desk.facts(f"item/{part}"):
        other = fact.event
        if isinstance(other, ItemsMerged) and part in other.items:
            what = f"信息“{part}”已并入“{other.item}”（{desk.at(fact.position)}）"
            yield Wrong("items", what, "一条信息只能并入一条")
        if isinstance(other, ItemAdopted | ItemEndorsed) and other.item == part:
            verb = "采用" if isinstance(other, ItemAdopted) else "批示"
            if _order(fact) > _order_of(event, desk):
                at = f"{day_of(other.on)}，{desk.at(fact.position)}"
                what = f"信息“{part}”在合编以后还单独被{verb}（{at}）"
                yield Wrong("items", what, f"请核对日期；以后的{verb}应登记在“{event.item}”名下")


def _parts_of(item: str, desk: Desk) -> set[str]:
    """Return everything that ``item`` was merged from, parts of parts included."""
    found: set[str] = set()
    waiting = [item]
    while waiting:
        maker = desk.maker(f"item/{waiting.pop()}")
        if maker and isinstance(maker.event, ItemsMerged):
            new = set(maker.event.items) - found
            found |= new
            waiting += new
    return found


def item_adopted(event: ItemAdopted, desk: Desk) -> Found:
    """Need an item that exists, was received by then, and is no part of a merged one."""
    yield from _used(event, desk, "采用")


def item_endorsed(event: ItemEndorsed, desk: Desk) -> Found:
    """Need an item that exists, was received by then, and is no part of a merged one."""
    yield from _used(event, desk, "批示")


def finding_made(event: FindingMade, desk: Desk) -> Found:
    """Need a new finding number."""
    yield from new_number(desk, event, "finding", "问题编号")


def _used(event: ItemAdopted | ItemEndorsed, desk: Desk, what: str) -> Found:
    topic = f"item/{event.item}"
    made, wrong = existing(desk, topic, "item", "信息")
    yield from wrong
    if made:
        yield from not_before(desk, event, _received(event.item, made, desk), "信息报送")
    for fact in desk.facts(topic):
        merged = fact.event
        if (
            isinstance(merged, ItemsMerged)
            and event.item in merged.items
            and _order(fact) < _order_of(event, desk)
        ):
            yield Wrong(
                "item",
                f"信息“{event.item}”已并入“{merged.item}”（{desk.at(fact.position)}），"
                f"不能再单独{what}",
                f"请登记“{merged.item}”的{what}",
            )


def _received(item: str, made: Fact, desk: Desk) -> Fact:
    """Return what completed ``item``: a merged one was received with the last of its parts."""
    makers = (desk.maker(f"item/{part}") for part in _parts_of(item, desk))
    return max([made, *filter(None, makers)], key=lambda fact: day_of(fact.event.on))


def _order(fact: Fact) -> tuple[date, int]:
    """Return when something happened: the day decides, and on one day the order of the log."""
    return day_of(fact.event.on), fact.position


def _order_of(event: Event, desk: Desk) -> tuple[date, int]:
    """Return when the event that is checked happened; a new one comes last on its day."""
    return day_of(event.on), _LAST if desk.position is None else desk.position
