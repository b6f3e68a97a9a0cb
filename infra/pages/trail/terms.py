"""By which terms an indicator scores: prices, limits, and the readings with their rulings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from domain.rulebook.shown import in_words
from infra.pages.trail.words import SIDES, cited

Document = dict[str, Any]


def prices(indicator: Document) -> str:
    """Return the prices of an indicator, with those before where they were others."""
    said = []
    for price in indicator["prices"]:
        before = price["before"]
        moved = f"（公布时 {before}）" if before not in {None, price["points"]} else ""
        said.append(f"{price['label']} {price['points']}{moved}".strip())
    return "，".join(said)


def limits(indicator: Document, trail: Document) -> str:
    """Return the cap in force, and what the lines come to, on both sides or once for both."""
    told = {
        name: _limit(indicator[name]) for name in ("before", "after") if indicator[name] is not None
    }
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return "；".join(f"{SIDES[trail[name]['kind']]}：{said}" for name, said in told.items())


def _limit(sums: Document) -> str:
    cap = "没有自己的上限" if sums["cap"] is None else f"上限 {sums['cap']}"
    parts = {"上限": sums["absorbed"], "一级指标权重": sums["absorbed_by_weight"]}
    more = "".join(f"，{name}吸收 {points}" for name, points in parts.items() if points != "0")
    return f"{cap}，条目合计 {sums['raw']}{more}，计入 {sums['counted']}"


def readings(indicator: Document, events: Mapping[int | str, Document]) -> Iterator[str]:
    """Yield each reading that is doubtful or ruled on: its value, and why or by which ruling."""
    for reading in indicator["readings"]:
        ruled = reading["ruling"] or reading["ruling_before"]
        if not (reading["doubtful"] or ruled):
            continue
        said = f"{reading['parameter']} 取 {in_words(_cap(reading['value']))}"
        if reading["ruling"]:
            said += f"（裁定 {cited(reading['ruling'])}：{_reason(events, reading['ruling'])}）"
        elif reading["why"]:
            said += f"（默认：{reading['why'].rstrip('。')}）"
        if reading["before"] != reading["value"]:
            by = f"，裁定 {cited(reading['ruling_before'])}" if reading["ruling_before"] else ""
            said += f"；公布时取 {in_words(_cap(reading['before']))}{by}"
        yield said


def _cap(value: Any) -> Any:  # noqa: ANN401  any value of a parameter
    """Return a value in the form that ``in_words`` knows: JSON has lists in place of tuples."""
    return tuple(map(tuple, value)) if isinstance(value, list) else value


def _reason(events: Mapping[int | str, Document], position: int | str) -> str:
    return str(events[position]["fields"].get("reason", ""))
