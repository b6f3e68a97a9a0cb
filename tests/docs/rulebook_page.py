"""``docs/reference/rulebook-2022.md``: the scheme as the program uses it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.lines import show
from domain.rulebook.model import Group, Indicator, Parameter, Rulebook
from domain.rulebook.values import ParameterValue
from infra.rulebooks import installed_rulebooks
from tests.docs.page import GENERATED, code, page, table

VOCABULARIES = {
    "categories": "Categories of units. Units are ranked among all and within their category.",
    "kinds": "Kinds of submissions, and the mailbox that each belongs to.",
    "contents": "What a submission is about. Only `ordinary` counts for a quota.",
    "levels": "Levels of adoption, by the office that adopts.",
    "leaders": "Levels of endorsement, by who endorses. The codes are those of levels.",
    "findings": "Kinds of findings.",
    "documents": "Kinds of documents on which heads of units write an instruction.",
    "topics": "Topics that a meeting studies.",
    "roles": "Parts of the duty roster.",
    "hosts": "Offices that people are seconded to.",
    "bodies": "Bodies that a leader who endorses belongs to. Only `government` gives points.",
}
"""What each list of codes is of."""


def rulebook_page() -> str:
    """Return the whole page."""
    book = installed_rulebooks()["shuozhou-2022"]
    return page(
        "# The rulebook of 2022",
        GENERATED,
        f"{book.title}, {book.document}; in the program {code(book.id)}. Clauses are said in our "
        "words; the wording that counts is that of the document. [Scoring](../guide/scoring.md) "
        "explains weights, caps and lines.",
        f"Every unit starts from {show(book.base)} points. A group loses at most its weight; a "
        "bonus group has none.",
        *(part for group in book.groups for part in _group(group)),
        "## Readings",
        "Where the document can be read in more than one way. A `RulingMade` event gives a "
        "parameter another value; it is known from its position in the log on and applies to the "
        "whole year.",
        *(part for p in book.parameters.values() if p.doubtful for part in _reading(p)),
        "## Decided",
        "Settled without a parameter; no ruling changes these.",
        "\n".join(f"- {text}" for text in book.decided),
        "## Other parameters",
        "Prices and caps that nobody doubts can be changed by a ruling too: "
        + ", ".join(code(p.path) for p in book.parameters.values() if not p.doubtful)
        + ".",
        *_vocabulary(book),
    )


def _group(group: Group) -> Iterator[str]:
    weight = "bonus" if group.weight is None else f"weight {show(group.weight)}"
    yield f"## {group.name}"
    yield f"{code(group.id)}, {weight}."
    yield table(
        ["indicator", "name", "weight", "price", "cap", "rule"],
        (
            [
                f"[{i.id}](#{i.id})",
                i.name,
                "" if i.weight is None else show(i.weight),
                _prices(i),
                _shown(i.cap),
                code(i.rule),
            ]
            for i in group.indicators
        ),
    )
    for indicator in group.indicators:
        yield f"### {indicator.id}"
        yield f"{indicator.clause}（{indicator.source}）"


def _reading(parameter: Parameter) -> Iterator[str]:
    yield f"### `{parameter.path}`"
    yield f"Default {code(_shown(parameter.default))}. {parameter.why}"
    yield f"Alternatives: {parameter.alternatives}（{parameter.source}）"


def _vocabulary(book: Rulebook) -> Iterator[str]:
    yield "## Vocabulary"
    yield "The codes that events use, each with the label that the office reads."
    for name, codes in book.vocabulary.items():
        if name == "indicators":  # they stand in the tree
            continue
        yield f"### {name}"
        yield VOCABULARIES[name]
        mailbox = name == "kinds"
        yield table(
            ["code", "label", *(["mailbox"] if mailbox else [])],
            (
                [code(key), label, *([book.mailboxes.get(key, "")] if mailbox else [])]
                for key, label in codes.items()
            ),
        )


def _prices(indicator: Indicator) -> str:
    priced = indicator.points.items()
    return "<br>".join(f"{code(key)} {_signed(points)}".strip() for key, points in priced)


def _signed(points: Decimal) -> str:
    return show(points).replace("-", "−")


def _shown(value: ParameterValue) -> str:
    if value is None or value == ():
        return "none"
    return _signed(value) if isinstance(value, Decimal) else str(value)
