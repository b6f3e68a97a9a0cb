"""The lines against a second scorer, written from the scoring note alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.oracle.sheet import answer
from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk, question, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

SAME = ("category", "total", "base", "bonus", "rank", "rank_in_category")
FAR = "9999-12-31"


@tried_on(few=60, many=350)
def test_the_sheets_are_those_of_the_naive_scorer(lines: Lines, chance: Random) -> None:
    """Any register in any batches, asked at any point, gives what the naive scorer gives."""
    with desk() as office:
        for batch in split(lines, chance):
            assert office.record(batch) == len(batch)
            if chance.random() < 0.5:
                office.reopened()
        for _ in range(3):
            as_of, known_at = question(lines, chance)
            expected = answer(lines, as_of=as_of, known_at=known_at)
            seen = office.sheets(as_of, known_at)
            assert list(seen) == list(expected)
            for unit, sheet in seen.items():
                assert _shown(sheet) == _expected(expected[unit]), unit
                _assert_named(_events(sheet), expected[unit]["events"])


def _shown(sheet: dict[str, Any]) -> dict[str, Any]:
    """A sheet of the product in the shape of the naive scorer's."""
    indicators = [indicator for group in sheet["groups"] for indicator in group["indicators"]]
    notices = [[n["code"], n["indicator"], n["from"], n["to"]] for n in sheet["notices"]]
    return {
        **{key: sheet[key] for key in SAME},
        "effective": {i["id"]: i["effective"] for i in indicators if i["effective"] != "0"},
        "lines": _sorted([row[:5] for row in _events(sheet)[0]]),
        "pending": _sorted([row[:4] for row in _events(sheet)[1]]),
        "notices": sorted(notices),
    }


def _expected(sheet: dict[str, Any]) -> dict[str, Any]:
    kept = {key: sheet[key] for key in (*SAME, "effective")}
    return {
        **kept,
        "lines": _sorted(sheet["lines"]),
        "pending": _sorted(sheet["pending"]),
        "notices": sorted(map(list, sheet["notices"])),
    }


def _events(sheet: dict[str, Any]) -> tuple[list[list[Any]], list[list[Any]]]:
    """The lines in force and those pending, each with the events it rests on."""
    indicators = [indicator for group in sheet["groups"] for indicator in group["indicators"]]
    shown = ("points", "effective_from", "effective_to", "code", "events")
    force = [[i["id"], *(line[key] for key in shown)] for i in indicators for line in i["lines"]]
    waiting = ("indicator", "points", "effective_from", "code", "events")
    return force, [[line[key] for key in waiting] for line in sheet["pending"]]


def _assert_named(
    seen: tuple[list[list[Any]], list[list[Any]]], expected: Iterable[Sequence[Any]]
) -> None:
    """Each line of the naive scorer has one of ours that names at least the same events."""
    ours = [(*row[:3], row[4], set(row[5])) for row in seen[0]]
    ours += [(*row[:3], row[3], set(row[4])) for row in seen[1]]
    for row in sorted(expected, key=lambda row: -len(row[5])):
        key, named = (*row[:3], row[4]), set(row[5])
        fitting = [one for one in ours if one[:4] == key and one[4] >= named]
        assert fitting, row
        ours.remove(min(fitting, key=lambda one: len(one[4])))
    assert not ours


def _sorted(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Rows by points as numbers, an open end last."""
    return sorted(
        map(list, rows), key=lambda row: (row[0], Decimal(row[1]), *(c or FAR for c in row[2:]))
    )
