"""The two tables of rule kinds, one for rulebooks and one for code."""

from __future__ import annotations

from domain.rulebook.rule_kinds import RULE_KINDS
from domain.rules.registry import NEEDS, RULES
from tests.domain.telling import BOOKS


def test_every_kind_a_rulebook_may_name_has_its_function() -> None:
    """What a rulebook is held to and what the lines are made by are the same kinds."""
    assert RULES.keys() == RULE_KINDS.keys()


def test_every_kind_is_used_by_the_scheme() -> None:
    """The scheme of 2022 exercises all of them, so that none stands there untried."""
    (book,) = BOOKS.values()
    assert {indicator.rule for indicator in book.indicators.values()} == RULES.keys()


def test_a_family_needs_something_only_if_each_of_its_rules_does() -> None:
    """What costs points when it does not happen is judged where nothing was recorded."""
    without = {rule.family for rule in RULES.values() if rule.needs is None}
    assert {family for family, needs in NEEDS.items() if not needs} == without
    assert without == {"deployment", "duties", "quota"}
