"""Everything that kaohe refuses, and why.

    KaoheError                 what happened, where, what to do
    ├── Refused                the input or the request cannot be accepted (exit code 1)
    │   ├── LinesRefused       lines of a register: one fault for each thing that is wrong
    │   ├── NotKnown           asked for a unit, cycle, event or moment that is not in the log
    │   └── RulebookRefused    a rulebook contradicts itself: one fault for each thing that is wrong
    ├── Lagging                events are recorded, but the scores could not be brought up to them
    └── IntegrityBroken        what is stored contradicts itself (exit code 3)

``RulebookRefused`` stands beside what reads rulebooks, in ``domain.rulebook.errors``; the others
are here. One handler at the edge of the command line turns them into a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import ClassVar, NamedTuple


class Column(NamedTuple):
    """Where a field stands in a sheet: the letter of its column, if it has one, and its heading."""

    letter: str
    heading: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where a fault is: the file, sheet and row, the field, or the position in the log.

    A row of a workbook knows the ``columns`` of its sheet, so that a field is told as it is headed
    there, with its cell.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    field: str | None = None
    position: int | None = None
    columns: Mapping[str, Column] = dataclass_field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        """Return the place as a clerk reads it, or nothing when no place is known."""
        parts = [
            self.file,
            f"工作表“{self.sheet}”" if self.sheet else None,
            f"第 {self.row} 行" if self.row is not None else None,
            f"事件 #{self.position}" if self.position is not None else None,
            self._told_field(),
        ]
        return " ".join(part for part in parts if part)

    def _told_field(self) -> str | None:
        column = self.columns.get(self.field or "")
        if column is None:
            return f"字段 {self.field}" if self.field else None
        if not column.letter:
            return f"“{column.heading}”栏"
        return f"单元格 {column.letter}{self.row}（{column.heading}）"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: what, what would be right, and where."""

    what: str
    fix: str = ""
    where: Where = Where()

    def at(self, where: Where) -> Fault:
        """Return the same fault at ``where``, keeping the field already named."""
        return replace(self, where=replace(where, field=self.where.field or where.field))

    def __str__(self) -> str:
        """Return one line: place, what is wrong, what would be right."""
        place = str(self.where)
        text = f"{place}：{self.what}" if place else self.what
        return f"{text}。{self.fix}" if self.fix else text


class KaoheError(Exception):
    """Something that a user has to know, with what to do about it."""

    exit_code: ClassVar[int] = 1
    faults: tuple[Fault, ...] = ()

    def __init__(self, what: str, *, fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        """Return every fault on a line of its own, what happened, then what to do."""
        return "\n".join(filter(None, [*map(str, self.faults), self.what, self.fix]))


class Refused(KaoheError):
    """The request cannot be accepted; nothing was recorded."""


class LinesRefused(Refused):
    """Lines of a register are wrong; none of them was recorded.

    ``faults`` holds one entry for each thing that is wrong.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"有 {len(faults)} 处错误，什么都没有登记", fix="请改正后重新提交。")
        self.faults = faults


class NotKnown(Refused):
    """Something was asked for that the log does not hold at that moment."""


class Lagging(KaoheError):
    """Events are recorded, but the scores could not be brought up to them."""


class IntegrityBroken(KaoheError):
    """What is stored contradicts itself; the log must be examined before it is used."""

    exit_code = 3
