"""The attacks on a PostgreSQL database: a few of each kind, one after the other, each undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.attacks.scene import Found, Rewrite, edited, found, renumbered, signed_register
from tests.forging import forged, rows_of, unguarded
from tests.running import Kaohe

TABLES = ("event", "tile", "head", "checkpoint", "line", "fact", "brought", "ref", "progress")
MADE = {"leaves": True, "tree": True, "head": True}
REWRITTEN: list[tuple[Rewrite, dict[str, bool], list[Found]]] = [
    (edited(100), {}, [("ALTERED", 100, 100)]),
    (edited(100), {"leaves": True}, [("ALTERED", 100, 100), ("ROOT", 51, 120), ("TREE", 1, 256)]),
    (edited(100), MADE, [("ROOT", 51, 120)]),
    (lambda rows: rows[:99] + rows[100:], {}, [("GAP", 100, 100), ("VERSION", 101, 101)]),
    (lambda rows: renumbered(rows[:98] + rows[99:]), MADE, [("ROOT", 51, 120)]),
    (lambda rows: rows[:260], MADE, [("ROLLBACK", 261, 270)] * 2),
    (lambda rows: rows[:290], {}, [("GAP", 291, 300)]),
    (edited(51, recorded_at="2020-01-01T00:00:00.000000Z"), MADE,
     [("CLOCK", 51, 51), ("ROOT", 51, 120)]),
]  # fmt: skip
CHANGED: list[tuple[str, list[Found]]] = [
    ("UPDATE tile SET root = leaf FROM event WHERE position = 1", [("TREE", 1, 256)]),
    ("UPDATE head SET edge = substr(edge, 33) || substr(edge, 1, 32)",
     [("TREE", 1, 256), ("TREE", 257, 288), ("TREE", 289, 296), ("TREE", 297, 300)]),
    ("UPDATE head SET edge = ''", [("HEAD", None, None)]),
    ("UPDATE head SET key = 'other+11111111+AAAA'", [("KEY", None, None)]),
    ("DELETE FROM head", [("HEAD", None, None)]),
    ("DELETE FROM checkpoint WHERE size = 120", [("CHECKPOINT", 120, 120)]),
    ("UPDATE checkpoint SET note = 'x' WHERE size = 50", [("FORM", 50, 50)]),
    ("UPDATE line SET points = points + 1", []),
]  # fmt: skip


@pytest.fixture
def server(tmp_path: Path, postgres_url: str) -> Kaohe:
    """A register on a server, with checkpoints, of which nothing is found."""
    kaohe = Kaohe(tmp_path, postgres_url)
    signed_register(kaohe)
    assert kaohe.json("verify", "db")["findings"] == []
    return kaohe


@contextmanager
def undone(kaohe: Kaohe) -> Iterator[None]:
    """Put every table back as it was when the block ends."""
    with unguarded(kaohe.database) as connection:
        for table in TABLES:
            connection.exec_driver_sql(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
    yield
    with unguarded(kaohe.database) as connection:
        for table in TABLES:
            connection.exec_driver_sql(f"DELETE FROM {table}")
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM kept_{table}")
            connection.exec_driver_sql(f"DROP TABLE kept_{table}")


@pytest.mark.slow
def test_every_attack_is_found(server: Kaohe) -> None:
    """Rows, leaves, tree, head, checkpoints and lines: found and named as on SQLite."""
    for change, skill, expected in REWRITTEN:
        with undone(server):
            forged(server.database, change, **skill)
            assert found(server) == expected
    for statement, expected in CHANGED:
        with undone(server):
            with unguarded(server.database) as connection:
                assert connection.exec_driver_sql(statement).rowcount
            assert found(server) == expected
            if not expected:
                assert {code for code, *_ in found(server, lines=True)} == {"LINES"}
    assert server.json("verify", "db")["findings"] == []


def test_what_was_rewritten_is_not_signed(server: Kaohe) -> None:
    """The signer compares with what it keeps outside, whatever the database says."""
    forged(server.database, edited(100), **MADE)
    assert "不予签署" in server("checkpoint", exit_code=3).stderr
    with unguarded(server.database) as connection:
        assert len(rows_of(connection)) == 300
        assert connection.exec_driver_sql("SELECT count(*) FROM checkpoint").scalar() == 3
