"""The table of rule kinds agrees with itself and with the code that follows it."""

from __future__ import annotations

from domain.rulebook.rule_kinds import (
    GENERAL_SETTINGS,
    KIND_SETTINGS,
    RULE_KINDS,
    SAME_CODES,
    SETTINGS,
    VOCABULARIES,
)


def test_every_vocabulary_named_exists() -> None:
    """A rule kind draws only on lists that a rulebook can hold."""
    named = {kind.keys_from for kind in RULE_KINDS.values()} - {""}
    for kind in RULE_KINDS.values():
        named |= set(kind.needs) | {shape.vocabulary for shape in kind.options.values()}
    named |= set(SAME_CODES) | set(SAME_CODES.values())
    assert named <= set(VOCABULARIES)


def test_every_setting_is_used_and_exists() -> None:
    """No reading stands in the table that nothing reads, and none is read that is not there."""
    used = {path for kind in RULE_KINDS.values() for path in kind.settings} | set(GENERAL_SETTINGS)
    assert used == set(SETTINGS)
    per_kind = {name for kind in RULE_KINDS.values() for name in kind.kind_settings}
    assert per_kind == set(KIND_SETTINGS)


def test_choices_are_given_where_there_is_a_choice() -> None:
    """A reading has two or more choices exactly when it is one of several words."""
    for setting in SETTINGS.values():
        assert (len(setting.choices) >= 2) == (setting.kind == "choice")
