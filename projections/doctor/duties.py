"""What is missing around units: quotas, addressees of commissions, notices of changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from domain.days import day_of
from domain.events.commissions import CommissionIssued, CommissionWithdrawn
from domain.events.leadership import StaffChanged
from domain.setting import Unit
from domain.standing import Fact
from projections.doctor.check import Check, Examined, Found
from projections.known import Known
from projections.notices import Notice, notices
from projections.registers.answers import stands
from projections.registers.staff import notice_state


def no_quota(at: Examined) -> Iterator[Found]:
    """Find the stretches of days, begun by then, that no quota covers for some units."""
    known = at.known
    found: dict[tuple[str, date, date], list[tuple[Unit, Notice]]] = defaultdict(list)
    for unit in known.units:
        for each in notices(known.point, unit):
            if each.first <= known.point.as_of and unit.begins_on(each.first):
                found[each.indicator, each.first, each.last].append((unit, each))
    for held in found.values():
        units = [unit for unit, _ in held]
        everybody = "全部单位" if len(units) == len(known.units) else f"{len(units)} 个单位"
        named = "" if len(units) == len(known.units) else _names(known, units)
        events = (*known.point.cycle.events, *(unit.position for unit in units))
        text = f"{everybody}{named}：{held[0][1].text}"
        yield Found(text, tuple(sorted(set(events))), tuple(unit.id for unit in units))


def nobody_asked(at: Examined) -> Iterator[Found]:
    """Find commissions that no unit has to answer, though they were not withdrawn from all."""
    known = at.known
    for fact, issued in known.of_cycle(CommissionIssued):
        about = known.about(f"commission/{issued.commission}")
        withdrawn = [each for each in about if isinstance(each.event, CommissionWithdrawn)]
        if any(not each.event.units for each in withdrawn):  # type: ignore[attr-defined]
            continue
        if all(stand.state == "withdrawn" for stand in stands(known, issued)):
            yield _unasked(fact, issued, withdrawn)


def _unasked(fact: Fact, issued: CommissionIssued, withdrawn: list[Fact]) -> Found:
    why = (
        "逐个单位撤回，一个也不剩"
        if withdrawn
        else "发给的单位当时都已并入别的单位，或还没有登记任何单位"
    )
    text = f"约稿 {issued.commission}“{issued.topic}”（{day_of(issued.on)} 下达）：{why}"
    events = fact.events + tuple(at for each in withdrawn for at in each.events)
    return Found(text, tuple(sorted(events)), issued.units)


def never_notified(at: Examined) -> Iterator[Found]:
    """Find changes of staff that the office was not told of, though the time for it is past."""
    known = at.known
    roles = known.words("roles")
    for fact, change in known.of_cycle(StaffChanged):
        state, _ = notice_state(known, known.unit(change.unit), change)
        if state == "never":
            who = f"{change.out or '（未写）'} → {change.into or '（空缺）'}"
            role = roles.get(change.role, change.role)
            unit = known.name(change.unit)
            text = f"{unit}{role}变动 {change.change}（{day_of(change.on)}，{who}）一直没有告知"
            yield Found(text, fact.events, (change.unit,))


def _names(known: Known, units: list[Unit]) -> str:
    return f"（{'、'.join(known.names(unit.id for unit in units))}）"


NO_QUOTA = Check(
    "没有报送任务",
    "有的日子没有任务覆盖这些单位，这些日子的专报、简报和额外报送算不出分。",
    "按通知补登 QuotaSet；已登记的，核对类别、单位和起止日期。",
    no_quota,
)
NOBODY_ASKED = Check(
    "约稿没有对象",
    "约稿下达了，但没有任何单位需要答复，不会有人因它扣分。",
    "整件不要了的，登记一条不写单位的撤回；发错单位的，更正约稿的单位。",
    nobody_asked,
)
NEVER_NOTIFIED = Check(
    "人员变动没有告知",
    "分管领导、承办机构或业务人员变动，过了告知期限还没有告知的登记，已按未及时告知扣分。",
    "查对来文来电：已告知的补登 StaffChangeNotified；没有告知的，提醒单位并核对联系人。",
    never_notified,
)
