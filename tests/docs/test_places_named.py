"""Paths in the documentation are those of the project, and of no machine."""

from __future__ import annotations

import re

import pytest

from tests.docs.markdown import ROOT, Page, pages

PAGES = list(pages())
_OURS = re.compile(
    r"(?:domain|projections|infra|cli|tests|benchmarks|docs|examples|requirements|\.ci)/[\w./*-]*"
)
_MACHINES = re.compile(
    r"(?<![\w.])/(?:work|farm|tmp|home|root|Users|mnt|opt|srv)(?:/|\b)"
    r"|(?<!\w)[A-Z]:\\"
    r"|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|localhost:\d|127\.0\.0\.1"
)


def missing(page: Page) -> list[str]:
    """Return the paths of the project that ``page`` names in code and that do not exist."""
    named = [text for text in page.inline_code if _OURS.fullmatch(text)]
    return [text for text in named if not any(ROOT.glob(text.rstrip("/")))]


def foreign(page: Page) -> list[str]:
    """Return what in ``page`` belongs to a machine or a package index, not to the project."""
    return [found[0] for found in _MACHINES.finditer(page.text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_of_the_project_exist(page: Page) -> None:
    """A path of the project that a page names in code is there."""
    assert missing(page) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_path_of_a_machine(page: Page) -> None:
    """No page names a folder of somebody's machine or the host of a package index."""
    assert foreign(page) == []


def test_a_foreign_place_is_noticed() -> None:
    """A path that is not there, a folder of a machine and a drive are noticed."""
    text = "`domain/no_such.py` and `domain/`, /home/x and C:\\x, or docs/home/x"
    page = Page(ROOT / "sample.md", text)
    assert missing(page) == ["domain/no_such.py"]
    assert foreign(page) == ["/home/", "C:\\"]
