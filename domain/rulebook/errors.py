"""What is wrong with a rulebook file, with the line each fault stands in."""

from __future__ import annotations

from domain.errors import Fault, Refused, Where
from domain.rulebook.lines import Path, line_of, locate


class RulebookRefused(Refused):
    """A rulebook file contradicts itself and scores nothing until it is put right.

    ``faults`` holds one entry for each thing that is wrong, in the order of the file's lines;
    ``fault.where.row`` is the line, counted from 1.
    """

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            f"规则文件 {name} 有 {len(faults)} 处错误，不能使用",
            fix="请按上列行号改正规则文件后重试。",
        )
        self.faults = faults


class Faults:
    """The faults found so far in one rulebook file, by the path of the key they concern."""

    def __init__(self) -> None:
        self._found: list[tuple[Path, str, str]] = []

    def add(self, path: Path, what: str, fix: str) -> None:
        """Remember, once, that the value at ``path`` is wrong, and what would be right."""
        if (path, what, fix) not in self._found:
            self._found.append((path, what, fix))

    def touch(self, path: Path) -> bool:
        """Tell whether a fault is known at ``path`` or below it."""
        return any(found[: len(path)] == path for found, _, _ in self._found)

    def refuse(self, text: str, name: str) -> None:
        """Raise ``RulebookRefused`` with every fault and its line in ``text``, if there is any.

        Lines are looked for only now, so that a sound file is read without paying for them.
        """
        if not self._found:
            return
        lines = locate(text)
        faults = [
            Fault(what, fix, Where(file=name, row=line_of(path, lines)))
            for path, what, fix in self._found
        ]
        faults.sort(key=lambda fault: fault.where.row or 0)
        raise RulebookRefused(name, tuple(faults))
