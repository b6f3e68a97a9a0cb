"""The circular on what was adopted, as one plain document: numbers, ranks, titles, sentences.

What is printed is all in it, so that Word and PDF say the same; it holds nothing but texts,
numbers, lists and mappings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from domain.days import show_day
from domain.errors import NotKnown, Refused
from domain.setting import Unit
from projections import circular_wording as wording
from projections.asking import Point
from projections.circular_counts import ADOPTED, Column, Span, Work
from projections.circular_figures import Figures, Stretch, Totals
from projections.sheet_json import heading


def checked(point: Point, first: date) -> Span:
    """Return the days of a circular that begins on ``first`` and ends on the day asked for.

    Raises ``NotKnown`` when there are no units, and ``Refused`` when the scheme knows no adoption
    or the days are none, or lie outside the cycle.
    """
    cycle = point.cycle
    if not any(each.rule == "adoption" for each in point.rulebook.indicators.values()):
        message = f"考核细则 {point.rulebook.id} 没有信息采用这类指标，出不了采用情况通报"
        raise Refused(message, fix="请用 --cycle 另选一个考核年度。")
    if not point.setting.units:
        message = f"到 #{point.position} 为止没有登记过单位，没有可以通报的"
        raise NotKnown(message, fix="请先登记单位，或换一个 --known-at。")
    if first > point.as_of:
        message = f"本期开始日 {first} 晚于截止日 {point.as_of}"
        raise Refused(message, fix="请核对 --from 和 --as-of。")
    if not cycle.covers(first):
        message = (
            f"本期开始日 {first} 不在考核年度 {cycle.name}（{cycle.starts} 至 {cycle.ends}）之内"
        )
        raise Refused(message, fix="请核对 --from，或用 --cycle 指明年度。")
    return Span(first, point.as_of)


def circular(
    point: Point, span: Span, made: Sequence[Work], *, before: Totals, now: Totals
) -> dict[str, Any]:
    """Return the circular on the days of ``span`` and on all since the cycle began.

    ``before`` are the scores at the end of the day before ``span``, ``now`` those at its end,
    both as known at ``point``. Points and ranks are those of adoption and endorsement, after
    caps.
    """
    about = Figures(point, span, made, before=before, now=now)
    groups = list(about.categories())
    return {
        **heading(point),
        "from": span.first.isoformat(),
        "title": wording.title(span),
        "addressees": wording.addressees([label for label, _ in groups]),
        "opening": wording.opening(span, about.cumulative.span),
        "summary": [_summary(about, each) for each in (about.period, about.cumulative)],
        "columns": wording.heads(point.rulebook, about.columns),
        "totals": [
            _total(about, label, units) for label, units in [*groups, ("合计", about.units)]
        ],
        "categories": [_category(about, *group, n) for n, group in enumerate(groups, 1)],
        "adopted": list(_adopted(about, groups)),
        "legend": wording.legend(point.rulebook, about.columns),
        "nothing": list(_nothing(about)),
        "notes": wording.notes(point),
    }


def _summary(about: Figures, stretch: Stretch) -> str:
    sending = [u for u in about.units if about.count(stretch, [u]).submitted]
    found = about.count(stretch, about.units)
    began = "本期" if stretch is about.period else f"{show_day(stretch.span.first)}以来"
    used = [
        f"{wording.column(about.point.rulebook, column)}{number}条"
        for column, number in zip(about.columns, found.used, strict=True)
    ]
    return wording.summary(began, len(about.units), len(sending), found, used)


def _total(about: Figures, label: str, units: Sequence[Unit]) -> dict[str, Any]:
    return {
        "name": label,
        "units": len(units),
        "period": about.counts(about.period, units),
        "cumulative": about.counts(about.cumulative, units),
    }


def _category(about: Figures, label: str, units: Iterable[Unit], number: int) -> dict[str, Any]:
    return {
        "heading": wording.numbered(number, label),
        "label": label,
        "units": [
            {
                "name": about.name(unit),
                "period": about.row(about.period, unit),
                "cumulative": about.row(about.cumulative, unit),
            }
            for unit in units
        ],
    }


def _adopted(
    about: Figures, groups: Iterable[tuple[str, Sequence[Unit]]]
) -> Iterator[dict[str, Any]]:
    """Yield the categories with units of which something was used in the period, with titles."""
    number = 0
    for label, units in groups:
        titled = [
            {"name": about.name(u), "titles": items} for u in units if (items := _items(about, u))
        ]
        if titled:
            number += 1
            yield {"heading": wording.numbered(number, label), "label": label, "units": titled}


def _items(about: Figures, unit: Unit) -> list[dict[str, Any]]:
    """Return the unit's items used in the period, in the order of their first use in it."""
    found: list[tuple[date, Work, list[Column]]] = []
    for work in about.works_of[unit.id]:
        uses = [
            (day, column)
            for column, day in work.uses
            if about.period.span.covers(day) and unit.begins_on(day)
        ]
        if uses:
            found.append((min(day for day, _ in uses), work, [column for _, column in uses]))
    found.sort(key=lambda each: each[0])
    return [
        {
            "n": n,
            "number": work.number,
            "title": work.title,
            "marks": wording.marks(about.point.rulebook, about.columns, used),
            "others": wording.others(_others(about, unit, work)),
        }
        for n, (_, work, used) in enumerate(found, 1)
    ]


def _others(about: Figures, unit: Unit, work: Work) -> list[str]:
    return [about.name(u) for u in about.units if u.id in work.authors and u is not unit]


def _nothing(about: Figures) -> Iterator[str]:
    """Yield who sent in nothing, and who had nothing adopted; merged units are not expected to."""
    adopting = sum(column.what == ADOPTED for column in about.columns)
    for stretch, when in ((about.period, "本期"), (about.cumulative, "累计")):
        expected = [u for u in about.units if u.begins_on(stretch.span.first)]
        counts = [(about.name(u), about.count(stretch, [u])) for u in expected]
        silent = [name for name, found in counts if not found.submitted]
        unused = [name for name, found in counts if not any(found.used[:adopting])]
        yield wording.named(f"{when}没有报送信息的单位", silent)
        yield wording.named(f"{when}没有信息被采用的单位", unused)
