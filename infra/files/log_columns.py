"""The log as a table for people: Chinese headings, times in Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from domain.days import SHANGHAI
from domain.lines import numbers
from domain.listing import Shown
from domain.told import Basis, ToldEvent, show_effect


class Column(NamedTuple):
    """A column: its heading, how wide it is in a workbook, and what it shows of an event."""

    heading: str
    width: int
    cell: Callable[[ToldEvent], Shown]


def columns(basis: Basis) -> tuple[Column, ...]:
    """Return the columns; the last says in its heading what its points rest on."""
    return (
        Column("编号", 8, lambda told: told.position),
        Column("单位", 16, lambda told: "、".join(told.units)),
        Column("内容", 60, lambda told: told.summary),
        Column("类型", 14, lambda told: told.label),
        Column("发生时间", 16, lambda told: _local(told.on)),
        Column("登记时间", 20, lambda told: _local(told.recorded_at)),
        Column("登记人", 10, lambda told: told.actor),
        Column("标识", 12, lambda told: told.ref),
        Column("来源文件", 20, lambda told: getattr(told.source, "file", None)),
        Column("工作表", 12, lambda told: getattr(told.source, "sheet", None)),
        Column("行", 6, lambda told: getattr(told.source, "row", None)),
        Column("被更正", 12, lambda told: numbers(told.corrected_by, "、")),
        Column("被撤销", 12, lambda told: told.retracted_by and numbers([told.retracted_by])),
        Column(effect_heading(basis), 36, lambda told: show_effect(told.effect)),
    )


def effect_heading(basis: Basis) -> str:
    """Return the heading of the effects: which cycle, day and knowledge, and that caps come after.

    An effect is the points of the lines in force that rest on the event; a line that rests on
    several events stands with each of them.
    """
    if basis.cycle is None:
        return "得分影响（还没有考核年度）"
    return (
        f"得分影响（考核年度 {basis.cycle}，截至 {basis.as_of}，按事件 #{basis.position} 时已知的"
        "情况；为以该事件为依据的各条得分之和，未扣除上限）"
    )


def _local(moment: date | datetime) -> date | datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
    return moment
