"""The modules of the project, read as Python reads them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SHIPPED = ("cli", "domain", "infra", "projections")
OURS = (*SHIPPED, "benchmarks", "tests")


@dataclass(frozen=True)
class Module:
    """One file of Python: where it is, relative to the project, and what it says."""

    path: Path
    text: str

    @property
    def lines(self) -> int:
        """How many lines it has, as an editor counts them."""
        return len(self.text.splitlines())

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def imported(self) -> set[str]:
        """The outermost names of what it imports, anywhere in it: on top, late, or for types.

        What is imported relative to the module itself is its neighbour, and left out.
        """
        names: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
        return {name.partition(".")[0] for name in names}


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the modules of these folders of the project, in the order of their paths."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(Module(p.relative_to(ROOT), p.read_text(encoding="utf-8")) for p in paths)
