"""A sheet adds up: from the lines shown to the total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.properties.effort import tried_on
from tests.properties.offices import Lines, desk, question, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

ZERO = Decimal(0)


@tried_on(few=30, many=200)
def test_a_total_is_the_sum_of_what_is_shown(lines: Lines, chance: Random) -> None:
    """Lines make the raw sums, caps the effects, effects the groups, groups base and bonus."""
    with desk(*split(lines, chance)) as office:
        for _ in range(3):
            document = office.document(*question(lines, chance))
            for sheet in document["units"]:
                _assert_adds_up(sheet, document["as_of"])
            _assert_ranked(document["units"])


def _assert_adds_up(sheet: dict[str, Any], as_of: str) -> None:
    weighted = [group for group in sheet["groups"] if group["weight"] is not None]
    others = [group for group in sheet["groups"] if group["weight"] is None]
    assert Decimal(sheet["total"]) == Decimal(sheet["base"]) + Decimal(sheet["bonus"])
    assert Decimal(sheet["base"]) == _sum(group["score"] for group in weighted)
    assert Decimal(sheet["bonus"]) == _sum(group["score"] for group in others)
    assert _sum(group["weight"] for group in weighted) == 80
    for group in sheet["groups"]:
        effects = _sum(indicator["effective"] for indicator in group["indicators"])
        if group["weight"] is None:
            assert (group["score"], group["absorbed"]) == (_shown(effects), "0")
        else:
            weight, deducted = Decimal(group["weight"]), Decimal(group["deducted"])
            assert deducted == -effects
            assert Decimal(group["absorbed"]) == max(ZERO, deducted - weight)
            assert Decimal(group["score"]) == weight - min(weight, deducted)
        for indicator in group["indicators"]:
            _assert_capped(indicator, as_of)


def _assert_capped(indicator: dict[str, Any], as_of: str) -> None:
    raw, effective = Decimal(indicator["raw"]), Decimal(indicator["effective"])
    assert raw == _sum(line["points"] for line in indicator["lines"])
    cap = None if indicator["cap"] is None else Decimal(indicator["cap"])
    assert abs(effective) == (abs(raw) if cap is None else min(abs(raw), cap))
    assert Decimal(indicator["absorbed"]) == abs(raw) - abs(effective)
    for line in indicator["lines"]:
        assert line["effective_from"] <= as_of < (line["effective_to"] or "9999")
        assert line["events"]
        assert line["text"]


def _assert_ranked(sheets: Sequence[dict[str, Any]]) -> None:
    """A rank is one more than the number of units with a greater total, overall and by category."""
    for sheet in sheets:
        total = Decimal(sheet["total"])
        peers = [other for other in sheets if other["category"] == sheet["category"]]
        for rank, among in (("rank", sheets), ("rank_in_category", peers)):
            assert sheet[rank] == 1 + sum(Decimal(other["total"]) > total for other in among)


def _sum(texts: Iterable[str]) -> Decimal:
    return sum(map(Decimal, texts), ZERO)


def _shown(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"
