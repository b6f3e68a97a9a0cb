"""What would change: the sheets as they are, as they would be, and each unit's difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.errors import NotKnown
from domain.lines import show
from projections.asking import Asked, unit_named
from projections.diff_json import difference_json
from projections.differing import Difference, difference
from projections.sheet_json import heading, scores
from projections.unrecorded import Unrecorded

if TYPE_CHECKING:
    from domain.log import Log
    from domain.setting import Unit
    from projections.asking import Point, Points
    from projections.facts import Reading
    from projections.sheets import Sheet, Sheets

Document = dict[str, Any]
_PARTS = ("went", "came", "caps", "weights")


class Sides(NamedTuple):
    """The same day and cycle, known without and with what is supposed.

    There is no ``now`` where only what is supposed opens the cycle.
    """

    now: Point | None
    then: Point


def sides(points: Points, asked: Asked, known: int) -> Sides:
    """Return the point asked for, with all that is supposed, and that without, at ``known``.

    Raises ``NotKnown`` when there is no such cycle even then.
    """
    then = points.find(Asked(asked.as_of, None, asked.cycle))
    cycle = then.cycle.name
    if cycle not in points.setting_at(known).cycles:
        return Sides(None, then)
    return Sides(points.find(Asked(then.as_of, f"#{known}", cycle)), then)


def other_cycles(held: Sides, points: Points, sheets: Sheets, known: int) -> list[str]:
    """Return the other cycles whose scores, asked for without a day, would change too."""
    found = []
    for name in held.then.setting.cycles:
        if name != held.then.cycle.name:
            now, then = sides(points, Asked(cycle=name), known)
            if now is None or sheets.league(now)[0] != sheets.league(then)[0]:
                found.append(name)
    return found


def outcome(  # noqa: PLR0913  all that the answer is made of
    held: Sides,
    units: Sequence[str],
    *,
    sheets: Sheets,
    log: Log,
    reading: Reading,
    unrecorded: Unrecorded,
) -> Document:
    """Return both documents of ``kaohe score --json``, and what changes for each unit.

    ``units`` are the names of those asked about, or none for all; a unit with the same score, the
    same ranks and the same lines is left out of the changes. Raises ``NotKnown`` for a unit that
    is not known even then.
    """
    now, then = held
    chosen = {_unit(held, name).id for name in units} if units else None
    before = {} if now is None else _sheets(sheets, now, chosen)
    after = _sheets(sheets, then, chosen)
    base = None if now is None else heading(now)["known_at"]
    told = unrecorded.at(base)
    changes = _changes(held, before, after, log, reading)
    return {
        "now": None if now is None else scores(now, before.values()),
        "then": told(scores(then, after.values())),
        "units": [told(change) for change in changes],
    }


def _unit(held: Sides, name: str) -> Unit:
    try:
        return held.then.unit(name)
    except NotKnown:
        if held.now is None:
            raise
        return unit_named(held.now.setting, name)


def _sheets(sheets: Sheets, point: Point, chosen: set[str] | None) -> dict[str, Sheet]:
    units = [unit for unit in point.setting.units.values() if chosen is None or unit.id in chosen]
    return {sheet.unit.id: sheet for sheet in sheets.at(point, units)}


def _changes(
    held: Sides,
    before: Mapping[str, Sheet],
    after: Mapping[str, Sheet],
    log: Log,
    reading: Reading,
) -> Iterator[Document]:
    for unit in dict.fromkeys([*after, *before]):
        was, would = before.get(unit), after.get(unit)
        sums = {"now": _sums(was), "then": _sums(would)}
        parts: Document = dict.fromkeys(_PARTS, ())
        if held.now is not None and was is not None and would is not None:
            found = difference(reading, would.unit, before=held.now, after=held.then)
            if _differs(found):
                document = difference_json(found, log, reading)
                parts = {part: document[part] for part in _PARTS}
        if sums["now"] != sums["then"] or any(parts.values()):
            named = would or was
            assert named is not None  # noqa: S101  each comes from one of both
            yield {"unit": named.name, **sums, "change": _change(was, would), **parts}


def _differs(found: Difference) -> bool:
    """Tell whether lines or points differ; a cap that is another and cuts the same changes none."""
    limits = [*(cap.change for cap in found.caps), *(weight.change for weight in found.weights)]
    return bool(found.went or found.came or any(limits))


def _sums(sheet: Sheet | None) -> Document | None:
    if sheet is None:
        return None
    total = sheet.total
    return {
        "total": show(total.total),
        "base": show(total.base),
        "bonus": show(total.bonus),
        "rank": sheet.rank,
        "rank_in_category": sheet.rank_in_category,
        "grade": sheet.grade,
    }


def _change(was: Sheet | None, would: Sheet | None) -> Document | None:
    """Return by how much the score changes; a unit that is only on one side has no difference."""
    if was is None or would is None:
        return None
    old, new = was.total, would.total
    return {
        "total": show(new.total - old.total),
        "base": show(new.base - old.base),
        "bonus": show(new.bonus - old.bonus),
    }
