"""The readings in force in a cycle: the rulebook with the rulings that are known laid over it."""

from __future__ import annotations

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
