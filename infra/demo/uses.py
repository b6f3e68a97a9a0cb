"""What becomes of items: adopted, endorsed, merged into one, found wanting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.days import day_of
from domain.events.items import FindingMade, ItemAdopted, ItemEndorsed, ItemsMerged
from infra.demo.calendar import LAST
from infra.demo.items import Item
from infra.demo.year import Entry, Year

_ADOPTED: Final = {"commissioned": 0.22, "special": 0.24, "brief": 0.2}
"""The share of items of each kind that the best writers get into the city's papers."""
_PAPERS: Final = {"city": "朔州政务信息", "province": "山西政务信息", "state": "政务情况交流"}
_LEADERS: Final = {
    "city": ("市长", "常务副市长", "分管副市长"),
    "province": ("省长", "分管副省长"),
    "state": ("国务院分管领导",),
}
_ENDORSED: Final = {"city": 0.13, "province": 0.2, "state": 0.5}
_MERGED: Final = 14
_NEAR: Final = timedelta(days=25)
_REFUSED: Final = 16
_CRITICISED: Final = 3


def use(year: Year, items: list[Item]) -> list[Item]:
    """Let the offices use what they like; return the sound items that nobody used."""
    return [item for item in items if not _used(year, item)]


def _used(year: Year, item: Item) -> bool:
    if item.sound and year.chance(_ADOPTED[item.kind] * (0.25 + item.skill)):
        levels = ["city"] if year.chance(0.95) else ["province"]
        levels += ["province"] if levels == ["city"] and year.chance(0.2) else []
        levels += ["state"] if "province" in levels and year.chance(0.12) else []
        for level in levels:
            _adopt(year, item.number, item.entry, level)
        if year.chance(0.02):
            _adopt(year, item.number, item.entry, levels[0])
        return True
    if item.sound and year.chance(0.006):
        _endorse(year, item.number, item.entry, "city")
        return True
    return not item.sound


def _adopt(year: Year, number: str, received: Entry, level: str) -> None:
    on = year.later(received.day, 2, 28 if level == "city" else 45)
    issue = f"{_PAPERS[level]}第{(on - date(2021, 12, 30)).days // 3 + 1}期"
    adopted = year.write(
        ItemAdopted(on=on, item=number, level=level, publication=issue), received
    )
    if year.chance(_ENDORSED[level]):
        _endorse(year, number, adopted, level)


def _endorse(year: Year, number: str, after: Entry, level: str) -> None:
    elsewhere = level == "city" and year.chance(0.15)
    endorsed = ItemEndorsed(
        on=year.later(after.day, 1, 20),
        item=number,
        level=level,
        leader="市委书记" if elsewhere else year.pick(_LEADERS[level]),
        body="party" if elsewhere else "government",
    )
    year.write(endorsed, after)


def merge(year: Year, unused: list[Item]) -> None:
    """Let the office make one item out of several on the same days, which is then adopted."""
    left = [item for item in unused if item.kind != "commissioned" and item.entry.day < LAST]
    for _ in range(_MERGED):
        first = year.pick(left)
        near = [item for item in left if _mergeable(first, item)]
        parts = [first, *year.dice.sample(near, min(len(near), year.dice.randint(1, 2)))]
        left = [item for item in left if item not in parts]
        if len(parts) > 1:
            _merge(year, parts)


def _mergeable(first: Item, other: Item) -> bool:
    apart = abs(other.entry.day - first.entry.day)
    return other.kind == first.kind and other.authors != first.authors and apart <= _NEAR


def _merge(year: Year, parts: list[Item]) -> None:
    number = year.number("H")
    title = f"我市{len(parts)}地区（部门）{parts[0].entry.day.month}月份重点工作综合情况"
    merged = ItemsMerged(
        on=year.later(max(part.entry.day for part in parts), 1, 8),
        item=number,
        items=tuple(part.number for part in parts),
        kind=parts[0].kind,
        title=title,
    )
    entry = year.write(merged, *(part.entry for part in parts), prompt=True)
    if year.chance(0.8):
        _adopt(year, number, entry, "province" if year.chance(0.4) else "city")


def find_fault(year: Year, items: list[Item]) -> None:
    """Find copied or hollow answers, units that did not help, and three grave errors."""
    for item in items:
        wanting = 0.07 * (1.1 - item.skill)
        if item.kind == "commissioned" and year.chance(wanting):
            kind = year.pick(("plagiarism", "outline_only", "outline_only"))
            _find(year, item, kind, "“困难问题”部分")
    lazy = sorted(items, key=lambda item: item.authors[0].diligence)
    for item in year.dice.sample(lazy[: len(lazy) // 3], _REFUSED):
        _find(year, item, "non_cooperation", "拟采用，要求补充数据，未按时提供")
    for item in year.dice.sample([item for item in items if item.sound], _CRITICISED):
        _find(year, item, "named_criticism", "采用后发现主要数据有误，被点名批评")


def _find(year: Year, item: Item, kind: str, detail: str) -> None:
    found = FindingMade(
        on=year.later(day_of(item.entry.event.on), 2, 20),
        finding=year.number("问"),
        unit=item.authors[0].name,
        kind=kind,
        item=item.number,
        detail=detail,
    )
    year.write(found, item.entry)
