"""The trail of an appeal as a page that is printed, or as Markdown that is put into a letter."""

from __future__ import annotations

from typing import Any

from domain.lines import signed
from infra.pages.rendering import render
from infra.pages.trail import answer, checks, course, lines, terms, words
from infra.pages.trail.chart import chart_of


def trail_page(trail: dict[str, Any], suffix: str) -> str:
    """Return ``trail`` as ``.html`` or ``.md``: the same document gives the same text."""
    return render(
        f"trail{suffix}",
        trail=trail,
        events={words.key(event): event for event in trail["events"]},
        chart=chart_of(trail),
        answer=answer,
        checks=checks,
        course=course,
        lines=lines,
        signed=signed,
        terms=terms,
        words=words,
    )
