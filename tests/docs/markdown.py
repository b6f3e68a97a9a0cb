"""Markdown pages of the project: their headings, links, and blocks of code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
_FOLDERS = ("docs", "examples", "tests", "benchmarks", "domain", "projections", "infra", "cli")

FENCE = re.compile(r"^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2 *$", re.DOTALL | re.MULTILINE)
"""A fenced block: its indent, its fence, what stands after it, and the text."""

_INDENTED = re.compile(r"(?:^ {4,}\S.*\n)+", re.MULTILINE)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?\)")
_IMAGE = re.compile(r"<(?:img|a)\b[^>]*?(?:src|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^(#{1,6}) +(.+?) *#* *$", re.MULTILINE)
_NO_SLUG = re.compile(r"[^\w\- ]")


class Heading(NamedTuple):
    """A heading: its level, from 1, and its text."""

    level: int
    text: str


class Block(NamedTuple):
    """A block of code: what stands after the opening fence, and the text."""

    info: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page; ``text`` is all of it."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> Page:
        """Return the page at ``path``."""
        return cls(path, path.read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """The path from the top of the project."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of code, fenced and indented."""
        fenced = [Block(m[3].strip(), m[4]) for m in FENCE.finditer(self.text)]
        return fenced + [Block("", m[0]) for m in _INDENTED.finditer(self._unfenced)]

    @cached_property
    def inline_code(self) -> list[str]:
        """What stands in backticks within the text."""
        return _CODE.findall(self._unfenced)

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings in their order."""
        return [Heading(len(m[1]), m[2]) for m in _HEADING.finditer(self._unfenced)]

    @cached_property
    def anchors(self) -> set[str]:
        """What a link to this page may name after ``#``, by the rule of GitHub."""
        seen: Counter[str] = Counter()
        found = set()
        for heading in self.headings:
            slug = slug_of(heading.text)
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
        return found

    @cached_property
    def links(self) -> list[str]:
        """Where links and images lead, in their order."""
        return links_in(self._unfenced)

    @cached_property
    def sections(self) -> list[tuple[Heading, str]]:
        """Each heading with the text down to the next one."""
        starts = list(_HEADING.finditer(self._hidden))
        ends = [start.start() for start in starts[1:]] + [len(self.text)]
        return [
            (Heading(len(m[1]), m[2]), self.text[m.end() : end])
            for m, end in zip(starts, ends, strict=True)
        ]

    @cached_property
    def _unfenced(self) -> str:
        return FENCE.sub("", self.text)

    @cached_property
    def _hidden(self) -> str:
        """The text with every fenced line emptied, so that offsets stay what they are."""
        return FENCE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), self.text)


def slug_of(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return _NO_SLUG.sub("", shown.lower()).replace(" ", "-")


def links_in(text: str) -> list[str]:
    """Return where the links and images of ``text`` lead; code is no link."""
    plain = _CODE.sub("", FENCE.sub("", text))
    return [*_LINK.findall(plain), *_IMAGE.findall(plain)]


def pages() -> Iterator[Page]:
    """Return every Markdown page of the project."""
    paths = [*ROOT.glob("*.md"), *(p for folder in _FOLDERS for p in (ROOT / folder).rglob("*.md"))]
    yield from map(Page.read, sorted(paths))
