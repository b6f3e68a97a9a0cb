"""The order in which the rows of a workbook are recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from domain.days import day_of, read_moment
from domain.decisions.batch import RegisterLine
from domain.errors import Fault
from domain.events.catalogue import BY_NAME, CATALOGUE
from domain.events.corrections import Amendment
from domain.events.setting import CycleOpened, QuotaSet, UnitChanged, UnitEnrolled

SEQ_FIELD = "seq"
"""The name of the column that orders rows; it is no field of an event."""
_FIRST = (CycleOpened, UnitEnrolled, UnitChanged, QuotaSet)
_SHEETS = {entry.name: place for place, entry in enumerate(CATALOGUE)}


class Row(NamedTuple):
    """A row of a sheet: its line, and what its ``seq`` column says, if anything."""

    line: RegisterLine
    seq: Any = None


def in_order(rows: list[Row]) -> tuple[list[RegisterLine], list[Fault]]:
    """Return the lines as they are recorded, and what is wrong with the order given.

    When any row has a ``seq``, all need one, each its own. Without it cycles, units and quotas
    come first and corrections and retractions last, both in the order of the catalogue and as
    they stand in their sheet; the others follow their days, and on the same day the catalogue.
    """
    if all(row.seq is None for row in rows):
        return [row.line for row in sorted(rows, key=_natural)], []
    faults = _seq_faults(rows)
    if faults:
        return [row.line for row in rows], faults
    return [row.line for row in sorted(rows, key=attrgetter("seq"))], []


def _natural(row: Row) -> tuple[int, date, int]:
    name = row.line.raw["type"]
    event = BY_NAME[name].event
    if event in _FIRST:
        return (0, date.min, _SHEETS[name])
    if issubclass(event, Amendment):
        return (2, date.min, _SHEETS[name])
    return (1, _day(row.line.raw.get("on")), _SHEETS[name])


def _day(written: object) -> date:
    """Return the day of a row; one that has none is refused later.

    It comes before all days, so that what it would have made is known to be missing when a row
    that names it is checked: that row's fault is only a consequence.
    """
    try:
        return day_of(read_moment(written))
    except ValueError:
        return date.min


def _seq_faults(rows: list[Row]) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[int, RegisterLine] = {}
    for line, seq in rows:
        if SEQ_FIELD in line.told:
            continue
        if seq is None:
            fault = Fault("缺少序号", "用了序号，每一行就都要有")
        elif isinstance(seq, bool) or not isinstance(seq, int):
            fault = Fault(f"序号“{seq}”不是整数", "应为整数，从小到大排出先后")
        elif seq in seen:
            other = seen[seq].where
            what = f"序号 {seq} 与工作表“{other.sheet}”第 {other.row} 行重复"
            fault = Fault(what, "整个工作簿中每个序号只能用一次")
        else:
            seen[seq] = line
            continue
        faults.append(fault.at(replace(line.where, field=SEQ_FIELD)))
    return faults
