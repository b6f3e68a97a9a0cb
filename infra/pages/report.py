"""The report on a year: a page for all units, and one for each of them.

The pages lead to one another by relative links and need nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from domain.days import show_recorded
from infra.pages.rendering import render
from infra.pages.script import script

INDEX = "index.html"

Document = dict[str, Any]


class Words(NamedTuple):
    """How parts of an explanation are said: in the same words as on the command line."""

    sum: Callable[[Document], str]
    cells: Callable[[Document], Iterable[str]]
    said: Callable[[Document], Iterable[str]]
    moment: Callable[[str], str]
    prices: Callable[[Document], str]
    limits: Callable[[Document], str]
    reading: Callable[[Document], str]
    causes: Callable[[Document], Iterable[str]]
    signed: Callable[[str], str]


class UnitPage(NamedTuple):
    """What the page of a unit shows: the explained sheet, the curve, and the curve drawn."""

    name: str
    sheet: Document
    curve: Document
    chart: str


@dataclass(frozen=True, slots=True)
class Report:
    """What all pages share: the scheme, the point in words, the chart of all.

    ``sums`` are the headings of a total and its parts.
    """

    title: str
    document: str
    heading: str
    sums: Sequence[str]
    categories: dict[str, str]
    chart: str
    words: Words


def page_name(position: int) -> str:
    """Return the name of a unit's page: the position of its enrolment, which never changes.

    A unit's own name may hold signs that are none for a file, and may change.
    """
    return f"unit-{position:04d}.html"


def report_pages(report: Report, pages: Sequence[UnitPage]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every page; ``pages`` are in the order of ranks."""
    shared = {
        "report": report,
        "words": report.words,
        "recorded": show_recorded,
        "script": script("report.js"),
        "index": INDEX,
    }
    told = {"counts": _counts(pages), "notices": _notices(pages)}
    yield INDEX, render("report-index.html", pages=pages, **told, **shared)
    for page in pages:
        yield page.name, render("report-unit.html", page=page, unit=page.sheet, **shared)


def _counts(pages: Iterable[UnitPage]) -> dict[str, int]:
    """Return how many lines are in force on all pages, and how many are pending."""
    counts = {"lines": 0, "pending": 0}
    for page in pages:
        entries = (entry for group in page.sheet["groups"] for entry in group["indicators"])
        counts["lines"] += sum(len(entry["lines"]) for entry in entries)
        counts["pending"] += len(page.sheet["pending"])
    return counts


def _notices(pages: Iterable[UnitPage]) -> dict[str, list[UnitPage]]:
    """Return the notices, each once, with the pages of the units that have it."""
    found: dict[str, list[UnitPage]] = {}
    for page in pages:
        for text in dict.fromkeys(notice["text"] for notice in page.sheet["notices"]):
            found.setdefault(text, []).append(page)
    return found
