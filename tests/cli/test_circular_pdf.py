"""``kaohe export circular`` as PDF: what the Word document says, in the standard's measures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import typst
from pypdf import PdfReader

from domain.errors import Refused
from infra.documents.circular_pdf import circular_pdf
from infra.documents.fonts import Typefaces
from tests.cli.circulars import (
    BOTTOM,
    MM,
    PERIOD,
    Chunk,
    chinese_fonts,
    opened_docx,
    pages,
    registered,
    said,
    squeezed,
    written,
)
from tests.cli.driving import refused
from tests.cli.registers import adopted, brief
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path

A4 = (210 * MM, 297 * MM)
LEFT, WIDTH, TOP, HEIGHT = 28 * MM, 156 * MM, 37 * MM, 225 * MM
SENTENCE = "政务信息采用情况通报版心每面二十二行每行二十八个字"


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    """The fonts of this machine, which has some for Chinese."""
    return chinese_fonts()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, typefaces: Typefaces) -> Kaohe:
    """The register of the story, which these tests only read, where it can be printed."""
    del typefaces
    return registered(tmp_path_factory.mktemp("register"))


@pytest.fixture
def story(register: Kaohe, tmp_path: Path) -> Kaohe:
    """The register of the story, and a folder of its own to write to."""
    return Kaohe(tmp_path, register.database)


def test_it_says_what_the_word_document_says(story: Kaohe) -> None:
    """Every paragraph and every row of the one is found in the other, read back by a stranger."""
    given = ("--head", "某市人民政府办公室文件", "--number", "第9号", "--signed", "某办公室")
    told = opened_docx(written(story, "通报.docx", *given))
    text = squeezed(written(story, "通报.pdf", *given))
    assert [words for words in told.paragraphs if "".join(words.split()) not in text] == []
    assert [row for table in told.tables for row in table if "".join(row) not in text] == []


def test_a_full_page_has_22_lines_of_28_characters(opened: Kaohe, typefaces: Typefaces) -> None:
    """The type area of a page that is all text is that of GB/T 9704-2012, to half a millimetre."""
    del typefaces
    title = (SENTENCE * 5)[:100]
    opened.imports(
        [line for n in range(16) for line in (brief(f"{n}", title=title), adopted(f"{n}"))]
    )
    path = written(opened, "长.pdf")
    page = full_page(path)
    lines = [chunk for chunk in page if chunk.y > BOTTOM]
    assert len(lines) == 22
    assert {chunk.size for chunk in lines} == {16}
    full = [chunk for chunk in lines if chunk.x == pytest.approx(LEFT, abs=0.1)]
    assert max(len(chunk.text) for chunk in full) == 28
    assert {chunk.text for chunk in full if len(chunk.text) == 28}
    pitches = {round(a.y - b.y, 1) for a, b in pairwise(lines)}
    assert pitches == {round(HEIGHT / 22, 1)}
    above = A4[1] - (lines[0].y + 0.8 * 16)
    assert above == pytest.approx(TOP, abs=0.5 * MM)
    assert lines[-1].y - 0.2 * 16 > BOTTOM - 0.5 * MM


def full_page(path: Path) -> list[Chunk]:
    """Return a page between the first two and the last, which holds nothing but text."""
    assert len(pages(path)) > 4
    return pages(path)[2]


def test_page_numbers_stand_outside_below_the_type_area(story: Kaohe) -> None:
    """Size 4, 7 mm below: to the right on odd pages and to the left on even ones, one sign in."""
    for number, page in enumerate(pages(written(story, "通报.pdf")), 1):
        (found,) = [chunk for chunk in page if chunk.y < BOTTOM]
        assert (found.text, found.size) == (f"— {number} —", 14)
        top = found.y + 0.8 * 14
        assert top == pytest.approx(BOTTOM - 7 * MM, abs=0.5 * MM)
        if number % 2:
            assert LEFT + WIDTH / 2 < found.x < LEFT + WIDTH - 14
        else:
            assert found.x == pytest.approx(LEFT + 14, abs=0.5)


def test_it_is_a4_for_archives_with_a_title(story: Kaohe) -> None:
    """Every page is A4; the file says what it is and of which day, and not when it was made."""
    reader = PdfReader(written(story, "通报.pdf"))
    sizes = {(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages}
    assert [pytest.approx(size, abs=0.1) for size in sizes] == [A4]
    assert reader.metadata is not None
    assert reader.metadata.title == "关于2022年7月1日至9月30日政务信息采用情况的通报"
    assert reader.metadata.creation_date_raw == "D:20220930000000Z"
    held = reader.trailer["/Root"]["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert b"<pdfaid:part>2</pdfaid:part>" in held


def test_the_same_point_gives_the_same_bytes(story: Kaohe) -> None:
    """Two runs give one file; another position gives another."""
    first = written(story, "一.pdf").read_bytes()
    assert written(story, "二.pdf").read_bytes() == first
    assert written(story, "三.pdf", "--known-at", "#27").read_bytes() != first


def test_text_of_the_register_is_never_markup(opened: Kaohe, typefaces: Typefaces) -> None:
    """A title with every sign that typst reads in a page is printed as it was written."""
    del typefaces
    hostile = '#panic() $x$ *a* _b_ `c` <d> @e \\f = / // [g] {{h}} &amp; "i" --- ~ <w:p>'
    opened.imports([brief("甲", title=hostile), adopted("甲")])
    text = squeezed(written(opened, "通报.pdf", "--signed", "#strong[办]"))
    assert f"1.{''.join(hostile.split())}●" in text
    assert "#strong[办]" in text


def test_fonts_that_stand_in_are_named(story: Kaohe, typefaces: Typefaces) -> None:
    """For each font of the standard that is missing it is said which one was taken instead."""
    told = said(story, "通报.pdf").stderr
    for name, instead in typefaces.missing.items():
        assert f"没有字体 {name}，用 {instead} 代替" in told


def test_a_sign_that_no_font_has_is_refused(opened: Kaohe, typefaces: Typefaces) -> None:
    """No page is printed with an empty place: the sign is named, and nothing is written."""
    del typefaces
    opened.imports([brief("甲", title="甲\U0010fffd乙"), adopted("甲")])
    path = opened.folder / "通报.pdf"
    told = refused(opened, "export", "circular", "--to", path, *PERIOD)
    assert "U+10FFFD" in told
    assert "--fonts" in told
    assert not path.exists()


def test_without_a_chinese_font_it_is_refused() -> None:
    """On a machine without one the PDF would be blank: it says what was looked for."""
    bare = Typefaces(None)
    bare.all = typst.Fonts(include_system_fonts=False)
    empty = dict.fromkeys(
        ("head", "number", "addressees", "opening", "legend", "signed", "issued"), "通报"
    )
    lists: dict[str, list[str]] = {
        name: [] for name in ("columns", "totals", "categories", "adopted", "nothing", "notes")
    }
    document = {**empty, **lists, "summary": ["通报"], "title": ["通报"], "as_of": "2022-09-30"}
    with pytest.raises(Refused) as caught:
        circular_pdf(document, bare)
    assert "没有中文字体" in str(caught.value)
    assert "Noto Serif CJK SC" in str(caught.value)
    assert "KAOHE_FONTS" in str(caught.value)


def test_a_folder_of_fonts_has_to_be_there(story: Kaohe) -> None:
    """A folder with a slip in its name is not passed over, nor a template for a PDF."""
    asked = ("export", "circular", "--to", story.folder / "通报.pdf", *PERIOD)
    assert "没有字体文件夹" in refused(story, *asked, "--fonts", story.folder / "没有")
    assert "--template" in refused(story, *asked, "--template", story.folder / "模板.docx")
    assert written(story, "通报.pdf", "--fonts", story.folder).exists()
