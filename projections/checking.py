"""The live lines against a fresh replay of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from domain.lines import show
from projections.tables import OPEN, brought, fact, line, ref
from projections.writing import points_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from projections.catching_up import LineProjection, Watch


_Index = dict[str, set[tuple[str, int]]]

_REF = "ref“{}”".format


@dataclass(slots=True)
class Comparison:
    """How many lines were compared, and each that is on one side only, in words."""

    lines: int = 0
    differences: list[str] = field(default_factory=list)


def compare(projection: LineProjection, watch: Watch | None = None) -> Comparison:
    """Compare every line, with both its times, with what a replay of the whole log gives.

    So are the indexes of topics and refs. Raises ``IntegrityBroken`` for an event that cannot be
    read, whether or not a line needs it.

    The replay runs in a transaction that is given up: the live lines stay as they are.
    """
    with projection.replayed(watch) as (connection, replay):
        live, held = dict(_rows(connection)), _index(connection)
        replay()
        fresh, made = dict(_rows(connection)), _index(connection)
    found = Comparison(lines=len(fresh))
    found.differences += [f"索引多出：{topic} #{at}" for topic, at in _only(held, made)]
    found.differences += [f"索引缺少：{topic} #{at}" for topic, at in _only(made, held)]
    found.differences += [f"多出：{_text(row)}" for row in live if live[row] != fresh.get(row)]
    found.differences += [f"缺少：{_text(row)}" for row in fresh if fresh[row] != live.get(row)]
    return found


def _rows(connection: Connection) -> Iterator[tuple[tuple[object, ...], int]]:
    """Return each line without its row number, and how often it is there."""
    columns = [column for column in line.columns if column.name != "id"]
    counts: dict[tuple[object, ...], int] = {}
    for row in connection.execute(select(*columns)):
        counts[tuple(row)] = counts.get(tuple(row), 0) + 1
    yield from counts.items()


def _index(connection: Connection) -> _Index:
    """Return the names and positions of the tables that say which events have a topic or a ref."""
    return {
        table.name: {
            (told(name), position)
            for name, position in connection.execute(select(column, table.c.position))
        }
        for table, column, told in (
            (fact, fact.c.topic, str),
            (brought, brought.c.topic, str),
            (ref, ref.c.ref, _REF),
        )
    }


def _only(here: _Index, there: _Index) -> list[tuple[str, int]]:
    """Return what only one side has, in any of the tables, each once."""
    only = {row for name, rows in here.items() for row in rows - there[name]}
    # SQLite keeps whatever is put into a column; numbers stand in their order before the rest.
    return sorted(only, key=lambda row: (row[0], not isinstance(row[1], int), row[1]))


def _text(row: tuple[object, ...]) -> str:
    subject, unit, cycle, indicator, points, code, _, events, begins, ends, since, until = row
    known = f"#{since} 起" + ("" if until == OPEN else f"到 #{until} 前")
    worth = show(points_of(points)) if isinstance(points, int) else points
    times = f"{begins} 至 {ends}，{known}已知"
    return f"{unit} {cycle} {indicator} {worth} 分 {code}（{subject}，事件 {events}，{times}）"
