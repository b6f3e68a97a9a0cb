"""A sheet explained: each line with its clause, what the caps leave of it, and its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.errors import NotKnown
from domain.lines import Line, show
from domain.names import fold, nearest
from projections.absorbing import Counted, counted, in_order
from projections.grounds import Grounds
from projections.in_force import rulings_behind, terms
from projections.sheet_json import line_json, scores
from projections.sheets import Sheet
from projections.totals import ZERO

if TYPE_CHECKING:
    from domain.log import Log
    from domain.rulebook.model import Indicator, Rulebook
    from projections.asking import Point

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
    (document,) = explanations(point, [sheet], log, only=only)
    return document


def explanations(
    point: Point, sheets: Sequence[Sheet], log: Log, *, only: Indicator | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the ``explanation`` of each of ``sheets``; the events behind them are read at once."""
    shown = point.rulebook.indicators if only is None else {only.id: only}
    taken = [_Taken.of(sheet, shown) for sheet in sheets]
    named = {at for each in taken for held in each.lines for at in held.events}
    named |= rulings_behind(point, shown.values())
    grounds = Grounds(log, point.rulebook.vocabulary, named)
    for each in taken:
        document = _explained(point, each, shown, grounds)
        yield {**document, "indicator": only.id if only else None}


class _Taken(NamedTuple):
    """What is explained of a sheet: the lines in force by indicator, and those pending."""

    sheet: Sheet
    parts: dict[str, list[Counted]]
    pending: list[Line]

    @classmethod
    def of(cls, sheet: Sheet, shown: Mapping[str, Indicator]) -> _Taken:
        parts = counted(sheet.total, sheet.lines)
        return cls(
            sheet,
            {name: held for name, held in parts.items() if name in shown},
            [held for held in in_order(sheet.pending) if held.indicator in shown],
        )

    @property
    def lines(self) -> list[Line]:
        return [part.line for held in self.parts.values() for part in held] + self.pending


def _explained(
    point: Point, taken: _Taken, shown: Mapping[str, Indicator], grounds: Grounds
) -> dict[str, Any]:
    document = scores(point, [taken.sheet])
    unit = document.pop("units")[0]
    for group in unit["groups"]:
        kept = [entry for entry in group["indicators"] if entry["id"] in shown]
        group["indicators"] = kept
        for entry in kept:
            name = entry["id"]
            entry.update(_reasons(point, shown[name], taken.parts[name], grounds))
    return {
        **document,
        **unit,
        "groups": [group for group in unit["groups"] if group["indicators"]],
        "pending": [_pending(held, shown[held.indicator], grounds) for held in taken.pending],
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
