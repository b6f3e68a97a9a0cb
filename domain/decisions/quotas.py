"""Checks of quotas: of which kind, how many, and never two that overlap in part for one unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from domain.decisions.checking import Desk, Found, Wrong
from domain.events.corrections import Amendment, EventCorrected
from domain.events.setting import QuotaSet, UnitChanged, UnitEnrolled
from domain.rulebook.model import Rulebook
from domain.rules.registry import RULES
from domain.setting import Quota, Setting, Unit, fold
from domain.standing import Fact

_MOST = 9999
"""A day or a number of characters in the wrong column is told, and not multiplied by a price."""


def quota_set(event: QuotaSet, desk: Desk) -> Found:
    """Need a kind that is counted, a number, a period, and no overlap but with the very same.

    The last for each unit and kind.
    """
    kinds = {kind for book in desk.books(event.from_) for kind in _counted(book)}
    if event.kind not in kinds:
        words = desk.vocabulary("kinds", event.from_)
        known = "、".join(words.get(kind, kind) for kind in sorted(kinds)) or "（无）"
        what = f"考核细则没有按条数要求“{words.get(event.kind, event.kind)}”"
        yield Wrong("kind", what, f"按条数要求的有：{known}")
    if event.required > _MOST:
        yield Wrong("required", f"{event.required} 条太多了", f"应为 0 到 {_MOST} 的整数")
    if event.to < event.from_:
        yield Wrong("to", f"结束日期 {event.to} 早于开始日期", f"应不早于 {event.from_}")
        return
    for other, both in _overlapping(event, desk):
        span = f"{other.first} 至 {other.last}"
        names = "、".join(both[:3]) + ("等" if len(both) > 3 else "")  # noqa: PLR2004
        yield Wrong(
            "from",
            f"与{desk.at(other.events[0])} 的任务期 {span} 部分重叠（{names}）",
            "同一单位同一类信息的任务期要么完全相同，要么互不重叠",
        )


def _counted(book: Rulebook) -> Iterator[str]:
    """Yield the kinds of submissions that a rulebook requires a number of, or pays beyond it."""
    for indicator in book.indicators.values():
        if RULES[indicator.rule].family == "quota":
            yield from indicator.options.get("kind", ())
            yield from filter(None, indicator.points)


def no_partial_overlap(event: UnitEnrolled | UnitChanged, desk: Desk) -> Found:
    """Find out whether the unit's category would bring it under quotas that overlap in part."""
    after = fold(desk.setting, [Fact(0, event)])
    unit = after.units.get(event.unit)
    yield from _apart(unit, after, "category", desk) if unit else ()


def still_apart(amendment: Amendment, desk: Desk) -> Found:
    """Find out whether every unit is under quotas that do not overlap in part, after a correction.

    Or after a retraction: that of a unit's change brings an earlier category back.
    """
    field = "changes" if isinstance(amendment, EventCorrected) else "target"
    for unit in desk.setting.units.values():
        yield from _apart(unit, desk.setting, field, desk)


def _apart(unit: Unit, setting: Setting, field: str, desk: Desk) -> Found:
    bound = [quota for quota in setting.quotas if quota.covers(unit)]
    for one, other in combinations(bound, 2):
        same = (one.first, one.last) == (other.first, other.last)
        if one.kind == other.kind and not same and one.overlaps(other):
            first, second = desk.at(one.events[0]), desk.at(other.events[0])
            what = f"{first} 与{second} 的任务期部分重叠，都会约束“{unit.id}”"
            yield Wrong(field, what, "请先更正其中一条任务，再变更类别")
            return


def _overlapping(event: QuotaSet, desk: Desk) -> Iterator[tuple[Quota, list[str]]]:
    """Return the quotas that overlap in part with the event's, and the units both bind."""
    setting = desk.setting
    wanted = Quota.of(event)
    for other in setting.quotas:
        same = (other.first, other.last) == (event.from_, event.to)
        if other.kind != event.kind or same or not other.overlaps(wanted):
            continue
        both = [u.id for u in setting.units.values() if wanted.covers(u) and other.covers(u)]
        if both:
            yield other, both
