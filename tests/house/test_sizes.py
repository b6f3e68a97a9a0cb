"""How long modules and functions are, and what they are called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.house.source import OURS, SHIPPED, Module, modules

LONGEST_MODULE = 300
USUAL_MODULE = 120
LONGEST_FUNCTION = 25
"""Lines of a function of the domain, its docstring and its decorators not counted."""

_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of ``module``, methods and inner ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines from ``def`` to the end, without those of the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    return _lines(function) - (_lines(docstring) if docstring else 0)


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_too_long() -> None:
    """Whoever opens a module, of the tests too, can read it to its end."""
    long = {str(m.path): m.lines for m in modules(*OURS) if m.lines > LONGEST_MODULE}
    assert long == {}


def test_the_usual_module_is_short() -> None:
    """Half of the modules that are shipped are not longer than a module should be."""
    assert median(module.lines for module in modules(*SHIPPED)) <= USUAL_MODULE


def test_no_function_of_the_domain_is_too_long() -> None:
    """A rule or a decision fits on half a page."""
    found = {
        f"{module.path}:{each.lineno} {each.name}": length(each)
        for module in modules("domain")
        for each in functions(module)
    }
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION} == {}


def test_a_module_is_called_for_what_it_knows() -> None:
    """No module and no folder bears one of the names that say nothing."""
    named = {part for m in modules(*OURS) for part in (*m.path.parts[:-1], m.path.stem)}
    assert named & _SAY_NOTHING == set()


def test_a_function_is_measured_without_its_docstring() -> None:
    """Decorators and the docstring are left out, an inner function is measured as well."""
    text = '@cache\ndef outer():\n    """One.\n\n    Two.\n    """\n    def inner(): ...\n'
    lengths = {each.name: length(each) for each in functions(Module(Path("x.py"), text))}
    assert lengths == {"outer": 2, "inner": 1}
