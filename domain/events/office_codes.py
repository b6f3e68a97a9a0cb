"""Codes that the office's own procedure uses; no rulebook sets them, and every one has them."""

from __future__ import annotations

from collections.abc import Mapping

OFFICE_CODES: Mapping[str, Mapping[str, str]] = {
    "outcomes": {"upheld": "支持", "partly": "部分支持", "rejected": "不予支持"},
    "remedies": {"recount": "重新计算", "add": "补记", "remove": "撤销", "reading": "重定口径"},
}
"""For each list, the Chinese label of each code."""
