"""What the office finds wrong: copied or hollow answers, no help, grave errors, mis-sent mail."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from domain.events.items import FindingMade
from infra.demo.items import Item
from infra.demo.year import Year

_WANTING: Final = ("plagiarism", "outline_only", "outline_only")
_NOTED: Final = 0.6
_REFUSED: Final = 16
_CRITICISED: Final = 3


class _Fault(NamedTuple):
    on: date
    item: Item
    kind: str
    detail: str


def find_fault(year: Year, items: list[Item], used: list[Item]) -> None:
    """Find fault with some ``items``, and with three of those that were ``used``."""
    faults = _mis_sent(year, items) + _wanting(year, items) + _unhelpful(year, items)
    for item in year.dice.sample(used, _CRITICISED):
        on = year.later(item.entry.day, 30, 50)
        faults.append(_Fault(on, item, "named_criticism", "采用后发现主要数据有误，被点名批评"))
    for fault in sorted(faults, key=lambda fault: fault.on):
        found = FindingMade(
            on=fault.on,
            finding=year.number("问"),
            unit=fault.item.authors[0].name,
            kind=fault.kind,
            item=fault.item.number,
            detail=fault.detail,
        )
        year.write(found, fault.item.entry)


def _mis_sent(year: Year, items: list[Item]) -> list[_Fault]:
    return [
        _Fault(item.entry.day, item, "misaddressed", item.slip)
        for item in items
        if item.slip is not None and year.chance(_NOTED)
    ]


def _wanting(year: Year, items: list[Item]) -> list[_Fault]:
    return [
        _Fault(year.later(item.entry.day, 2, 20), item, year.pick(_WANTING), "“困难问题”部分")
        for item in items
        if item.kind == "commissioned" and year.chance(0.07 * (1.1 - item.skill))
    ]


def _unhelpful(year: Year, items: list[Item]) -> list[_Fault]:
    lazy = sorted(items, key=lambda item: item.authors[0].diligence)[: len(items) // 3]
    detail = "拟采用，要求补充数据，未按时提供"
    return [
        _Fault(year.later(item.entry.day, 2, 20), item, "non_cooperation", detail)
        for item in year.dice.sample([item for item in lazy if item.sound], _REFUSED)
    ]
