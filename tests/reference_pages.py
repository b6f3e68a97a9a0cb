"""The pages of ``docs/reference`` that are made from the program itself.

``python -m tests.reference_pages`` writes them anew, and with them the answers that other pages
show and the catalogue of click's words; tests fail when anything is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.docs.catalogue import write_catalogue
from tests.docs.commands_page import commands_page
from tests.docs.consoles import has_consoles, refresh
from tests.docs.events_page import events_page
from tests.docs.markdown import pages
from tests.docs.rulebook_page import rulebook_page

FOLDER = Path(__file__).parent.parent / "docs" / "reference"

PAGES: Mapping[str, Callable[[], str]] = {
    "events.md": events_page,
    "rulebook-2022.md": rulebook_page,
    "commands.md": commands_page,
}


def write_pages(folder: Path = FOLDER) -> list[str]:
    """Write the pages that are stale, and return their names."""
    stale = [name for name in PAGES if not is_fresh(name, folder)]
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (folder / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
    return stale


def is_fresh(name: str, folder: Path = FOLDER) -> bool:
    """Tell whether the page ``name`` is there and says what the program says."""
    page = folder / name
    return page.is_file() and page.read_text(encoding="utf-8") == PAGES[name]()


def refresh_answers() -> list[str]:
    """Write the pages whose consoles show stale answers, and return their names."""
    return [page.name for page in pages() if has_consoles(page) and refresh(page)]


if __name__ == "__main__":
    for written in [*write_catalogue(), *write_pages(), *refresh_answers()]:
        sys.stdout.write(f"{written}\n")
