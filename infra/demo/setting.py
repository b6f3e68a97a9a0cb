"""The frame of the year: cycle, units, quotas, a new name and an alias, two rulings."""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.events.setting import CycleOpened, QuotaSet, RulingMade, UnitChanged, UnitEnrolled
from infra.demo.units import UNITS
from infra.demo.workdays import FIRST
from infra.demo.year import Year, cited

_NOTICE: Final = date(2022, 6, 22)
_QUARTERS: Final = (
    (date(2022, 7, 1), date(2022, 9, 30)),
    (date(2022, 10, 1), date(2022, 12, 31)),
)
REQUIRED: Final = {
    "county": {"special": 4, "brief": 10},
    "zone": {"special": 3, "brief": 7},
    "department": {"special": 2, "brief": 6},
}
"""How many items of each kind each category has to send in a quarter."""


def open_year(year: Year) -> None:
    """Open the cycle, enrol the units, and set the quotas that the notice of June brings."""
    opened = CycleOpened(
        on=date(2022, 1, 1),
        cycle="2022",
        rulebook="shuozhou-2022",
        starts=date(2022, 1, 1),
        ends=date(2022, 12, 31),
        evidence_due=date(2023, 1, 15),
        duty_due=date(2022, 3, 31),
        two_person=False,  # whoever tries it out is one person
    )
    year.begin(opened)
    for unit in UNITS:
        enrolled = UnitEnrolled(
            on=FIRST, unit=unit.name, category=unit.category, aliases=unit.aliases
        )
        year.begin(enrolled)
    for category, kinds in REQUIRED.items():
        for kind, required in kinds.items():
            for first, last in _QUARTERS:
                quota = QuotaSet(
                    on=_NOTICE,
                    kind=kind,
                    required=required,
                    from_=first,
                    to=last,
                    category=category,
                )
                year.write(quota, prompt=True)


def change_names(year: Year) -> None:
    """Give one unit a new name in October and another one more alias in March."""
    renamed = UnitChanged(
        on=date(2022, 10, 12), unit="市政府金融办", name="市地方金融服务中心", note="机构调整后更名"
    )
    known = UnitChanged(
        on=date(2022, 3, 8), unit="市科技局", aliases=("市科学技术局",), note="来文落款用全称"
    )
    year.write(renamed, prompt=True)
    year.write(known, prompt=True)


def rule(year: Year) -> None:
    """Settle two doubtful clauses when the year is nearly over."""
    unpriced = RulingMade(
        on=date(2022, 12, 20),
        parameter="indicators.special_adoption.points.state",
        value=5,
        reason="专报被国务院办公厅采用，细则没有定分，比照约稿计5分",
        document=cited("市政府办公室会议纪要", 2022, 41),
        cycle="2022",
    )
    notice = RulingMade(
        on=date(2023, 1, 10),
        parameter="liaison.notice_days",
        value=15,
        reason="疫情期间文件流转较慢，变动告知放宽到15日",
        document=cited("市政府办公室会议纪要", 2023, 2),
        cycle="2022",
    )
    year.write(unpriced, prompt=True)
    year.write(notice, prompt=True)
