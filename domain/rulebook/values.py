"""What a reading may be set to: how each kind of value is checked and brought to one form.

The same checks hold for a default written in a rulebook and for the value of a ruling. Whatever
does not fit raises ``Unacceptable``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from domain.days import read_day
from domain.rulebook.amounts import NONE, Unacceptable, price, shown

Grades = tuple[tuple[str, Decimal], ...]
"""Names of grades with the lowest total that earns each, best first."""

ParameterValue = Decimal | int | str | date | Grades | None
"""A value in its one form: ``None`` is a cap that caps nothing, ``()`` is no grades."""


def choice(value: object, choices: Sequence[str]) -> str:
    """Return one of ``choices``, spelt exactly."""
    if not isinstance(value, str) or value not in choices:
        options = " 或 ".join(f'"{option}"' for option in choices)
        raise Unacceptable(f"{shown(value)}不是可选的读法", f"应为 {options}")
    return value


def day(value: object) -> date:
    """Return a day, written ``YYYY-MM-DD``."""
    fix = "应为年-月-日，例如 2022-07-01"
    if isinstance(value, datetime) or not isinstance(value, str | date):
        raise Unacceptable(f"{shown(value)}不是一个日期", fix)
    try:
        return read_day(value)
    except ValueError:
        raise Unacceptable(f"{shown(value)}不是一个日期", fix) from None


def grades(value: object) -> Grades:
    """Return the grades, best first; ``()`` for ``"none"``.

    Accepted are a list of ``[name, lowest]`` pairs, a list of ``{name, lowest}`` tables, and the
    text ``优秀=90、良好=80``, which is what a workbook cell can hold.
    """
    if value == NONE:
        return ()
    fix = '应从高到低列出等次和最低分，例如 [["优秀", 90], ["良好", 80]]；不分等次写 "none"'
    pairs = _pairs(value)
    if not pairs:
        raise Unacceptable(f"{shown(value)}不是一列等次", fix)
    try:
        steps = tuple((_grade_name(name), price(lowest, deducts=False)) for name, lowest in pairs)
    except Unacceptable as refused:
        raise Unacceptable(f"等次中{refused.what}", fix) from None
    if len({name for name, _ in steps}) < len(steps):
        raise Unacceptable("等次名称有重复", fix)
    if any(lower[1] >= upper[1] for upper, lower in pairwise(steps)):
        raise Unacceptable("等次的最低分没有从高到低排列", fix)
    return steps


def _grade_name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unacceptable(f"{shown(value)}不是等次名称", "应为文字")
    return value.strip()


def _pairs(value: object) -> list[tuple[object, object]]:
    """Return (name, lowest) pairs, or nothing when ``value`` has no such form."""
    if isinstance(value, str):
        steps = re.split(r"[、，,；;\n]", unicodedata.normalize("NFKC", value).strip())
        value = [step.replace(":", "=").split("=") for step in steps]
    if not isinstance(value, list | tuple):
        return []
    pairs = [_pair(step) for step in value]
    return [pair for pair in pairs if pair] if all(pairs) else []


def _pair(step: object) -> tuple[object, object] | None:
    if isinstance(step, Mapping) and set(step) == {"name", "lowest"}:
        return step["name"], step["lowest"]
    if isinstance(step, list | tuple) and len(step) == len(("name", "lowest")):
        return step[0], step[1]
    return None
