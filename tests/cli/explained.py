"""What ``kaohe explain --json`` says, taken apart for its tests."""

from __future__ import annotations

from typing import Any


def indicator(document: dict[str, Any], name: str) -> dict[str, Any]:
    """One indicator of an explained sheet."""
    (found,) = [i for group in document["groups"] for i in group["indicators"] if i["id"] == name]
    return dict(found)
