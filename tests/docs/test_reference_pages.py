"""The generated pages say what the program says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.catalogue import TEXT, catalogue_is_fresh, write_catalogue
from tests.reference_pages import FOLDER, PAGES, is_fresh, write_pages


@pytest.mark.parametrize("name", PAGES)
def test_page_is_fresh(name: str) -> None:
    """The page is what the program would write now; if not, run ``make docs``."""
    assert is_fresh(name, FOLDER)


def test_a_stale_page_is_noticed_and_written(tmp_path: Path) -> None:
    """A page that is missing or was edited is written anew, and nothing else is."""
    assert write_pages(tmp_path) == list(PAGES)
    assert write_pages(tmp_path) == []
    (tmp_path / "events.md").write_text("# Events\n", encoding="utf-8")
    assert not is_fresh("events.md", tmp_path)
    assert write_pages(tmp_path) == ["events.md"]


def test_the_catalogue_is_fresh(tmp_path: Path) -> None:
    """What gettext reads is what the text says; if not, run ``make docs``."""
    assert catalogue_is_fresh()
    text = tmp_path / TEXT.name
    text.write_bytes(TEXT.read_bytes())
    assert write_catalogue(text) == ["messages.mo"]
    assert write_catalogue(text) == []
    text.write_text(
        TEXT.read_text(encoding="utf-8").replace("用法：", "怎样用："), encoding="utf-8"
    )
    assert not catalogue_is_fresh(text)
