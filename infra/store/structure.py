"""What a database consists of, against what this program makes: tables, indexes, triggers, views.

Whoever can write to a database can give it a trigger that changes what is stored, or an index that
holds something else than its table; of neither the rows themselves say anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from infra.store.engine import MEMORY, open_engine
from infra.store.schema import create_schema, guards, metadata
from infra.store.transactions import reading

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, MetaData

_Parts: TypeAlias = Mapping[tuple[str, str], tuple[str, str]]
"""By kind and name: the table that something is of, and how it is defined."""

_KINDS: Final = {
    "table": "表",
    "index": "索引",
    "trigger": "触发器",
    "view": "视图",
    "rule": "改写规则",
}

_NAMED: Final = 100
"""After how many faults SQLite gives up looking for more."""

# What ANALYZE leaves is left out: it says how to search, not what is found.
_SQLITE: Final = """
SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type <> 'table'
UNION ALL
SELECT 'table', t.name, t.name,
       c.name || ' ' || CASE WHEN c.type LIKE '%INT%' THEN 'INTEGER' ELSE c.type END
       || ' ' || c."notnull" || ' ' || c.pk || ' ' || c.hidden
FROM sqlite_master t, pragma_table_xinfo(t.name) c
WHERE t.type = 'table' AND t.name NOT IN ('sqlite_stat1', 'sqlite_stat4')"""
"""A table is its columns, a row for each; to SQLite BIGINT and INTEGER are the same."""

_POSTGRESQL: Final = """
WITH ours AS (
    SELECT oid, relname, relkind FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relname IN ({})
)
SELECT 'trigger', t.tgname::text, o.relname::text,
       t.tgenabled::text || ' ' || p.proname || ' ' || p.prosrc
FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', r.rulename::text, o.relname::text, ''
FROM pg_rewrite r JOIN ours o ON o.oid = r.ev_class WHERE r.rulename <> '_RETURN'
UNION ALL
SELECT 'view', o.relname::text, o.relname::text, '' FROM ours o WHERE o.relkind IN ('v', 'm')"""


class Oddity(NamedTuple):
    """Something that a database has, or has not, unlike those that this program makes.

    ``kind`` is one of ``table``, ``index``, ``trigger``, ``view`` and ``rule``; ``table`` names
    the table that it is of.
    """

    kind: str
    name: str
    table: str
    said: str

    def __str__(self) -> str:
        """Return it in words, such as ``多出触发器 t（表 line）``."""
        of = "" if self.name == self.table else f"（表 {self.table}）"
        return self.said.format(f"{_KINDS[self.kind]} {self.name}{of}")


def oddities(engine: Engine, projected: MetaData) -> list[Oddity]:
    """Return what does not belong to the register, what is missing and what is another.

    ``projected`` are the tables of the projections: none of them need be there yet. On PostgreSQL
    only what changes or hides rows on their way is looked for: triggers, rules and views.

    Raises:
        eventsourcing.persistence.PersistenceError: the database failed.
    """
    names = [*metadata.tables, *projected.tables]
    with reading(engine) as connection:
        if connection.dialect.name == "sqlite":
            return list(_differing(_made(projected), _held(connection), projected))
        listed = ", ".join(f"'{name}'" for name in names)
        return list(_differing(guards(), _parts(connection, _POSTGRESQL.format(listed)), projected))


def wrong_indexes(engine: Engine) -> list[str]:
    """Return what SQLite finds wrong with its file: above all, indexes that are not their tables'.

    It reads the whole file. Nothing is looked for on PostgreSQL, where no statement can write
    into an index.
    """
    if engine.dialect.name != "sqlite":
        return []
    with reading(engine) as connection:
        said = connection.exec_driver_sql(f"PRAGMA integrity_check({_NAMED})").scalars()
        wrong = [str(each) for each in said if each != "ok"]
    return [*wrong, f"只列出前 {_NAMED} 处"] if len(wrong) >= _NAMED else wrong


def _made(projected: MetaData) -> _Parts:
    """Return what a new database consists of."""
    engine = open_engine(MEMORY)
    try:
        create_schema(engine)
        projected.create_all(engine)
        with reading(engine) as connection:
            return _held(connection)
    finally:
        engine.dispose()


def _held(connection: Connection) -> _Parts:
    return _parts(connection, _SQLITE)


def _parts(connection: Connection, query: str) -> _Parts:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for kind, name, table, text in connection.exec_driver_sql(query):
        found[str(kind), str(name), str(table)].append(" ".join(str(text).split()))
    return {
        (kind, name): (table, ", ".join(sorted(texts)))
        for (kind, name, table), texts in found.items()
    }


def _differing(made: _Parts, held: _Parts, projected: MetaData) -> Iterator[Oddity]:
    unmade = not any(("table", name) in held for name in projected.tables)
    for (kind, name), (table, _) in made.items():
        if (kind, name) not in held and not (unmade and table in projected.tables):
            yield Oddity(kind, name, table, "缺少{}")
    for (kind, name), (table, text) in held.items():
        if (kind, name) not in made:
            yield Oddity(kind, name, table, "多出{}")
        elif made[kind, name] != (table, text):
            yield Oddity(kind, name, table, "{} 的定义与本程序建的不同")
