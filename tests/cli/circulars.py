"""A register to tell of in circulars, and how the files that are written are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from docx import Document
from pypdf import PdfReader

from infra.documents.fonts import FACES, Typefaces
from tests.cli.registers import OPENING, Line, adopted, brief, corrected, retracted
from tests.running import Answer, Kaohe

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = ("--from", "2022-07-01", "--as-of", "2022-09-30")


def endorsed(item: str, on: str, **more: Any) -> Line:  # noqa: ANN401  any field value
    """Return the endorsement of an item by a leader of the city, unless ``more`` says otherwise."""
    return {"type": "ItemEndorsed", "on": on, "item": item, "level": "city", **more}


def special(item: str, on: str, characters: int) -> Line:
    """Return a 专报 of 市财政局; one of less than 1500 characters is left out of the statistics."""
    return brief(item, on=on, unit="市财政局", kind="special", characters=characters)


STORY: list[Line] = [
    # Before the period: cumulative alone.
    brief("甲", on="2022-03-01"),
    adopted("甲", on="2022-03-05"),
    # Of two units; its second use by the city does not count, that by the province comes later.
    brief("乙", unit="应县、市教育局"),
    adopted("乙", on="2022-08-05"),
    adopted("乙", on="2022-08-20"),
    adopted("乙", on="2022-10-02", level="province"),
    # Endorsed before the period and adopted in it: both count from the adoption.
    special("丙", "2022-06-05", 1600),
    endorsed("丙", "2022-06-10"),
    adopted("丙", on="2022-08-15"),
    # Too short for the statistics; an endorsement without an adoption does not count.
    special("丁", "2022-08-03", 900),
    endorsed("丁", "2022-08-09", level="province"),
    # An adoption that is taken back at the end.
    brief("戊", on="2022-08-04", unit="市财政局"),
    adopted("戊", on="2022-08-06", ref="采戊"),
    # Received before the period, adopted in it.
    brief("己", on="2022-06-28", unit="市教育局"),
    adopted("己", on="2022-07-03", level="province"),
    # Received in the period, until that is corrected.
    brief("庚", on="2022-09-30", ref="报庚"),
    # Two items that were merged; a leader of the party does not count.
    brief("辛", on="2022-07-05"),
    brief("壬", on="2022-07-06", unit="市教育局"),
    {
        "type": "ItemsMerged", "on": "2022-07-10", "item": "合", "items": ["辛", "壬"],
        "kind": "brief", "title": "合编的简报",
    },
    adopted("合", on="2022-07-20", level="province"),
    endorsed("合", "2022-07-25", body="party"),
    corrected("报庚", on="2022-10-08"),
    retracted("采戊"),
]  # fmt: skip
"""Positions 6 to 28, after the opening of five; 开发区 sends nothing."""

COUNTY = ["应县", "2", "1", "1", "0", "0", "7", "1/3", "3", "2", "1", "0", "0", "9", "1/2"]
ZONE = ["开发区", *["0"] * 6, "—", *["0"] * 6, "—"]
DEPARTMENTS = [
    ["市教育局", "2", "1", "2", "0", "0", "12", "1/1", "3", "1", "2", "0", "0", "12", "1/1"],
    ["市财政局", "2", "1", "0", "0", "1", "8", "2/2", "3", "1", "0", "0", "1", "8", "2/3"],
]
TOTALS = [
    ["县（市、区）", "1", "2", "1", "1", "0", "0", "3", "2", "1", "0", "0"],
    ["开发区", "1", *["0"] * 10],
    ["市直部门", "2", "4", "2", "2", "0", "1", "6", "2", "2", "0", "1"],
    ["合计", "4", "5", "2", "2", "0", "1", "8", "3", "2", "0", "1"],
]
"""What a clerk counts in the story: sent, used by city, province and state, endorsed."""


def chinese_fonts() -> Typefaces:
    """Return the fonts of this machine; without any for Chinese there is no page to look at."""
    found = Typefaces(None)
    known = {family.casefold() for family in found.all.families()}
    if not any(name.casefold() in known for face in FACES.values() for name in face.families):
        pytest.skip("no Chinese font is installed")
    return found


def registered(folder: Path) -> Kaohe:
    """Return the command line with the register of the story in ``folder``."""
    kaohe = Kaohe(folder)
    kaohe.imports([*OPENING, *STORY])
    return kaohe


def written(kaohe: Kaohe, name: str, *arguments: object) -> Path:
    """Write a circular on the period, unless ``arguments`` name another, and return the file."""
    path = kaohe.folder / name
    asked = arguments if "--from" in arguments else (*PERIOD, *arguments)
    kaohe("export", "circular", "--to", path, *asked)
    return path


def said(kaohe: Kaohe, name: str, *arguments: object) -> Answer:
    """Write a circular and return what the command says about it."""
    return kaohe("export", "circular", "--to", kaohe.folder / name, *PERIOD, *arguments)


class Circular(NamedTuple):
    """What stands in a Word document: its paragraphs, and its tables without their heads."""

    paragraphs: list[str]
    tables: list[list[list[str]]]
    heads: list[list[str]]

    def below(self, heading: str, until: str) -> list[str]:
        """Return the paragraphs between two headings."""
        first = self.paragraphs.index(heading) + 1
        return self.paragraphs[first : self.paragraphs.index(until)]


def opened_docx(path: Path) -> Circular:
    """Read a Word document back with another program's eyes."""
    document = Document(str(path))
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ]
    return Circular(
        [paragraph.text for paragraph in document.paragraphs if paragraph.text],
        [rows[2:] for rows in tables],
        [rows[1] for rows in tables],
    )


class Chunk(NamedTuple):
    """A piece of text on a page: where it stands, in points from the lower left, and its size."""

    x: float
    y: float
    size: float
    text: str


def pages(path: Path) -> list[list[Chunk]]:
    """Return the pieces of text of each page of a PDF, in the order in which they are drawn."""
    return [_chunks(page) for page in PdfReader(path).pages]


def _chunks(page: Any) -> list[Chunk]:  # noqa: ANN401  pypdf's own
    found: list[Chunk] = []

    def take(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.append(Chunk(cm[4] + tm[4], cm[5] + tm[5], size, text.strip("\n")))

    page.extract_text(visitor_text=take)
    return found


MM = 72 / 25.4
"""A millimetre in points."""
BOTTOM = 35 * MM
"""The lower edge of the type area of GB/T 9704-2012."""


def squeezed(path: Path) -> str:
    """Return all that a PDF says within the type area, without white space."""
    texts = (chunk.text for page in pages(path) for chunk in page if chunk.y > BOTTOM)
    return "".join("".join(texts).split())
