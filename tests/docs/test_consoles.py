"""What the documentation shows as the program's answer is the program's answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.consoles import LEFT_OUT, has_consoles, played, refresh, without_moments
from tests.docs.markdown import ROOT, Page, pages

TRANSLATED = "README.zh-CN.md"
"""Shows the same consoles as the page it translates, which another test compares."""

LONG = {"README.md"}
"""Pages that play the demonstration."""

PAGES = [page for page in pages() if has_consoles(page) and page.name != TRANSLATED]


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.slow] * (page.name in LONG)) for page in PAGES],
    ids=lambda page: page.name,
)
def test_answers_are_as_shown(page: Page) -> None:
    """Every command of a page, played in its order, answers what is shown; if not, `make docs`."""
    assert without_moments(played(page)) == without_moments(page.text)


def test_pages_with_consoles_are_found() -> None:
    """The tour and the guide to two times show answers, so there is something to compare."""
    assert {"README.md", "docs/guide/two-times.md"} <= {page.name for page in PAGES}


def sample(info: str, commands: str) -> Page:
    """Return a page with a bad file, and one console."""
    text = f"```jsonl bad.jsonl\nno\nnor\n```\n\n```{info}\n{commands}```\n"
    return Page(ROOT / "sample.md", text)


def test_files_and_commands_of_a_page_are_played() -> None:
    """A named block becomes a file that commands see; an error is an answer too."""
    text = played(sample("console", "$ kaohe import bad.jsonl\nold\n\n$ kaohe --version\n"))
    assert "old" not in text
    assert "bad.jsonl 第 1 行" in text
    assert "\n\n$ kaohe --version\nkaohe 0" in text


def test_lines_can_be_left_out() -> None:
    """A console that names lines shows these, and marks what it leaves out."""
    full = played(sample("console", "$ kaohe import bad.jsonl\n")).splitlines()[7:-1]
    assert len(full) == 4
    for ranges, part in (
        ("1-2", [full[0], full[1], LEFT_OUT]),
        ("2 4-", [LEFT_OUT, full[1], LEFT_OUT, full[3]]),
        ("1-", full),
    ):
        shown = played(sample(f"console {ranges}", "$ kaohe import bad.jsonl\n")).splitlines()
        assert shown[7:-1] == part


def test_moments_of_recording_do_not_matter() -> None:
    """Two moments of recording agree; two days of an event do not."""
    assert without_moments("2026-01-01T00:00:00.000001Z.") == without_moments(
        "2027-02-03T04:05:06.5Z."
    )
    assert without_moments("2026-01-01 00:00:00  x") == without_moments("2027-02-03 04:05:06  x")
    assert without_moments("on 2022-01-01") == "on 2022-01-01"


def test_a_page_is_written_only_when_an_answer_changed(tmp_path: Path) -> None:
    """A stale answer is written anew, and a page that is right is left alone."""
    path = tmp_path / "page.md"
    path.write_text("```console\n$ kaohe --version\nold\n```\n", encoding="utf-8")
    assert refresh(Page.read(path))
    assert "old" not in path.read_text(encoding="utf-8")
    assert not refresh(Page.read(path))


def test_other_programs_are_not_called() -> None:
    """A console may only call kaohe: nothing else is run by reading the documentation."""
    with pytest.raises(ValueError, match="calls echo"):
        played(sample("console", "$ echo x\n"))
