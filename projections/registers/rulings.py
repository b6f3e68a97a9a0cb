"""口径裁定: how the office reads doubtful clauses, since which event, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events.setting import RulingMade
from domain.listing import Cell, Column, Row
from domain.rulebook.shown import in_words
from domain.standing import Fact
from projections.known import Known
from projections.registers.roll import Roll


def _columns(known: Known) -> list[Column]:
    del known
    return [
        Column("position", "自事件", 8),
        Column("parameter", "参数", 34),
        Column("value", "取值", 14),
        Column("default", "默认值", 14),
        Column("reason", "理由", 40),
        Column("document", "依据文件", 22),
        Column("cycle", "考核年度", 10),
        Column("on", "裁定日期", 12),
        Column("in_force", "是否现行", 10),
    ]


def _rows(known: Known) -> Iterator[Row]:
    """Yield the rulings for the cycle, as far as they are known: each holds for the whole year."""
    setting, cycle = known.point.setting, known.point.cycle.name
    in_force = {fact.position for fact in setting.rulings_in_force(cycle).values()}
    for fact in setting.rulings:
        ruling = fact.event
        if isinstance(ruling, RulingMade) and ruling.cycle in {None, cycle}:
            yield _ruling(known, fact, ruling, in_force=fact.position in in_force)


def _ruling(known: Known, fact: Fact, ruling: RulingMade, *, in_force: bool) -> Row:
    parameter = known.point.rulebook.parameters.get(ruling.parameter)
    value: Cell = in_words(parameter.accept(ruling.value)) if parameter else str(ruling.value)
    return Row(
        values={
            "position": fact.position,
            "parameter": ruling.parameter,
            "value": value,
            "default": in_words(parameter.default) if parameter else None,
            "reason": ruling.reason,
            "document": ruling.document,
            "cycle": ruling.cycle,
            "on": ruling.on,
            "in_force": in_force,
        },
        events=fact.events,
        about=fact.position,
    )


RULINGS = Roll(
    "口径裁定",
    "已知的口径裁定：哪个参数取什么值、从哪条事件起、由谁登记。裁定管全年，不按日期取舍。",
    _columns,
    _rows,
)
