"""The page of dependencies lists what is locked, with a licence and a reason for each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from tests.docs.markdown import ROOT, Page

_ROW = re.compile(r"^\| (?!package )([a-z][\w-]*) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_NAME = re.compile(r"^[A-Za-z][\w-]*")
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_TABLES = {
    heading.text: {name: (licence, why) for name, licence, why in _ROW.findall(text)}
    for heading, text in Page.read(ROOT / "docs/reference/dependencies.md").sections
}


def names(requirements: Iterable[object]) -> set[str]:
    """Return the packages that lines of requirements name, without versions."""
    found = (_NAME.match(line) for line in requirements if isinstance(line, str))
    return {match[0].lower() for match in found if match}


def test_runtime_is_what_the_project_declares() -> None:
    """The first table lists the dependencies of the program, and nothing else."""
    assert set(_TABLES["Runtime"]) == names(_PROJECT["project"]["dependencies"])


def test_groups_are_what_the_project_declares() -> None:
    """Building, tests, checks and benchmarks are listed as their groups have them."""
    groups = _PROJECT["dependency-groups"]
    assert set(_TABLES["Building"]) == names(groups["build"]) | {"uv"}
    assert set(_TABLES["Tests"]) == names(groups["test"])
    assert set(_TABLES["Checks and benchmarks"]) == names(groups["lint"]) | names(groups["bench"])


def test_everything_locked_is_listed_once() -> None:
    """Each package of the lock files has one row, so that none comes in unnoticed."""
    locked: set[str] = set()
    for path in (ROOT / "requirements").glob("*.txt"):
        locked |= names(path.read_text(encoding="utf-8").splitlines())
    listed = [name for rows in _TABLES.values() for name in rows]
    assert sorted(listed) == sorted(locked)


def test_no_licence_binds_those_who_pass_it_on() -> None:
    """Only docxtpl is under the LGPL, nothing under the GPL; MPL stays out of what is installed."""
    licences = {name: row[0] for rows in _TABLES.values() for name, row in rows.items()}
    family = {name: licence for name, licence in licences.items() if "GPL" in licence}
    assert family == {"docxtpl": "LGPL-2.1-only"}
    assert not any("MPL" in licence for licence, _ in _TABLES["Runtime"].values())
