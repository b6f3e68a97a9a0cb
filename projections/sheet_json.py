"""Sheets as the JSON document of ``kaohe score --json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.days import FOREVER
from domain.lines import Line, show
from projections.asking import Point
from projections.sheets import Sheet
from projections.totals import GroupTotal, IndicatorTotal, Total


def scores(point: Point, sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Return the whole document: the point in both times, then each unit's sheet."""
    return {**heading(point), "units": [_unit(sheet) for sheet in sheets]}


def heading(point: Point) -> dict[str, Any]:
    """Return which cycle, day and moment of knowledge an answer is about."""
    return {
        "cycle": point.cycle.name,
        "rulebook": point.rulebook.id,
        "as_of": point.as_of.isoformat(),
        "known_at": {"position": point.position, "recorded_at": point.recorded_at},
    }


def sums_of(total: Total) -> dict[str, str]:
    """Return ``total``, ``base`` and ``bonus`` as they are shown."""
    return {"total": show(total.total), "base": show(total.base), "bonus": show(total.bonus)}


def _unit(sheet: Sheet) -> dict[str, Any]:
    return {
        "unit": sheet.name,
        "category": sheet.category,
        **sums_of(sheet.total),
        "rank": sheet.rank,
        "rank_in_category": sheet.rank_in_category,
        "grade": sheet.grade,
        "groups": [_group(group, sheet) for group in sheet.total.groups],
        "pending": [_pending(held) for held in sheet.pending],
        "notices": [
            {
                "code": notice.code,
                "indicator": notice.indicator,
                "from": notice.first.isoformat(),
                "to": notice.last.isoformat(),
                "text": notice.text,
            }
            for notice in sheet.notices
        ],
    }


def _group(total: GroupTotal, sheet: Sheet) -> dict[str, Any]:
    group = total.group
    return {
        "id": group.id,
        "name": group.name,
        "weight": None if group.weight is None else show(group.weight),
        "deducted": show(total.deducted),
        "absorbed": show(total.absorbed),
        "score": show(total.score),
        "indicators": [_indicator(indicator, sheet) for indicator in total.indicators],
    }


def _indicator(total: IndicatorTotal, sheet: Sheet) -> dict[str, Any]:
    indicator = total.indicator
    return {
        "id": indicator.id,
        "name": indicator.name,
        "weight": None if indicator.weight is None else show(indicator.weight),
        "cap": None if total.cap is None else show(total.cap),
        "raw": show(total.raw),
        "effective": show(total.effective),
        "absorbed": show(total.absorbed),
        "lines": [line_json(held, indicator.source) for held in sheet.lines[indicator.id]],
    }


def line_json(held: Line, source: str) -> dict[str, Any]:
    """Return one line in force, with the place in the document that it comes from."""
    return {
        "points": show(held.points),
        "effective_from": held.effective_from.isoformat(),
        "effective_to": None if held.effective_to == FOREVER else held.effective_to.isoformat(),
        "code": held.code,
        "text": held.text,
        "source": source,
        "events": list(held.events),
    }


def _pending(held: Line) -> dict[str, Any]:
    return {
        "indicator": held.indicator,
        "points": show(held.points),
        "effective_from": held.effective_from.isoformat(),
        "code": held.code,
        "text": held.text,
        "events": list(held.events),
    }
