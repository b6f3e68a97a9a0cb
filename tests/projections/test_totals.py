"""Totals: the quick sum that units are ranked by, and ranks themselves."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.rulebook.readings import Readings
from infra.rulebooks import installed_rulebooks
from projections.totals import ranks, score_of, total_of

BOOK = installed_rulebooks()["shuozhou-2022"]
POINTS = st.integers(-20_000, 20_000).map(lambda hundredths: Decimal(hundredths) / 100)


@given(st.dictionaries(st.sampled_from(sorted(BOOK.indicators)), POINTS))
def test_units_are_ranked_by_the_total_that_is_shown(raw: dict[str, Decimal]) -> None:
    """Whatever the sums of lines, past caps and weights too, both ways give the same score."""
    readings = Readings(BOOK, {})
    assert score_of(BOOK, readings, raw) == total_of(BOOK, readings, raw).total


@given(st.dictionaries(st.text(max_size=3), POINTS))
def test_a_rank_is_one_more_than_the_units_that_are_better(scores: dict[str, Decimal]) -> None:
    """Equal totals share a rank and the next is skipped."""
    found = ranks(scores, scores)
    for unit, score in scores.items():
        assert found[unit] == 1 + sum(other > score for other in scores.values())
