"""The reader of Markdown that the other checks rest on."""

from __future__ import annotations

from tests.docs.markdown import ROOT, Heading, Page, slug_of

SAMPLE = Page(
    ROOT / "sample.md",
    """# One `word`

A [link](a.md#b), a ![picture](c.svg), `[no](link.md)` and `code`.

```sh file.txt
# no heading, [no](link.md)
run
```

    indented

## Two
## Two
""",
)


def test_headings_are_found_outside_code() -> None:
    """A line with a hash inside a block of code is no heading."""
    assert SAMPLE.headings == [Heading(1, "One `word`"), Heading(2, "Two"), Heading(2, "Two")]


def test_links_are_found_outside_code() -> None:
    """Links and pictures are found, and nothing that stands in code."""
    assert SAMPLE.links == ["a.md#b", "c.svg"]


def test_blocks_are_fenced_or_indented() -> None:
    """Both forms of a block of code are found, with the words after the fence."""
    assert [(block.info, block.text.strip()) for block in SAMPLE.blocks] == [
        ("sh file.txt", "# no heading, [no](link.md)\nrun"),
        ("", "indented"),
    ]


def test_inline_code_is_what_stands_in_backticks() -> None:
    """Code within the text is found, with the backticks taken off."""
    assert SAMPLE.inline_code == ["word", "[no](link.md)", "code"]


def test_anchors_are_those_of_github() -> None:
    """Signs fall away, spaces become hyphens, a repeated heading is counted."""
    assert SAMPLE.anchors == {"one-word", "two", "two-1"}
    assert slug_of("… a decision record") == "-a-decision-record"
    assert slug_of("中文、`code` and (more)") == "中文code-and-more"


def test_sections_keep_their_code() -> None:
    """A section holds all of its text, blocks of code too."""
    heading, text = SAMPLE.sections[0]
    assert heading.text == "One `word`"
    assert "# no heading" in text
    assert "## Two" not in text
