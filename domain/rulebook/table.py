"""A table of a rulebook file, read key by key; what is wrong is noted and reading goes on.

A getter that cannot return what was asked for notes a fault and returns an empty value of the
same type, so that every fault of a file is found in one reading. Nothing made from such values
is ever used: a file with a fault is refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from domain.rulebook.amounts import Unacceptable, price
from domain.rulebook.errors import Faults
from domain.rulebook.lines import Path

NOUGHT = Decimal(0)
_CODE = re.compile("[a-z][a-z0-9_]*")


class Table:
    """One table, the path to it, and the faults found in its file so far."""

    __slots__ = ("content", "faults", "path")

    def __init__(self, content: Mapping[str, object], path: Path, faults: Faults) -> None:
        self.content = content
        self.path = path
        self.faults = faults

    def expect(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """Note each required key that is missing and each key that means nothing here."""
        for key in required:
            if key not in self.content:
                self.fault(key, f"{self.called}缺少 {key}", f"请补上 {key} = …")
        for key in self.content:
            if key not in required and key not in optional:
                known = "、".join([*required, *optional])
                self.fault(key, f"{self.called}中没有 {key} 这个键", f"可用的键：{known}")

    def fault(self, key: str | int, what: str, fix: str) -> None:
        """Note what is wrong with ``key``, and what would be right."""
        self.faults.add((*self.path, key), what, fix)

    @property
    def called(self) -> str:
        """How messages name this table."""
        if not self.path:
            return "文件开头"
        keys = (f'"{key}"' if "." in str(key) else str(key) for key in self.path)
        return f"[{'.'.join(keys)}] "

    def text(self, key: str) -> str:
        """Return a text of one line, without blanks around it."""
        value = self.content.get(key, "")
        if key in self.content and not is_text(value):
            self.fault(key, f"{key} 不是一行文字", f'应为 {key} = "…"，不空，不换行，两端无空格')
            return ""
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.content.get(key, [])
        if not isinstance(value, list):
            self.fault(key, f"{key} 不是一列文字", f'应为 {key} = ["…", "…"]')
            return ()
        for number, entry in enumerate(value):
            if not is_text(entry):
                self.faults.add(
                    (*self.path, key, number), f"{key} 的第 {number + 1} 项不是一行文字", '应为 "…"'
                )
        return tuple(map(str, value))

    def amount(self, key: str) -> Decimal:
        """Return a number of points that is not negative."""
        if key not in self.content:
            return NOUGHT
        try:
            return price(self.content[key], deducts=False)
        except Unacceptable as refused:
            self.fault(key, f"{key}：{refused.what}", "应为不小于 0、最多两位小数的数")
            return NOUGHT

    def child(self, key: str) -> Table:
        """Return the table under ``key``, empty when there is none."""
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self.fault(key, f"{key} 不是一张表", f"应为 {key} = {{ … }}，或在自己的标题行下逐行写")
            value = {}
        return Table(value, (*self.path, key), self.faults)

    def children(self) -> Iterator[tuple[str, Table]]:
        """Yield every entry, each of which has to be a table, in the order of the file."""
        for key in self.content:
            yield key, self.child(key)


def is_text(value: object) -> bool:
    """Tell whether ``value`` is a text of one line that is not blank at either end."""
    return isinstance(value, str) and value.isprintable() and value.strip() == value != ""


def is_code(value: str) -> bool:
    """Tell whether ``value`` can name something in a parameter path: a-z, then 0-9 and _ too."""
    return _CODE.fullmatch(value) is not None
