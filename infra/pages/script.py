"""The script of a page, admitted by its digest: no other script runs on it."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from infra.pages.rendering import source


class Script(NamedTuple):
    """The text of a script, and what the page's Content-Security-Policy has to say to admit it."""

    text: str
    admitted: str


def script(name: str) -> Script:
    """Return the script of that name among the templates."""
    text = source(name)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Script(text, f"'sha256-{digest}'")
