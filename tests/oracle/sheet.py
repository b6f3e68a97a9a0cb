"""The sheets of all units at two times: lines in force, caps, totals and ranks."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import rules_base, rules_bonus, rules_quota
from .facts import Fact, RegisterLine, resolved, standing
from .scheme import GROUP, WEIGHTS, Scheme, scheme_for, takes_away
from .times import when
from .year import Line, Unit, Year, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

FAR = "9999-12-31"
RULES = (*rules_base.RULES, *rules_quota.RULES, *rules_bonus.RULES)


class NoCycleError(LookupError):
    """No cycle that is known then has begun on the day asked for, or none has that number."""


def answer(
    lines: Sequence[RegisterLine],
    *,
    as_of: date,
    known_at: int | None = None,
    cycle: str | None = None,
) -> dict[str, dict[str, Any]]:
    """Every unit's sheet as of a day, from the first `known_at` lines of a register.

    The shape is that of `units` in the shared expected files, with `rank_in_category`,
    `category`, `notices` (`[code, indicator, first day, last day]`) and `events` beside: for each
    line in force and pending, `[indicator, points, from, to, code, positions]`, where positions
    are the ones it names at least. Raises NoCycleError where there is no such cycle.
    """
    facts = standing(resolved(lines), known_at)
    year = _year(facts, as_of, cycle)
    units = units_of(facts)
    sheets = {unit.name: _sheet(year, unit, as_of) for unit in units}
    totals = {name: Decimal(sheet["total"]) for name, sheet in sheets.items()}
    for name, sheet in sheets.items():
        peers = [other for other in sheets if sheets[other]["category"] == sheet["category"]]
        sheet["rank"] = _rank(totals[name], totals.values())
        sheet["rank_in_category"] = _rank(totals[name], [totals[other] for other in peers])
    return sheets


def _year(facts: Sequence[Fact], as_of: date, number: str | None) -> Year:
    """The cycle with that number, else the one with the greatest start not after the day."""
    opened = [fact for fact in facts if fact.type == "CycleOpened"]
    if number is None:
        opened = [fact for fact in opened if when(fact["starts"]).day <= as_of]
    else:
        opened = [fact for fact in opened if fact["cycle"] == number]
    if not opened:
        raise NoCycleError(number or as_of.isoformat())
    chosen = max(opened, key=lambda fact: when(fact["starts"]).day)
    return Year(chosen, facts, scheme_for(chosen["cycle"], facts))


def all_lines(year: Year, unit: Unit) -> list[Line]:
    """Every line the rules give the unit, in force on some day or other."""
    last = unit.merged_on
    return [
        line
        for rule in RULES
        for line in rule(year, unit)
        if (line.ends is None or line.ends > line.starts) and (last is None or line.starts <= last)
    ]


def _sheet(year: Year, unit: Unit, as_of: date) -> dict[str, Any]:
    everything = all_lines(year, unit)
    pending = [line for line in everything if line.starts > as_of]
    force = [line for line in everything if line.starts <= as_of and _open(line, as_of)]
    effect = _effective(year.scheme, force)
    base = sum((_group_score(group, effect) for group in WEIGHTS), Decimal(0))
    bonus = sum((v for i, v in effect.items() if not takes_away(i)), Decimal(0))
    rows = [_row(line) for line in force]
    waiting = [_row(line) for line in pending]
    events = [[*_row(line), sorted(line.events)] for line in (*force, *pending)]
    return {
        "category": unit.category_on(as_of),
        "total": text(base + bonus),
        "base": text(base),
        "bonus": text(bonus),
        "effective": {indicator: text(value) for indicator, value in effect.items() if value},
        "lines": sorted(rows, key=row_order),
        "pending": [[*row[:3], row[4]] for row in sorted(waiting, key=pending_order)],
        "notices": sorted(rules_quota.notices(year, unit)),
        "events": sorted(events, key=lambda row: (row_order(row[:5]), row[5])),
    }


def _open(line: Line, as_of: date) -> bool:
    return line.ends is None or as_of < line.ends


def _effective(scheme: Scheme, force: Iterable[Line]) -> dict[str, Decimal]:
    """What each indicator's own cap leaves of its lines; deductions stay negative."""
    raw: dict[str, Decimal] = defaultdict(Decimal)
    for line in force:
        raw[line.indicator] += line.points
    result = {}
    for indicator, points in raw.items():
        size = min(abs(points), scheme.caps.get(indicator, abs(points)))
        result[indicator] = -size if takes_away(indicator) else size
    return result


def _group_score(group: str, effect: Mapping[str, Decimal]) -> Decimal:
    """A base group's weight less what its indicators took, never below nothing."""
    deducted = -sum((v for i, v in effect.items() if GROUP[i] == group), Decimal(0))
    return WEIGHTS[group] - min(WEIGHTS[group], deducted)


def _rank(total: Decimal, among: Iterable[Decimal]) -> int:
    """One more than the number of units with a greater total."""
    return 1 + sum(other > total for other in among)


def text(value: Decimal) -> str:
    """An exact decimal without trailing zeros, and no minus before a zero."""
    return format(value.normalize(), "f") if value else "0"


def _row(line: Line) -> list[Any]:
    ends = line.ends.isoformat() if line.ends else None
    return [line.indicator, text(line.points), line.starts.isoformat(), ends, line.code]


def row_order(row: Sequence[Any]) -> tuple[Any, ...]:
    """The order of `lines`: points as numbers, an open end last."""
    return (row[0], Decimal(row[1]), row[2], row[3] or FAR, row[4])


def pending_order(row: Sequence[Any]) -> tuple[Any, ...]:
    """The order of `pending`, where the end is not shown: of a five-column row."""
    return (row[0], Decimal(row[1]), row[2], row[4])
