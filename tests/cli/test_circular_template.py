"""The Word template of circulars: written out, replaced, and refused when it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from docx import Document

from tests.cli.circulars import PERIOD, opened_docx, registered, written
from tests.cli.driving import refused
from tests.running import Kaohe

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Kaohe:
    """The register of the story, which these tests only read."""
    return registered(tmp_path_factory.mktemp("register"))


@pytest.fixture
def story(register: Kaohe, tmp_path: Path) -> Kaohe:
    """The register of the story, and a folder of its own to write to."""
    return Kaohe(tmp_path, register.database)


@pytest.fixture
def template(story: Kaohe) -> Path:
    """The packaged template, written out."""
    path = story.folder / "模板.docx"
    story("export", "circular-template", "--to", path)
    return path


def changed(template: Path, old: str, new: str) -> Path:
    """Change the words of one paragraph of the template, as an office does in Word."""
    document = Document(str(template))
    (found,) = [paragraph for paragraph in document.paragraphs if paragraph.text == old]
    found.runs[0].text = new
    document.save(str(template))
    return template


def of_paragraphs(path: Path, *texts: str) -> Path:
    """Write a template of these paragraphs."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_the_packaged_template_is_what_is_used(story: Kaohe, template: Path) -> None:
    """Written out and handed back it gives the very same file, and it is the same every time."""
    plain = written(story, "一.docx").read_bytes()
    assert written(story, "二.docx", "--template", template).read_bytes() == plain
    again = story.folder / "又一.docx"
    story("export", "circular-template", "--to", again)
    assert again.read_bytes() == template.read_bytes()


def test_the_template_is_a_whole_document(template: Path) -> None:
    """Each part is well-formed, and the measures are those of GB/T 9704-2012."""
    with ZipFile(template) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ET.fromstring(archive.read(name))  # noqa: S314  our own parts
        fonts = archive.read("word/fontTable.xml").decode()
    assert "Noto Serif CJK SC" in fonts
    document = Document(str(template))
    (section,) = document.sections
    sides = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [side and round(side.mm, 1) for side in sides] == [210, 297, 37, 28]
    assert section.page_width
    assert section.left_margin
    assert section.right_margin
    width = section.page_width - section.left_margin - section.right_margin
    assert round(width / 36000, 1) == 156
    sizes = {style.name: style.font.size for style in document.styles if style.type == 1}
    assert {name: size.pt for name, size in sizes.items() if size} == {
        "Normal": 16, "发文机关标志": 36, "Title": 22, "表中数字": 10.5, "表头": 9, "页码": 14,
    }  # fmt: skip


def test_an_office_puts_in_its_own_words(story: Kaohe, template: Path) -> None:
    """What was changed in Word is in the circular, and any of the data can be named."""
    changed(template, "一、总体情况", "一、{{ cycle }}年全市情况（截至{{ as_of }}）")
    told = opened_docx(written(story, "通报.docx", "--template", template))
    assert "一、2022年全市情况（截至2022-09-30）" in told.paragraphs
    assert "一、总体情况" not in told.paragraphs


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["开头", "{{ title"], ["标记不合语法", "{{ title"]),
        (["开头", "{%p for a in notes %}", "{{ a }}"], ["标记不合语法"]),
        (["共{{ nobody }}条"], ["不在通报的数据里", "共{{ nobody }}条", "nobody"]),
        (["{%p for t in totals %}", "甲{{ t.nobody }}", "{%p endfor %}"], ["甲{{ t.nobody }}"]),
        (["{{ title.__class__.mro() }}"], ["不许做", "__class__"]),
        (["{{ notes.clear() }}"], ["不许做", "clear"]),
        (["{% for a in notes %}甲", "乙{% endfor %}丙", "{%p if 1 %}"], ["标记不合语法"]),
        (["{{ title|nobody }}"], ["标记不合语法", "nobody"]),
        (["{{ as_of + 1 }}"], ["填不出来", "{{ as_of + 1 }}"]),
        (["{{ 1 / 0 }}"], ["填不出来", "{{ 1 / 0 }}"]),
        (["一份没有标记的文件"], ["没有任何要填的标记"]),
    ],
)
def test_a_broken_template_is_refused(story: Kaohe, texts: list[str], expected: list[str]) -> None:
    """What is wrong is said, beside which words, and nothing is written."""
    broken = of_paragraphs(story.folder / "我的模板.docx", *texts)
    path = story.folder / "通报.docx"
    told = refused(story, "export", "circular", "--to", path, *PERIOD, "--template", broken)
    assert "我的模板.docx" in told
    assert [words for words in expected if words not in told] == []
    assert not path.exists()


def test_a_row_that_tears_the_document_is_refused(story: Kaohe) -> None:
    """A condition that begins in a table and ends below it would take half the table away."""
    torn = story.folder / "我的模板.docx"
    document = Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% if head %}甲"
    document.add_paragraph("乙{% endif %}")
    document.save(str(torn))
    told = refused(
        story, "export", "circular", "--to", story.folder / "通报.docx", *PERIOD, "--template", torn
    )
    assert "不再是完好的文档" in told


def test_what_is_no_document_is_refused(story: Kaohe) -> None:
    """A text file, a workbook and a file that is not there are told apart from a template."""
    text = story.folder / "文本.docx"
    text.write_text("通报", encoding="utf-8")
    book = story.folder / "工作簿.xlsx"
    story("export", "register", "--to", book)
    asked = ("export", "circular", "--to", story.folder / "通报.docx", *PERIOD, "--template")
    for path in (text, book):
        assert "不是完好的 Word 文档" in refused(story, *asked, path)
    assert "不能读取模板" in refused(story, *asked, story.folder / "没有.docx")


def test_the_template_is_written_as_a_document(story: Kaohe, template: Path) -> None:
    """Its name has to be that of a Word document, and an existing one is not overwritten."""
    assert "已经存在" in refused(story, "export", "circular-template", "--to", template)
    other = story.folder / "模板.dotx"
    assert ".docx" in refused(story, "export", "circular-template", "--to", other)
