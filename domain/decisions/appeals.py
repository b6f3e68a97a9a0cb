"""Checks of appeals: in time, open, and answered by two people."""

from __future__ import annotations

from typing import TypeVar

from domain.days import day_of, plus_days
from domain.decisions.checking import Desk, Found, Wrong, existing, new_number
from domain.decisions.second_person import ACTS
from domain.events.appeals import (
    AppealDecided,
    AppealEvent,
    AppealEvidenceAdded,
    AppealLodged,
    AppealProposed,
    AppealWithdrawn,
)
from domain.events.catalogue import BY_NAME
from domain.events.office_codes import OFFICE_CODES
from domain.events.publications import ScoresPublished
from domain.names import same_person
from domain.setting import Cycle
from domain.standing import Fact

_Kind = TypeVar("_Kind", bound=AppealEvent)


def appeal_lodged(event: AppealLodged, desk: Desk) -> Found:
    """Need a new number, and a publication whose day is at most the cycle's appeal days ago.

    Later a reason for being late is needed. An indicator that is named is one of the rulebook;
    events that are contested are in the log.
    """
    yield from new_number(desk, event, "appeal", "申诉编号")
    if event.publication is None:
        what = f"{event.as_of} 所在的考核年度还没有公布过成绩"
        yield Wrong("publication", what, "请先用 kaohe publish 公布，或写明针对哪一号公布")
    else:
        topic = f"publication/{event.publication}"
        published, wrong = existing(desk, topic, "publication", "公布")
        yield from wrong
        cycle = _cycle_published(published, desk)
        if published and cycle:
            yield from _in_time(event, published, cycle)
            yield from _indicator(event, cycle, desk)
    for at in event.events:
        later = desk.position is not None and at >= desk.position
        if later or desk.register.entry(at) is None:
            yield Wrong("events", f"没有事件 #{at}", "请用 kaohe log 核对事件编号")


def _cycle_published(published: Fact | None, desk: Desk) -> Cycle | None:
    event = published.event if published else None
    name = event.cycle if isinstance(event, ScoresPublished) else None
    return desk.setting.cycles.get(name or "")


def _in_time(event: AppealLodged, published: Fact, cycle: Cycle) -> Found:
    first = day_of(published.event.on)
    last = plus_days(first, cycle.appeal_days)
    if day_of(event.on) > last and event.late_reason is None:
        yield Wrong(
            "on",
            f"提出日期 {day_of(event.on)} 已过申诉截止日 {last}"
            f"（第 {event.publication} 号公布于 {first}，申诉期 {cycle.appeal_days} 天）",
            "如仍受理，请写明逾期理由 late_reason",
        )


def _indicator(event: AppealLodged, cycle: Cycle, desk: Desk) -> Found:
    book = desk.rulebooks.get(cycle.rulebook)
    if event.indicator and book and event.indicator not in book.indicators:
        known = "、".join(f"{name}（{one.name}）" for name, one in book.indicators.items())
        yield Wrong("indicator", f"考核细则中没有指标“{event.indicator}”", f"可用的有：{known}")


def appeal_evidence_added(event: AppealEvidenceAdded, desk: Desk) -> Found:
    """Need an appeal that is open, and at least one file."""
    yield from _open(event, desk)
    if not event.evidence:
        yield Wrong("evidence", "没有附上材料", "至少写一份：名称和 SHA-256")


def appeal_proposed(event: AppealProposed, desk: Desk) -> Found:
    """Need an appeal that is open; one that is to be rejected brings no corrections.

    The corrections are lines that could be recorded there and then: they are tried at once.
    """
    yield from _open(event, desk)
    if event.outcome == "rejected" and event.corrections:
        what = "拟不予支持的申诉不能附带更正"
        yield Wrong("corrections", what, "请去掉更正，或改写处理意见")
    for line in event.corrections or ():
        entry = BY_NAME.get(str(line.get("type")))
        if entry is not None and issubclass(entry.event, ACTS):
            yield Wrong("corrections", f"更正中不能有“{entry.label}”", "请另行登记")
        if line.get("appeal") not in (None, event.appeal):
            what = f"更正写着另一个申诉“{line.get('appeal')}”"
            yield Wrong("corrections", what, "申诉编号由程序填写，可以不写")


def appeal_decided(event: AppealDecided, desk: Desk) -> Found:
    """Need an appeal that is open, a proposal for it, and another person than the proposer.

    The outcome is that of the proposal, whose corrections are all recorded with it, or a
    rejection, with which none is: to uphold another part of the claim takes another proposal.
    Where the cycle's ``two_person`` is off, the same person may decide.
    """
    yield from _open(event, desk)
    proposed = last_of(AppealProposed, event.appeal, desk)
    if proposed is None:
        yield Wrong(
            "appeal", f"申诉“{event.appeal}”还没有处理意见", "请先用 kaohe appeal propose 提出"
        )
        return
    offered, at = proposed
    if event.outcome not in {offered.outcome, "rejected"} and _answers(offered, desk):
        yield _another_outcome(event, offered, desk.at(at))
    if _two_people(event.appeal, desk) and same_person(event.actor, offered.actor):
        what = f"处理意见由“{offered.actor}”提出（{desk.at(at)}），不能由同一人决定"
        yield Wrong("actor", what, "请由另一人决定")


def _answers(offered: AppealProposed, desk: Desk) -> bool:
    """Tell whether a decision has to keep to ``offered``.

    It must where it brings the corrections with it, and not where it was recorded before and is
    loaded with its register, or is checked again: then they stand in the log already.
    """
    return offered.outcome == "rejected" or (desk.position is None and bool(desk.before))


def _another_outcome(event: AppealDecided, offered: AppealProposed, place: str) -> Wrong:
    proposed, decided = (OFFICE_CODES["outcomes"][each.outcome] for each in (offered, event))
    if offered.outcome == "rejected":
        what = f"处理意见是{proposed}（{place}），没有提出怎样更正"
    else:
        what = (
            f"处理意见是{proposed}（{place}），所附更正会全部登记；不能决定为{decided}，"
            "那样看不出哪一部分不予支持"
        )
    fix = "请先用 kaohe appeal propose 另提处理意见，只附要作的更正，再由另一人决定"
    return Wrong("outcome", what, fix)


def appeal_withdrawn(event: AppealWithdrawn, desk: Desk) -> Found:
    """Need an appeal that is open."""
    yield from _open(event, desk)


def _open(event: AppealEvent, desk: Desk) -> Found:
    _, wrong = existing(desk, event.stream, "appeal", "申诉")
    yield from wrong
    for kind, what in ((AppealDecided, "决定"), (AppealWithdrawn, "撤回")):
        closed = last_of(kind, event.appeal, desk)
        if closed:
            told = f"申诉“{event.appeal}”已由{desk.at(closed[1])} {what}"
            yield Wrong("appeal", told, "如仍有异议，请另行提出申诉")


def last_of(kind: type[_Kind], appeal: str, desk: Desk) -> tuple[_Kind, int] | None:
    """Return the last event of that kind in an appeal, with its position, if there is one.

    Where an event is checked again, those after it do not count.
    """
    found = [
        (fact.event, fact.position)
        for fact in desk.facts(f"appeal/{appeal}")
        if isinstance(fact.event, kind) and (desk.position is None or fact.position < desk.position)
    ]
    return found[-1] if found else None


def _two_people(appeal: str, desk: Desk) -> bool:
    """Tell whether two people are needed: as it stood before the batch, and not when rechecked."""
    lodged = desk.maker(f"appeal/{appeal}")
    if desk.position is not None or lodged is None:
        return False
    event = lodged.event
    number = event.publication if isinstance(event, AppealLodged) else None
    cycle = _cycle_published(desk.maker(f"publication/{number}"), desk)
    return cycle is not None and cycle.name in desk.before and desk.before[cycle.name].two_person
