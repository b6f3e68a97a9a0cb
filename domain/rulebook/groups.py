"""Groups of indicators: what weighs, what adds, and whether the weights add up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from domain.rulebook.indicators import Weights
from domain.rulebook.lines import Path
from domain.rulebook.model import Group, Indicator
from domain.rulebook.table import NOUGHT, Table
from domain.rulebook.vocabulary import check_code


def read_weights(groups: Table) -> Weights:
    """Return the weight of each group in the order of the file; a group without one is a bonus."""
    return {group_id: _weight(group_id, groups, table) for group_id, table in groups.children()}


def _weight(group_id: str, groups: Table, table: Table) -> Decimal | None:
    check_code(groups, group_id)
    table.expect(("name",), ("weight",))
    return table.amount("weight") if "weight" in table.content else None


def build_groups(
    groups: Table, weights: Weights, indicators: Iterable[Indicator]
) -> tuple[Group, ...]:
    """Return the tree; a group without indicators is a fault."""
    members: dict[str, list[Indicator]] = {group_id: [] for group_id in weights}
    for indicator in indicators:
        members.get(indicator.group, []).append(indicator)
    for group_id in weights:
        if not members[group_id]:
            groups.fault(group_id, f"组 {group_id} 没有指标", "请补上指标，或删去这个组")
    return tuple(
        Group(group_id, groups.child(group_id).text("name"), weight, tuple(members[group_id]))
        for group_id, weight in weights.items()
    )


def check_weights(root: Table, base: Decimal, groups: tuple[Group, ...]) -> None:
    """Note each group whose indicators, and the base whose groups, do not add up to it.

    A first-level weight is what its second-level ones share out (方案 三（一）). A sum with a part
    that is itself faulty is not judged.
    """
    for group in groups:
        total = sum((each.weight for each in group.indicators if each.weight), NOUGHT)
        if group.weight not in {None, total} and _sound(root, group):
            root.faults.add(
                ("groups", group.id, "weight"),
                f"组 {group.id} 的 weight 是 {group.weight}，它的指标合计 {total}",
                "两者应相等",
            )
    total = sum((group.weight for group in groups if group.weight), NOUGHT)
    parts = (("base",), *(("groups", group.id, "weight") for group in groups))
    if total != base and "base" in root.content and not any(map(root.faults.touch, parts)):
        root.fault("base", f"base 是 {base}，各组的 weight 合计 {total}", "两者应相等")


def _sound(root: Table, group: Group) -> bool:
    """Tell whether nothing that enters the sum of ``group`` is itself in doubt."""
    in_doubt: list[Path] = [("groups", group.id, "weight")]
    in_doubt += [("indicators", each.id, "weight") for each in group.indicators]
    # One whose group is wrong may belong to any group.
    in_doubt += [
        ("indicators", indicator, "group") for indicator in root.child("indicators").content
    ]
    return bool(group.indicators) and not any(map(root.faults.touch, in_doubt))
