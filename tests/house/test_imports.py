"""What each folder may import at all. Which of ours imports which, import-linter says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.source import OURS, ROOT, SHIPPED, Module, modules

_PURE = {
    "__future__",
    "base64",
    "binascii",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "tomllib",
    "types",
    "typing",
    "unicodedata",
    "dateutil",
    "pydantic",
    "pydantic_core",
}
"""What the domain computes with: nothing in it knows the machine, the hour or chance."""

_IMPURE = {"open", "print", "input", "eval", "exec", "__import__", "now", "today", "utcnow"}
"""Calls that reach the machine or its clock without an import."""

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def _canonical(names: Iterable[str]) -> set[str]:
    """Return the names of packages as an index compares them (PEP 503)."""
    found = filter(None, map(_NAME.match, names))
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found}


def _declared(groups: Mapping[str, list[object]]) -> set[str]:
    """Return the packages that the groups of dependencies name themselves."""
    lines = (line for group in groups.values() for line in group)
    return _canonical(line for line in lines if isinstance(line, str))


RUNTIME = _canonical(_PROJECT["project"]["dependencies"])
DECLARED = RUNTIME | _declared(_PROJECT["dependency-groups"])
_BROUGHT_BY = packages_distributions()


def undeclared(module: Module, declared: set[str], ours: Iterable[str]) -> set[str]:
    """Return what ``module`` imports that neither Python, nor we, nor a declared package has."""
    foreign = module.imported - sys.stdlib_module_names - set(ours)
    return {name for name in foreign if not declared & _canonical(_BROUGHT_BY.get(name, ()))}


def reaches(module: Module) -> Iterator[str]:
    """Return the calls in ``module`` that reach the machine or its clock."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _IMPURE:
                yield f"{module.path}:{node.lineno} {name}"


def test_the_domain_imports_what_it_computes_with_alone() -> None:
    """No module of the domain imports anything outside the short list, whatever its name."""
    allowed = _PURE | {"domain"}
    assert {m.path: m.imported - allowed for m in modules("domain") if m.imported - allowed} == {}


def test_the_domain_calls_no_clock_and_no_file() -> None:
    """What needs no import to be impure is not called: ``open``, ``print``, ``now``, ``today``."""
    assert [found for module in modules("domain") for found in reaches(module)] == []


@pytest.mark.parametrize("folder", SHIPPED)
def test_what_is_shipped_imports_declared_dependencies_alone(folder: str) -> None:
    """Each package is in ``dependencies``: not only in a group, nor merely brought along."""
    found = {m.path: undeclared(m, RUNTIME, SHIPPED) for m in modules(folder)}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("folder", sorted(set(OURS) - set(SHIPPED)))
def test_tests_and_benchmarks_import_declared_packages_alone(folder: str) -> None:
    """Each package is declared, at run time or in a group."""
    found = {m.path: undeclared(m, DECLARED, OURS) for m in modules(folder)}
    assert {path: names for path, names in found.items() if names} == {}


def test_what_may_not_be_imported_is_noticed() -> None:
    """A package for tests, one brought along, our tests, and an import written late are found."""
    late = "def f():\n    import bagit, sqlalchemy.orm\n    from mdurl import parse\n"
    module = Module(Path("cli/late.py"), f"import tests.running\nimport urllib.request\n{late}")
    assert undeclared(module, RUNTIME, SHIPPED) == {"bagit", "mdurl", "tests"}
    assert undeclared(module, DECLARED, OURS) == {"mdurl"}
    assert module.imported - _PURE == {"bagit", "mdurl", "sqlalchemy", "tests", "urllib"}


def test_a_call_that_reaches_the_machine_is_noticed() -> None:
    """As a function and as a method; a name that is only read is none."""
    text = "open('x')\ndate.today()\ndatetime.now(UTC)\ntoday = moment.now\n"
    told = reaches(Module(Path("domain/x.py"), text))
    assert list(told) == ["domain/x.py:1 open", "domain/x.py:2 today", "domain/x.py:3 now"]
