"""A real browser for pages: the Chromium that the machine has, without a window.

It is driven with Playwright, which is never allowed to fetch a browser of its own.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ARGUMENTS = (
    "--no-sandbox",  # the tests may run as root, and open only pages that they made
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def browser_program() -> str | None:
    """Return the browser on this machine, if there is one."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


@contextmanager
def running_browser(program: str) -> Iterator[Browser]:
    """Lend a browser that is closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Opened:
    """A page that is open, what it said on the console, and what it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, file: Path, *, scripts: bool = True) -> Iterator[Opened]:
    """Open ``file`` from the disk, without a network; with ``scripts=False``, without JavaScript.

    Every message of the console, every error and every request but that for the page is kept.
    """
    context = browser.new_context(offline=True, java_script_enabled=scripts)
    try:
        seen = Opened(context.new_page())
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.goto(file.as_uri(), wait_until="load")
        seen.requests = [url for url in seen.requests if url != file.as_uri()]
        yield seen
    finally:
        context.close()
