"""How things of a trail are said: points, moments, sides, scores."""

from __future__ import annotations

from typing import Any, Final

from domain.days import show_recorded, told_moment

Document = dict[str, Any]

SIDES: Final = {
    "published": "公布时",
    "before_decision": "决定前",
    "decided": "决定后",
    "withdrawn": "撤回时",
    "now": "目前",
    "proposed": "试算",
}
"""What the sides of the comparison are called."""


def moment(recorded_at: str | None) -> str:
    """Return when something was recorded, by the office's clock."""
    return show_recorded(recorded_at) if recorded_at else "未登记（试算）"


def when(on: str) -> str:
    """Return the day or moment of an event as it is read."""
    return told_moment(on)


def cited(held: int | str) -> str:
    """Return how an event is cited: by position, or, only tried out, by what it would follow."""
    return held if isinstance(held, str) else f"#{held}"


def positions(held: list[int | str]) -> str:
    """Return how several events are cited."""
    return "、".join(map(cited, held))


def key(event: Document) -> int | str:
    """Return by what other parts of the trail cite an event."""
    held: int | str = event["row"] if event["position"] is None else event["position"]
    return held


def anchor(held: int | str) -> str:
    """Return the name of the place on the page where the cited event is told."""
    return f"e{held}".replace(" ", "")


def side(held: Document) -> str:
    """Return what a side is called."""
    return SIDES[held["kind"]]


def basis(held: Document) -> str:
    """Return by what was known the score of a side was computed."""
    known = held["known_at"]
    if held["sheets"] is None:
        return f"按 #{held['recorded_upto']} 为止的登记，加上拟作的更正"
    return f"按 #{known['position']}（{moment(known['recorded_at'])} 登记）为止的登记"


def parts_of(held: Document) -> str:
    """Return what a total is made of; where a scheme has no base, that is the bonus alone."""
    return f"基础项 {held['base']} + 加分项 {held['bonus']}" if held["has_base"] else ""


def sum_of(held: Document) -> str:
    """Return a score: total, its parts, and the ranks."""
    parts = f" = {parts_of(held)}" if held["has_base"] else ""
    grade = f"，等次 {held['grade']}" if held["grade"] else ""
    ranks = f"第 {held['rank']} 名，分类第 {held['rank_in_category']} 名"
    return f"总分 {held['total']}{parts}，{ranks}{grade}"
