"""What becomes of items: adopted, endorsed, merged into one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.events.items import ItemAdopted, ItemEndorsed, ItemsMerged
from infra.demo.items import Item
from infra.demo.year import Entry, Year

_ADOPTED: Final = {"commissioned": 0.17, "special": 0.24, "brief": 0.22}
"""The share of items of each kind that the best writers get into the city's papers."""
_PAPERS: Final = {"city": "朔州政务信息", "province": "山西政务信息", "state": "政务情况交流"}
_LEADERS: Final = {
    "city": ("市长", "常务副市长", "分管副市长"),
    "province": ("省长", "分管副省长"),
    "state": ("国务院分管领导",),
}
_ENDORSED: Final = {"city": 0.13, "province": 0.2, "state": 0.5}
_LIKED: Final = 6
_MERGED: Final = 14
_COUNTS: Final = {2: "两", 3: "三"}
_NEAR: Final = timedelta(days=25)


def use(year: Year, items: list[Item]) -> list[Item]:
    """Let the offices take up what they like, at one level or more, and return that."""
    used = [item for item in items if item.sound and year.chance(_liking(item))]
    for item in used:
        levels = ["city"] if year.chance(0.95) else ["province"]
        levels += ["province"] if levels == ["city"] and year.chance(0.2) else []
        levels += ["state"] if "province" in levels and year.chance(0.12) else []
        for level in levels:
            _adopt(year, item.number, item.entry, level)
        if year.chance(0.02):
            _adopt(year, item.number, item.entry, levels[0])
    return used


def _liking(item: Item) -> float:
    return _ADOPTED[item.kind] * (0.25 + item.skill)


def _adopt(year: Year, number: str, received: Entry, level: str) -> None:
    on = year.later(received.day, 2, 28 if level == "city" else 45)
    issue = f"{_PAPERS[level]}第{(on - date(2021, 12, 30)).days // 3 + 1}期"
    adopted = year.write(ItemAdopted(on=on, item=number, level=level, publication=issue), received)
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
    """Let the office make one item out of several of the same weeks, which is then adopted.

    Leaders endorse some of the items that are left, though nobody adopted them.
    """
    left = [item for item in unused if item.sound and item.kind != "commissioned"]
    gathered = []
    for _ in range(_MERGED):
        first = year.pick(left)
        near = [item for item in left if _mergeable(first, item)]
        parts = [first, *year.dice.sample(near, min(len(near), year.dice.randint(1, 2)))]
        left = [item for item in left if item not in parts]
        if len(parts) > 1:
            on = year.later(max(part.entry.day for part in parts), 1, 8)
            gathered.append((on, parts))
    for on, parts in sorted(gathered, key=lambda pair: pair[0]):
        _merge(year, on, parts)
    for item in year.dice.sample(left, _LIKED):
        _endorse(year, item.number, item.entry, "city")


def _mergeable(first: Item, other: Item) -> bool:
    apart = abs(other.entry.day - first.entry.day)
    return other.kind == first.kind and other.authors != first.authors and apart <= _NEAR


def _merge(year: Year, on: date, parts: list[Item]) -> None:
    number = year.number("H")
    month = parts[0].entry.day.month
    merged = ItemsMerged(
        on=on,
        item=number,
        items=tuple(part.number for part in parts),
        kind=parts[0].kind,
        title=f"我市{_COUNTS[len(parts)]}个地区（部门）{month}月份重点工作综合情况",
    )
    entry = year.write(merged, *(part.entry for part in parts), prompt=True)
    if year.chance(0.8):
        _adopt(year, number, entry, "province" if year.chance(0.4) else "city")
