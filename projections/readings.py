"""The readings in force in a cycle: the rulebook with the rulings that are known laid over it."""

from __future__ import annotations

from collections.abc import Mapping

from domain.errors import NotKnown
from domain.rulebook.model import Rulebook
from domain.rulebook.readings import Readings
from domain.rulebook.values import ParameterValue
from domain.setting import Cycle, Setting


def readings_of(rulebook: Rulebook, setting: Setting, cycle: Cycle) -> Readings:
    """Return the readings of ``rulebook`` in ``cycle`` with the rulings of ``setting`` applied."""
    accepted: dict[str, ParameterValue] = {
        path: rulebook.parameters[path].accept(value)
        for path, value in setting.rulings_for(cycle.name).items()
        if path in rulebook.parameters
    }
    return Readings(rulebook, accepted)


def rulebook_of(cycle: Cycle, rulebooks: Mapping[str, Rulebook]) -> Rulebook:
    """Return the rulebook that ``cycle`` names. Raises ``NotKnown`` when it is not installed."""
    book = rulebooks.get(cycle.rulebook)
    if book is None:
        message = f"考核年度“{cycle.name}”使用的考核细则“{cycle.rulebook}”没有安装"
        raise NotKnown(message, fix="请用 --rulebooks 指明考核细则所在的文件夹。")
    return book
