"""Titles of what units send, made of their subjects; some are of a kind that counts for nothing."""

from __future__ import annotations

from random import Random
from typing import Final

from infra.demo.units import COUNTIES, DemoUnit

_BRIEF: Final = (
    "{unit}{count}措并举推进{subject}",
    "{unit}聚焦“{count}个到位”抓实{subject}",
    "{unit}“{count}个强化”做好{subject}",
    "{unit}{subject}取得阶段性成效",
    "{unit}扎实推进{subject}工作",
    "{place}{subject}进展情况",
    "{place}{subject}出现的新情况值得关注",
    "{unit}{month}月份{subject}情况",
)
_SPECIAL: Final = (
    "{place}{subject}存在的问题及对策建议",
    "关于{place}{subject}情况的调研报告",
    "当前{place}{subject}面临的困难和建议",
    "{unit}推进{subject}的做法、问题和思考",
    "{place}{subject}情况的分析与建议",
    "关于加快{place}{subject}的几点建议",
)
_OTHER: Final = {
    "party_affairs": "{unit}党组召开理论学习中心组学习会议",
    "meeting_news": "{unit}召开{month}月份{subject}工作推进会",
    "leader_activity": "{unit}主要负责人调研{subject}工作",
    "news_report": "{unit}{subject}宣传活动走上街头",
}
_COUNTS: Final = "三四五六"
_TRIES: Final = 8


class Titles:
    """Makes titles, seldom the same twice."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._used: set[str] = set()

    def make(self, unit: DemoUnit, kind: str, content: str, month: int) -> str:
        """Return the title of an item of ``kind`` that ``unit`` sent in ``month``."""
        title = ""
        for _ in range(_TRIES):
            title = self._try(unit, kind, content, month)
            if title not in self._used:
                break
        self._used.add(title)
        return title

    def _try(self, unit: DemoUnit, kind: str, content: str, month: int) -> str:
        forms = _SPECIAL if kind == "special" else _BRIEF
        form = _OTHER.get(content) or self._dice.choice(forms)
        return form.format(
            unit=unit.name,
            place=self._place(unit),
            subject=self._dice.choice(unit.subjects),
            count=self._dice.choice(_COUNTS),
            month=month,
        )

    def _place(self, unit: DemoUnit) -> str:
        """Return where the item is about: a county's own name, else the city or one county."""
        if unit in COUNTIES:
            return unit.name
        return self._dice.choice(("我市", "我市", "全市", *(county.name for county in COUNTIES)))
