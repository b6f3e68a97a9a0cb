"""The two READMEs say the same, and begin with what works on a fresh machine."""

from __future__ import annotations

import re

import pytest

from tests.docs.consoles import without_moments
from tests.docs.markdown import ROOT, Page, links_in

ENGLISH = Page.read(ROOT / "README.md")
CHINESE = Page.read(ROOT / "README.zh-CN.md")
BOTH = pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=lambda page: page.name)


@BOTH
@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_command_has_a_line_of_its_own(page: Page, command: str) -> None:
    """Both commands for a fresh machine stand on lines of their own, in a block of code."""
    blocks = "\n".join(block.text for block in page.blocks)
    assert re.search(rf"^ *(\$ )?{command}( +#.*)?$", blocks, re.MULTILINE)


def test_sections_correspond() -> None:
    """Both have the same tree of headings, and each section leads to the same places."""
    english = [(heading.level, _places(text)) for heading, text in ENGLISH.sections]
    chinese = [(heading.level, _places(text)) for heading, text in CHINESE.sections]
    assert english == chinese


def test_commands_shown_are_the_same() -> None:
    """Both show the same blocks of code, but for remarks and moments of recording."""
    assert list(map(_bare, ENGLISH.blocks)) == list(map(_bare, CHINESE.blocks))


def _places(text: str) -> set[str]:
    """Return where links lead, apart from those to the other language."""
    return {link.partition("#")[0] for link in links_in(text)} - {"README.md", "README.zh-CN.md"}


def _bare(block: tuple[str, str]) -> tuple[str, str]:
    return block[0], re.sub(r" +# .*", "", without_moments(block[1]))
