"""Pages read back: a tree of what stands in the HTML, as a browser without scripts takes it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_VOID = frozenset({"meta", "link", "br", "input", "img", "hr"})


class _Reader(HTMLParser):
    """Builds the tree; an element that is closed in the wrong place is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = ET.TreeBuilder()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)
        else:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> at {self.getpos()}"
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.tree.data(data)


def read_page(file: Path) -> ET.Element:
    """Return the page in ``file``."""
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.tree.close()


def text_of(element: ET.Element) -> str:
    """Return the text in ``element``, with white space as it is shown."""
    return " ".join("".join(element.itertext()).split())


def marked(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield the elements within ``element`` of the class ``name``."""
    return (each for each in element.iter() if name in each.get("class", "").split())


def first_marked(element: ET.Element, name: str) -> str:
    """Return the text of the first element of the class ``name``."""
    return text_of(next(marked(element, name)))


def links(element: ET.Element) -> list[str]:
    """Return where the links of a page, those in its charts too, lead."""
    return [each.get("href", "") for each in element.iter("a")]


def ids(element: ET.Element) -> list[str]:
    """Return the names that a link may have after ``#``."""
    return [each.get("id", "") for each in element.iter() if each.get("id")]
