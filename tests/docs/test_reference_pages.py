"""The generated pages say what the program says."""

from __future__ import annotations

from pathlib import Path

import pytest

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
