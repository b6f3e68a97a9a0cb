"""Text that was written by others stays text in Markdown."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from infra.pages.markdown import as_text

HOSTILE = [
    "<b>粗</b>", "<!-- 注 -->", "*重*", "__重__", "`码`", "[点](https://example.com)", "![图](x)",
    "<https://example.com>", "# 题", "## 题", "- 项", "+ 项", "1. 项", "23) 项", "> 引", "***",
    "---", "===", "~~删~~", "&lt;", "| 格 | 格 |", "\\", "a\\", "$x$", "```", "一\n# 二",
    "[x]: y", "* * *",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "- 主张：{}", "前 {} 后"])
def test_it_reads_as_it_was_written(text: str, around: str) -> None:
    """Parsed, it is one paragraph of plain text, wherever it stands."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(around.format(as_text(text)))
    assert {token.type for token in tokens} <= {
        "paragraph_open", "inline", "paragraph_close",
        *(("bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close")
          if around.startswith("-") else ()),
    }  # fmt: skip
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {"text", "text_special"}
    expected = around.removeprefix("- ").format(" ".join(text.split()))
    assert "".join(child.content for child in inside) == expected


@pytest.mark.parametrize("text", ["www.example.com", "http://example.com", "a@example.com"])
def test_it_does_not_become_a_link_by_itself(text: str) -> None:
    """The signs by which GitHub finds an address are taken as signs."""
    assert "\\" in str(as_text(text))


@pytest.mark.parametrize("text", ["-2", "+5", "2022-12-31", "#12", "约 3 件（甲）", "3.5 分"])
def test_what_needs_no_backslash_has_none(text: str) -> None:
    """Points, days and positions can be read in the source as they are."""
    assert as_text(text) == text
