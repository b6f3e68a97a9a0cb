"""Indicators as a rulebook file states them, held against the table of rule kinds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from domain.rulebook.model import Indicator
from domain.rulebook.prices import read_cap, read_options, read_points
from domain.rulebook.rule_kinds import RULE_KINDS, RuleKind
from domain.rulebook.table import Table
from domain.rulebook.vocabulary import Vocabulary, check_code

Weights = Mapping[str, Decimal | None]
"""The weight of each group; ``None`` for a bonus group."""

_REQUIRED = ("name", "group", "rule", "points", "cap", "source", "clause")
_SIDES = {"base": "基础项（有 weight 的组）", "bonus": "加分项（没有 weight 的组）"}


def read_indicators(
    indicators: Table, weights: Weights, vocabulary: Vocabulary
) -> tuple[Indicator, ...]:
    """Return every indicator in the order of the file, also those whose group or rule is wrong."""
    for indicator_id in indicators.content:
        check_code(indicators, indicator_id)
    return tuple(
        _read_indicator(indicator_id, table, weights, vocabulary)
        for indicator_id, table in indicators.children()
    )


def _read_indicator(
    indicator_id: str, table: Table, weights: Weights, vocabulary: Vocabulary
) -> Indicator:
    rule, group = table.text("rule"), table.text("group")
    kind = _rule_kind(table, rule)
    side = _side(table, group, weights, kind)
    weighted = ("weight",) if side == "base" else ()
    options = ("options",) if kind and kind.options else ()
    # Without a rule that exists, nothing can be said about the options.
    table.expect((*_REQUIRED, *weighted, *options), () if kind else ("options",))
    return Indicator(
        id=indicator_id,
        name=table.text("name"),
        group=group,
        weight=table.amount("weight") if weighted else None,
        rule=rule,
        points=read_points(table, kind, vocabulary, deducts=side == "base"),
        cap=read_cap(table),
        options=read_options(table, kind, vocabulary),
        source=table.text("source"),
        clause=table.text("clause"),
    )


def _rule_kind(table: Table, rule: str) -> RuleKind | None:
    kind = RULE_KINDS.get(rule)
    if kind is None and rule:
        table.fault("rule", f"没有 {rule} 这种规则", f"可用的规则：{'、'.join(RULE_KINDS)}")
    return kind


def _side(table: Table, group: str, weights: Weights, kind: RuleKind | None) -> str:
    """Return whether the indicator takes off or adds; its rule decides where the two disagree."""
    if group and group not in weights:
        table.fault("group", f"没有 {group} 这个组", f"[groups] 中有：{'、'.join(weights)}")
    side = "bonus" if weights.get(group) is None else "base"
    if kind is None:
        return side
    if group in weights and side != kind.side:
        what = f"规则 {table.text('rule')} 不能用在{_SIDES[side]}"
        table.fault("group", what, f"应放在{_SIDES[kind.side]}")
    return kind.side
