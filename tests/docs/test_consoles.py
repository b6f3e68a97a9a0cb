"""What the documentation shows as the program's answer is the program's answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.consoles import agrees, consoles, played
from tests.docs.markdown import ROOT, Page, pages

TRANSLATED = "README.zh-CN.md"
"""Shows the same consoles as the page it translates, which another test compares."""

PAGES = [page for page in pages() if any(consoles(page)) and page.name != TRANSLATED]
LONG = {"README.md"}
"""Pages that play the demonstration."""


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.slow] * (page.name in LONG)) for page in PAGES],
    ids=lambda page: page.name,
)
def test_answers_are_as_shown(page: Page, tmp_path: Path) -> None:
    """Every command of a page, played in its order, answers what the page shows."""
    for shown, answer in played(page, tmp_path):
        assert agrees(shown.answer, answer), f"$ {shown.command}\n{answer}"


def test_pages_with_consoles_are_found() -> None:
    """The tour and the guide to two times show answers, so there is something to compare."""
    assert {"README.md", "docs/guide/two-times.md"} <= {page.name for page in PAGES}


def test_an_answer_may_leave_lines_out() -> None:
    """A line of three dots stands for any lines, and for nothing else."""
    assert agrees("a\n…\nd", "a\nb\nc\nd")
    assert agrees("a\n…", "a\nb")
    assert not agrees("a\n…\nd", "a\nb")
    assert not agrees("a\nd", "a\nb\nd")


def test_moments_of_recording_do_not_matter() -> None:
    """Two moments of recording agree; two days of an event do not."""
    assert agrees("at 2026-01-01T00:00:00.000001Z.", "at 2027-02-03T04:05:06.000000Z.")
    assert agrees("at 2026-01-01 00:00:00  x", "at 2027-02-03 04:05:06  x")
    assert not agrees("on 2022-01-01", "on 2022-01-02")


def test_files_and_commands_of_a_page_are_played(tmp_path: Path) -> None:
    """A named block becomes a file that commands see; an error is an answer too."""
    text = "```jsonl bad.jsonl\nno\n```\n\n```console\n$ kaohe import bad.jsonl\n…\n```\n"
    ((shown, answer),) = played(Page(ROOT / "sample.md", text), tmp_path)
    assert shown.command == "kaohe import bad.jsonl"
    assert "bad.jsonl 第 1 行" in answer


def test_other_programs_are_not_called(tmp_path: Path) -> None:
    """A console may only call kaohe: nothing else is run by reading the documentation."""
    page = Page(ROOT / "sample.md", "```console\n$ echo x\n```\n")
    with pytest.raises(ValueError, match="calls echo"):
        list(played(page, tmp_path))
