"""The live lines against a fresh replay of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from domain.lines import show
from projections.tables import OPEN, brought, fact, line, ref
from projections.writing import points_of

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

    from projections.facts import Reading

_Row = tuple[Any, ...]

_REF = "ref“{}”".format
_AT_ONCE = 2_000
_DIGEST = 16


@dataclass(slots=True)
class Comparison:
    """How many lines were compared, and each that is on one side only, in words."""

    lines: int = 0
    differences: list[str] = field(default_factory=list)


def compare(live: Reading, fresh: Reading) -> Comparison:
    """Compare every live line, with both its times, with those that were made ``fresh``.

    So are the indexes of topics and refs. Of a row only a digest is kept in memory, but for those
    that are on one side only.
    """
    found = Comparison()
    with live() as held, fresh() as made:
        more, less = [], []
        for name, told in ((fact.c.topic, str), (brought.c.topic, str), (ref.c.ref, _REF)):
            _, extra, lacking = _sides((name, name.table.c.position), held, made)
            more += [(told(topic), position) for topic, position in extra]
            less += [(told(topic), position) for topic, position in lacking]
        columns = [column for column in line.columns if column.name != "id"]
        found.lines, extra, lacking = _sides(columns, held, made)
    found.differences += [f"索引多出：{topic} #{at}" for topic, at in sorted(set(more), key=_order)]
    found.differences += [f"索引缺少：{topic} #{at}" for topic, at in sorted(set(less), key=_order)]
    found.differences += [f"多出：{_text(row)}" for row in extra]
    found.differences += [f"缺少：{_text(row)}" for row in lacking]
    return found


def _order(row: tuple[str, Any]) -> tuple[str, bool, Any]:
    """SQLite keeps whatever is put into a column; numbers stand in their order before the rest."""
    number = isinstance(row[1], int)
    return row[0], not number, row[1] if number else str(row[1])


def _sides(
    columns: Iterable[Column[Any]], held: Connection, made: Connection
) -> tuple[int, list[_Row], list[_Row]]:
    """Return how many rows were made, and each that is held, or made, more often, once."""
    query = select(*columns).execution_options(yield_per=_AT_ONCE)

    def rows(connection: Connection) -> Iterator[tuple[bytes, _Row]]:
        for row in map(tuple, connection.execute(query)):
            yield blake2b(repr(row).encode(), digest_size=_DIGEST).digest(), row

    counts: dict[bytes, int] = {}
    for digest, _ in rows(held):
        counts[digest] = counts.get(digest, 0) + 1
    number = 0
    for digest, _ in rows(made):
        number += 1
        if left := counts.get(digest, 0) - 1:
            counts[digest] = left
        else:
            del counts[digest]
    if not counts:
        return number, [], []
    extra = list(_picked(rows(held), counts, lambda count: count > 0))
    return number, extra, list(_picked(rows(made), counts, lambda count: count < 0))


def _picked(
    rows: Iterable[tuple[bytes, _Row]], counts: dict[bytes, int], wanted: Callable[[int], bool]
) -> Iterator[_Row]:
    for digest, row in rows:
        if wanted(counts.get(digest, 0)):
            del counts[digest]
            yield row


def _text(row: tuple[object, ...]) -> str:
    subject, unit, cycle, indicator, points, code, _, events, begins, ends, since, until = row
    known = f"#{since} 起" + ("" if until == OPEN else f"到 #{until} 前")
    worth = show(points_of(points)) if isinstance(points, int) else points
    times = f"{begins} 至 {ends}，{known}已知"
    return f"{unit} {cycle} {indicator} {worth} 分 {code}（{subject}，事件 {events}，{times}）"
