"""Decision records have the sections of MADR, and each is in the index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, Page, links_in

FOLDER = ROOT / "docs" / "adr"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
SECTIONS = (
    "Context and Problem Statement",
    "Decision Drivers",
    "Considered Options",
    "Decision Outcome",
    "Consequences",
    "Confirmation",
    "Pros and Cons of the Options",
)
LONGEST = 120
"""Lines of one page."""

CONTRACTS = {
    contract["id"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}


def section(page: Page, title: str) -> str:
    """Return the text of the section of that title."""
    return next(text for heading, text in page.sections if heading.text == title)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_record_has_the_sections_of_madr(path: Path) -> None:
    """A record says its status and date, and has every section, in order, with something in it."""
    page = Page.read(path)
    assert re.match(r"---\nstatus: \w.*\ndate: \d{4}-\d\d-\d\d\n---\n\n# ", page.text)
    assert tuple(h.text for h in page.headings if h.text in SECTIONS) == SECTIONS
    filled = [title for title in SECTIONS if section(page, title).strip()]
    assert set(SECTIONS) - set(filled) <= {"Pros and Cons of the Options"}
    assert len(page.text.splitlines()) <= LONGEST


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_option_is_weighed(path: Path) -> None:
    """Each considered option has what speaks for it and what speaks against it."""
    page = Page.read(path)
    options = re.findall(r"^\d+\. ", section(page, "Considered Options"), re.MULTILINE)
    weighed = page.text.partition("## Pros and Cons of the Options")[2].split("\n### ")[1:]
    assert len(options) == len(weighed) >= 2
    assert all("- Good, because" in text and "- Bad, because" in text for text in weighed)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_confirmation_names_what_enforces_it(path: Path) -> None:
    """The confirmation names a file of tests that exists, or a contract of import-linter."""
    named = re.findall(r"`([^`]+)`", section(Page.read(path), "Confirmation"))
    tests = [name for name in named if name.startswith("tests/")]
    assert tests or CONTRACTS & set(named)
    assert [name for name in tests if not (ROOT / name).exists()] == []


def test_index_lists_every_record_once() -> None:
    """The index has each record in its order, under its number and its title."""
    index = Page.read(FOLDER / "README.md")
    linked = [link for link in links_in(index.text) if re.match(r"\d{4}-", link)]
    assert linked == [path.name for path in RECORDS]
    for path in RECORDS:
        title = Page.read(path).headings[0].text
        assert f"| [{path.name[:4]}]({path.name}) | {title} |" in index.text


def test_numbers_are_dense() -> None:
    """Records are numbered from 1 without gaps."""
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
