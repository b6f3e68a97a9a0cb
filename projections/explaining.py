"""A sheet explained: each line with its clause, what the caps leave of it, and its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.errors import NotKnown
from domain.lines import Line, show
from domain.names import fold, nearest
from projections.absorbing import Counted, counted, in_order
from projections.grounds import Grounds
from projections.in_force import rulings_behind, terms
from projections.sheet_json import line_json, scores
from projections.totals import ZERO

if TYPE_CHECKING:
    from domain.log import Log
    from domain.rulebook.model import Indicator, Rulebook
    from projections.asking import Point
    from projections.sheets import Sheet

_ALL_INDICATORS = "请用 kaohe rulebook show 查看全部指标。"


def indicator_named(rulebook: Rulebook, name: str) -> Indicator:
    """Return the indicator of that id or Chinese name.

    Raises ``NotKnown``, naming the nearest candidates, when there is none.
    """
    known = {fold(held.id).casefold(): held for held in rulebook.indicators.values()}
    known |= {fold(held.name).casefold(): held for held in rulebook.indicators.values()}
    found = known.get(fold(name).casefold())
    if found is not None:
        return found
    close = (known[near] for near in nearest(name.casefold(), known))
    said = "、".join(dict.fromkeys(f"{held.name}（{held.id}）" for held in close))
    message = f"考核细则 {rulebook.id} 没有二级指标“{name}”"
    raise NotKnown(message, fix=f"最接近的有：{said}" if said else _ALL_INDICATORS)


def explanation(
    point: Point, sheet: Sheet, log: Log, *, only: Indicator | None = None
) -> dict[str, Any]:
    """Return the unit's part of ``kaohe score --json`` with the reasons of each line added.

    An indicator has its ``clause``, ``source`` and ``prices`` in force, the ``readings`` that it
    depends on with the ruling that set each, what is ``counted`` of its lines after the weight of
    its group, and what that weight absorbed; a line, in force or pending, has the same of itself
    and the events that it ``rests_on``. With ``only``, the other indicators are left out; caps and
    weights work as in the whole sheet.
    """
    document = scores(point, [sheet])
    unit = document.pop("units")[0]
    shown = point.rulebook.indicators if only is None else {only.id: only}
    parts = {
        name: held for name, held in counted(sheet.total, sheet.lines).items() if name in shown
    }
    pending = [held for held in in_order(sheet.pending) if held.indicator in shown]
    lines = [part.line for held in parts.values() for part in held] + pending
    named = {at for held in lines for at in held.events}
    named |= rulings_behind(point, shown.values())
    grounds = Grounds(log, point.rulebook.vocabulary, named)
    for group in unit["groups"]:
        kept = [entry for entry in group["indicators"] if entry["id"] in shown]
        group["indicators"] = kept
        for entry in kept:
            name = entry["id"]
            entry.update(_reasons(point, shown[name], parts[name], grounds))
    return {
        **document,
        **unit,
        "indicator": only.id if only else None,
        "groups": [group for group in unit["groups"] if group["indicators"]],
        "pending": [_pending(held, shown[held.indicator], grounds) for held in pending],
        "notices": [notice for notice in unit["notices"] if notice["indicator"] in shown],
    }


def _reasons(
    point: Point, indicator: Indicator, parts: list[Counted], grounds: Grounds
) -> dict[str, Any]:
    return {
        "counted": show(sum((part.points for part in parts), ZERO)),
        "absorbed_by_weight": show(sum((part.absorbed_by_weight for part in parts), ZERO)),
        **terms(point, indicator, grounds),
        "lines": [_in_force(part, indicator, grounds) for part in parts],
    }


def _in_force(part: Counted, indicator: Indicator, grounds: Grounds) -> dict[str, Any]:
    return {
        **line_json(part.line, indicator.source),
        "counted": show(part.points),
        "absorbed_by_cap": show(part.absorbed_by_cap),
        "absorbed_by_weight": show(part.absorbed_by_weight),
        "rests_on": grounds.behind(part.line.events),
    }


def _pending(held: Line, indicator: Indicator, grounds: Grounds) -> dict[str, Any]:
    return {
        "indicator": indicator.id,
        **line_json(held, indicator.source),
        "rests_on": grounds.behind(held.events),
    }
