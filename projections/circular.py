"""The circular on what was adopted, as one plain document: numbers, ranks, titles, sentences.

What is printed is all in it, so that Word and PDF say the same; it holds nothing but texts,
numbers, lists and mappings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.days import show_day
from domain.errors import NotKnown, Refused
from domain.lines import show
from domain.setting import Unit
from projections import circular_wording as wording
from projections.asking import Point
from projections.circular_counts import (
    ADOPTED,
    ENDORSED,
    Column,
    Count,
    Span,
    Work,
    columns_of,
    count,
)
from projections.sheet_json import heading
from projections.totals import ZERO, Total, ranks

_PAYING = ("adoption", "endorsement")
"""The kinds of rule whose points make the score of a circular."""

Totals = Mapping[str, Total]


def checked(point: Point, first: date) -> Span:
    """Return the days of a circular that begins on ``first`` and ends on the day asked for.

    Raises ``Refused`` when the scheme knows no adoption, when there are no units, or when the
    days are none, or lie outside the cycle.
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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One of the two stretches of days: what is counted in it, and each unit's points and ranks."""

    span: Span
    points: Mapping[str, Decimal]
    overall: Mapping[str, int]
    within: Mapping[str, int]


class _Circular:
    """What the parts of the document are made of."""

    def __init__(self, point: Point, made: Sequence[Work], stretches: Sequence[_Stretch]) -> None:
        self.point = point
        self.made = made
        self.columns = columns_of(point.rulebook)
        self.period, self.cumulative = stretches
        self.units = list(point.setting.units.values())
        self.works_of: dict[str, list[Work]] = {unit.id: [] for unit in self.units}
        for work in made:
            for author in work.authors:
                self.works_of[author].append(work)

    def categories(self) -> Iterator[tuple[str, list[Unit]]]:
        """Yield the label and the units of each category, the best of the period first."""
        for code, label in self.point.rulebook.vocabulary["categories"].items():
            members = [u for u in self.units if u.category_on(self.point.as_of) == code]
            if members:
                yield label, sorted(members, key=self._place)

    def name(self, unit: Unit) -> str:
        """Return what the unit is called on the day asked about."""
        return unit.name_on(self.point.as_of)

    def count(self, stretch: _Stretch, units: Sequence[Unit]) -> Count:
        """Return what ``units`` together did in a stretch."""
        made = self.made if len(units) != 1 else self.works_of[units[0].id]
        return count(made, stretch.span, units, self.columns)

    def counts(self, stretch: _Stretch, units: Sequence[Unit]) -> dict[str, Any]:
        """Return the numbers of a row of the first table: endorsements of all levels together."""
        found = self.count(stretch, units)
        used = dict(zip(self.columns, found.used, strict=True))
        adopted = [number for column, number in used.items() if column.what == ADOPTED]
        endorsed = [number for column, number in used.items() if column.what == ENDORSED]
        cells = [*adopted, sum(endorsed)] if endorsed else adopted
        return {"submitted": found.submitted, "outside": found.outside, "used": cells}

    def row(self, stretch: _Stretch, unit: Unit) -> dict[str, Any]:
        """Return one half of a unit's row: counts, points, and its place where it has points."""
        points = stretch.points[unit.id]
        within, overall = stretch.within[unit.id], stretch.overall[unit.id]
        return {
            **self.counts(stretch, [unit]),
            "points": show(points),
            "rank_in_category": within if points else None,
            "rank": overall if points else None,
            "place": f"{within}/{overall}" if points else "—",
        }

    def _place(self, unit: Unit) -> tuple[int, int, int]:
        return self.period.within[unit.id], self.cumulative.within[unit.id], unit.position


def circular(
    point: Point, span: Span, made: Sequence[Work], *, before: Totals, now: Totals
) -> dict[str, Any]:
    """Return the circular on the days of ``span`` and on all since the cycle began.

    ``before`` are the scores at the end of the day before ``span``, ``now`` those at its end,
    both as known at ``point``. Points and ranks are those of adoption and endorsement, after
    caps.
    """
    earlier, later = _points(before), _points(now)
    gained = {unit: points - earlier[unit] for unit, points in later.items()}
    whole = Span(point.cycle.starts, span.last)
    stretches = [_stretch(point, span, gained), _stretch(point, whole, later)]
    about = _Circular(point, made, stretches)
    groups = list(about.categories())
    return {
        **heading(point),
        "from": span.first.isoformat(),
        "title": wording.title(span),
        "addressees": wording.addressees([label for label, _ in groups]),
        "opening": wording.opening(span, whole),
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


def _points(totals: Totals) -> dict[str, Decimal]:
    """Return what each unit has for adoptions and endorsements, after caps."""
    return {
        unit: sum(
            (
                held.effective
                for group in total.groups
                for held in group.indicators
                if held.indicator.rule in _PAYING
            ),
            ZERO,
        )
        for unit, total in totals.items()
    }


def _stretch(point: Point, span: Span, points: Mapping[str, Decimal]) -> _Stretch:
    members: dict[str, list[str]] = {}
    for unit in point.setting.units.values():
        members.setdefault(unit.category_on(point.as_of), []).append(unit.id)
    within = {unit: at for group in members.values() for unit, at in ranks(points, group).items()}
    return _Stretch(span, points, ranks(points, points), within)


def _summary(about: _Circular, stretch: _Stretch) -> str:
    sending = [u for u in about.units if about.count(stretch, [u]).submitted]
    found = about.count(stretch, about.units)
    began = "本期" if stretch is about.period else f"{show_day(stretch.span.first)}以来"
    used = [
        f"{wording.column(about.point.rulebook, column)}{number}条"
        for column, number in zip(about.columns, found.used, strict=True)
    ]
    return wording.summary(began, len(about.units), len(sending), found, used)


def _total(about: _Circular, label: str, units: Sequence[Unit]) -> dict[str, Any]:
    return {
        "name": label,
        "units": len(units),
        "period": about.counts(about.period, units),
        "cumulative": about.counts(about.cumulative, units),
    }


def _category(about: _Circular, label: str, units: Iterable[Unit], number: int) -> dict[str, Any]:
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
    about: _Circular, groups: Iterable[tuple[str, Sequence[Unit]]]
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


def _items(about: _Circular, unit: Unit) -> list[dict[str, Any]]:
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


def _others(about: _Circular, unit: Unit, work: Work) -> list[str]:
    return [about.name(u) for u in about.units if u.id in work.authors and u is not unit]


def _nothing(about: _Circular) -> Iterator[str]:
    """Yield who sent in nothing, and who had nothing adopted; merged units are not expected to."""
    adopting = sum(column.what == ADOPTED for column in about.columns)
    for stretch, when in ((about.period, "本期"), (about.cumulative, "累计")):
        expected = [u for u in about.units if u.begins_on(stretch.span.first)]
        counts = [(about.name(u), about.count(stretch, [u])) for u in expected]
        silent = [name for name, found in counts if not found.submitted]
        unused = [name for name, found in counts if not any(found.used[:adopting])]
        yield wording.named(f"{when}没有报送信息的单位", silent)
        yield wording.named(f"{when}没有信息被采用的单位", unused)
