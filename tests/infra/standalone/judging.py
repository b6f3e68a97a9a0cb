"""What tests look for in a report."""

from __future__ import annotations

from typing import Any


def first(report: dict[str, Any], code: str, file: str, position: int | None = None) -> None:
    """Check that tampering was found, and what the first finding says."""
    assert report["exit"] == 1
    found = report["findings"][0]
    assert (found["code"], found["file"], found["position"]) == (code, file, position)
    assert found["zh"]
    assert found["en"]
    assert report["advice"]


def codes(report: dict[str, Any]) -> set[str]:
    """Return all codes found."""
    return set(report["counts"])
