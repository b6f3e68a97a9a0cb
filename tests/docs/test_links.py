"""Links in Markdown lead somewhere, and every page can be found from an index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, Page, pages

PAGES = list(pages())
INDEX = "docs/README.md"


def broken(page: Page) -> Iterator[str]:
    """Return the links of ``page`` that lead nowhere, each with what is wrong."""
    for link in page.links:
        if link.startswith("http:"):
            yield f"{link}: not https"
        if ":" in link.partition("#")[0]:
            continue
        file, _, anchor = link.partition("#")
        target = (page.path.parent / file).resolve()
        if file and not (target.is_relative_to(ROOT) and target.exists()):
            yield f"{link}: no such file"
        elif anchor and anchor not in (Page.read(target) if file else page).anchors:
            yield f"{link}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_resolve(page: Page) -> None:
    """Every relative link names a file of the project, and a heading that is in it."""
    assert list(broken(page)) == []


def test_a_broken_link_is_noticed() -> None:
    """A missing file, a missing heading, a path out of the project and plain http are noticed."""
    text = "# Here\n[a](no.md) [b](README.md#no) [c](../no.md) [d](http://example.com) [e](#here)"
    found = [told.partition(":")[0] for told in broken(Page(ROOT / "sample.md", text))]
    assert found == ["no.md", "README.md#no", "../no.md", "http"]


def test_every_page_of_docs_can_be_reached() -> None:
    """From the index of the documentation, links lead to every page and picture of it."""
    reached: set[Path] = set()
    waiting = [(ROOT / INDEX).resolve(), (ROOT / "README.md").resolve()]
    while waiting:
        at = waiting.pop()
        if at in reached or not at.exists():
            continue
        reached.add(at)
        if at.suffix == ".md":
            links = (link.partition("#")[0] for link in Page.read(at).links)
            local = [link for link in links if link and ":" not in link]
            waiting += [(at.parent / link).resolve() for link in local]
    there = {path.resolve() for path in (ROOT / "docs").rglob("*") if path.is_file()}
    assert there <= reached
