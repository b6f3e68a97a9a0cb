"""The names of the office's lists, as they may be typed: in English, or by their titles."""

from __future__ import annotations

from typing import Any

import click

from domain.names import fold
from projections.registers.table import ROLLS

ALL = "all"
"""All lists at once."""
_ALL_TITLE = "全部"
NAMES_TOLD = "\n".join(
    [*(f"{name:<14}{roll.title}" for name, roll in ROLLS.items()), f"{ALL:<14}{_ALL_TITLE}清单"]
)
"""A line for each list, as the help tells it."""


class ListName(click.ParamType[str]):
    """The name of a list, or its Chinese title."""

    name = "清单"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401  as click has it
        """Find the list, or say which ones there are."""
        known = _known()
        word = fold(str(value)).casefold()
        if word not in known:
            choices = "、".join([*(f"{name}（{ROLLS[name].title}）" for name in ROLLS), ALL])
            self.fail(f"没有清单“{value}”；可用的有：{choices}", param, ctx)
        return known[word]


def _known() -> dict[str, str]:
    named = {name: name for name in (*ROLLS, ALL)}
    titled = {fold(roll.title): name for name, roll in ROLLS.items()}
    return {**named, **titled, _ALL_TITLE: ALL, f"{_ALL_TITLE}清单": ALL}
