"""Checks of cycles, units and rulings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.days import day_of
from domain.decisions.checking import Desk, Found, Wrong
from domain.decisions.general import field_told
from domain.decisions.quotas import no_partial_overlap
from domain.events.setting import CycleClosed, CycleOpened, RulingMade, UnitChanged, UnitEnrolled
from domain.names import fold
from domain.rulebook.model import Rulebook


def cycle_opened(event: CycleOpened, desk: Desk) -> Found:
    """Need a new cycle, a rulebook that is installed, and days that overlap no other cycle."""
    other = desk.setting.cycles.get(event.cycle)
    if other is not None:
        what = f"考核年度“{event.cycle}”已由{desk.at(other.events[0])} 登记"
        yield Wrong("cycle", what, "请换一个名称；若那一条登记有误，请更正它")
    if event.rulebook not in desk.rulebooks:
        known = "、".join(sorted(desk.rulebooks))
        yield Wrong("rulebook", f"没有安装考核细则“{event.rulebook}”", f"已安装的有：{known}")
    yield from _fits_rulings(event, desk)
    if event.ends < event.starts:
        yield Wrong("ends", f"结束日期 {event.ends} 早于开始日期", f"应不早于 {event.starts}")
    for name, day in (("evidence_due", event.evidence_due), ("duty_due", event.duty_due)):
        if day is not None and day < event.starts:
            yield Wrong(name, f"截止日 {day} 早于年度开始", f"应不早于 {event.starts}")
    for cycle in desk.setting.cycles.values():
        if cycle.name != event.cycle and event.starts <= cycle.ends and cycle.starts <= event.ends:
            span = f"{cycle.starts} 至 {cycle.ends}"
            yield Wrong("starts", f"与考核年度“{cycle.name}”（{span}）重叠", "各年度的日期不能重叠")


def _fits_rulings(event: CycleOpened, desk: Desk) -> Found:
    """Find out whether rulings that hold for every cycle can be taken by this one's rulebook."""
    book = desk.rulebooks.get(event.rulebook)
    for parameter, value in desk.setting.rulings_for(event.cycle).items():
        if book is None or parameter not in book.parameters:
            continue
        try:
            book.parameters[parameter].accept(value)
        except ValueError as error:
            what = f"现有裁定 {parameter} 取 {value!r} 不适用于这份细则：{error}"
            yield Wrong("rulebook", what, "请先更正那条裁定，使它只用于某个考核年度")


def cycle_closed(event: CycleClosed, desk: Desk) -> Found:
    """Need a cycle that exists and is not closed."""
    cycle = desk.setting.cycles.get(event.cycle)
    if cycle is None:
        known = "、".join(desk.setting.cycles) or "（无）"
        yield Wrong("cycle", f"没有登记过考核年度“{event.cycle}”", f"已登记的有：{known}")
    elif cycle.closed_as_of is not None:
        yield Wrong("cycle", f"考核年度“{event.cycle}”已经关闭", "如需改动，请先撤销关闭")


def unit_enrolled(event: UnitEnrolled, desk: Desk) -> Found:
    """Need a name and aliases that belong to no other unit."""
    yield from _free(desk, "unit", (event.unit,), "")
    yield from _free(desk, "aliases", event.aliases, event.unit)
    yield from no_partial_overlap(event, desk)


def unit_changed(event: UnitChanged, desk: Desk) -> Found:
    """Need something that changes, names that are free, and another unit to be merged into."""
    if not (event.name or event.aliases or event.category or event.into):
        may_change = ("name", "aliases", "category", "into")
        parts = "、".join(field_told(UnitChanged, name) for name in may_change)
        yield Wrong("name", "没有写明变更了什么", f"{parts}至少写一项")
    yield from _free(desk, "name", (event.name,) if event.name else (), event.unit)
    yield from _free(desk, "aliases", event.aliases, event.unit)
    yield from _may_be_merged(event, desk)
    if event.category:
        yield from no_partial_overlap(event, desk)


def _may_be_merged(event: UnitChanged, desk: Desk) -> Found:
    """Find out whether the unit is merged only once, and into one that goes on."""
    if event.into is None:
        return
    if event.into == event.unit:
        yield Wrong("into", "单位不能并入它自己", "请写并入的另一个单位")
        return
    units, day = desk.setting.units, day_of(event.on)
    for name, since in ((event.unit, date.max), (event.into, day)):
        merged = units[name].merged if name in units else None
        if merged and (merged[0] <= since or merged[1] == event.unit):
            what = f"“{name}”已于 {merged[0]} 并入“{merged[1]}”"
            yield Wrong("into", what, "请核对；若那一条登记有误，请先更正或撤销它")


def ruling_made(event: RulingMade, desk: Desk) -> Found:
    """Need a parameter of the rulebook, a value of its type, and a cycle that exists."""
    cycles = desk.setting.cycles
    if event.cycle is not None and event.cycle not in cycles:
        known = "、".join(cycles) or "（无）"
        yield Wrong("cycle", f"没有登记过考核年度“{event.cycle}”", f"已登记的有：{known}")
        return
    books = list(_books(event, desk))
    holding = [book for book in books if event.parameter in book.parameters]
    if not holding:
        yield Wrong(
            "parameter",
            f"考核细则中没有参数“{event.parameter}”",
            "请用 kaohe rulebook readings 查看全部参数",
        )
    for book in holding:
        try:
            book.parameters[event.parameter].accept(event.value)
        except ValueError as error:
            yield Wrong("value", f"参数 {event.parameter} 不能取 {event.value!r}：{error}")
            return


def _books(event: RulingMade, desk: Desk) -> Iterator[Rulebook]:
    cycles = desk.setting.cycles
    named = [cycles[event.cycle]] if event.cycle else list(cycles.values())
    names = {cycle.rulebook for cycle in named} or set(desk.rulebooks)
    yield from (desk.rulebooks[name] for name in sorted(names) if name in desk.rulebooks)


def _free(desk: Desk, field: str, names: tuple[str, ...], owner: str) -> Found:
    for name in names:
        for unit in desk.setting.units.values():
            if unit.id != owner and fold(name) in {fold(known) for known in unit.spellings}:
                yield Wrong(
                    field,
                    f"名称“{name}”已属于单位“{unit.id}”（{desk.at(unit.position)}）",
                    "一个名称或别名只能属于一个单位",
                )
