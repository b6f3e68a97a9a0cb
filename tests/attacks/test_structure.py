"""Triggers, views, tables and indexes put into the database, or taken out of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.attacks.scene import found
from tests.cli.driving import fit_for_a_clerk, tampered, totals_of
from tests.cli.registers import YEAR_END, of_length
from tests.running import Kaohe

NO_BONUS = (
    "CREATE TRIGGER t AFTER INSERT ON line WHEN new.unit = '应县' AND new.points > 0 "
    "BEGIN UPDATE line SET points = 0 WHERE id = new.id; END"
)
MADE_BY_OTHER_RULES = "UPDATE progress SET version = 'old'"


@pytest.fixture
def small(tmp_path: Path) -> Kaohe:
    """A register of sixty lines."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(of_length(60))
    return kaohe


def codes(kaohe: Kaohe) -> set[str]:
    """Return the codes of what ``verify db`` finds."""
    return {code for code, *_ in found(kaohe, lines=True)}


def told(kaohe: Kaohe, command: str = "check") -> str:
    """Return what a command says of a database that is not what it should be."""
    answer = kaohe(command, exit_code=3)
    assert answer.stdout == ""
    return fit_for_a_clerk(answer.stderr.partition("错误：")[1] + answer.stderr.split("错误：")[-1])


def poisoned(database: str, unit: str) -> None:
    """Let the index that scores are read from hold no points of a unit, which its table has."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        run = connection.execute
        where = "type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'line_totals'"
        index = run(f"SELECT {where}").fetchone()
        points = run("SELECT points, id FROM line WHERE unit = ?", (unit,)).fetchall()
        run("UPDATE line SET points = 0 WHERE unit = ?", (unit,))
        run("PRAGMA writable_schema = ON")
        run("DELETE FROM sqlite_master WHERE name = 'line_totals'")
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.executemany("UPDATE line SET points = ? WHERE id = ?", points)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)


def test_a_trigger_that_falsifies_every_replay(small: Kaohe) -> None:
    """The replay is made elsewhere, so that lines and trigger are both named; a rebuild heals."""
    before = totals_of(small, "--as-of", YEAR_END)
    tampered(small.database, NO_BONUS, MADE_BY_OTHER_RULES)
    assert totals_of(small, "--as-of", YEAR_END)["应县"] != before["应县"]
    message = told(small)
    assert "数据库结构：多出触发器 t（表 line）" in message
    assert "多出：应县" in message
    assert "缺少：应县" in message
    assert codes(small) == {"SCHEMA", "LINES"}
    assert "消除：多出触发器 t（表 line）" in small("rebuild").stderr
    assert totals_of(small, "--as-of", YEAR_END) == before
    assert small.json("check")["differences"] == []


def test_an_index_that_is_not_its_tables(small: Kaohe) -> None:
    """Scores read from an index that was poisoned, or is stale, are not called right."""
    before = totals_of(small, "--as-of", YEAR_END)
    poisoned(small.database, "应县")
    assert totals_of(small, "--as-of", YEAR_END)["应县"] != before["应县"]
    assert "line_totals" in told(small)
    assert codes(small) == {"INDEX"}
    small("rebuild")
    assert totals_of(small, "--as-of", YEAR_END) == before
    assert small.json("check")["differences"] == []


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        (["DROP TABLE fact"], "缺少表 fact"),
        (["DROP INDEX line_subject"], "缺少索引 line_subject（表 line）"),
        (["CREATE INDEX few ON line (unit) WHERE points > 0"], "多出索引 few（表 line）"),
        (["DROP TABLE ref", "CREATE VIEW ref AS SELECT topic AS ref, position FROM fact"],
         "多出视图 ref"),
        (["DROP TABLE ref", "CREATE TABLE ref (ref TEXT, position INTEGER)"],
         "表 ref 的定义与本程序建的不同"),
    ],
    ids=["no table", "no index", "index", "view", "table"],
)  # fmt: skip
def test_what_is_among_the_lines_is_named_and_healed(
    small: Kaohe, change: list[str], sign: str
) -> None:
    """Tables and indexes of the lines that are not as made are named, and made anew."""
    tampered(small.database, *change)
    assert sign in told(small)
    assert "SCHEMA" in codes(small)
    assert sign in small("rebuild").stderr
    assert small.json("check")["differences"] == []


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ("DROP TRIGGER event_no_update", "缺少触发器 event_no_update（表 event）"),
        ("CREATE TRIGGER t AFTER UPDATE ON head BEGIN UPDATE line SET points = 0; END",
         "多出触发器 t（表 head）"),
        ("CREATE TABLE mine (id INTEGER)", "多出表 mine"),
        ("CREATE VIEW mine AS SELECT 1", "多出视图 mine"),
    ],
    ids=["no trigger", "trigger", "table", "view"],
)  # fmt: skip
def test_what_is_beside_the_lines_is_named_and_stays(small: Kaohe, change: str, sign: str) -> None:
    """A rebuild leaves what is not of the lines as it is, and ends with 3 for it."""
    tampered(small.database, change)
    assert sign in told(small)
    assert codes(small) == {"SCHEMA"}
    assert sign in told(small, "rebuild")
    assert sign in told(small)


def test_a_database_of_an_earlier_version_is_not_called_odd(small: Kaohe) -> None:
    """A table that this version added is made with the lines that it makes anew."""
    tampered(small.database, "DROP TABLE ref", "DELETE FROM progress WHERE name = 'refs'")
    assert small.json("verify", "db")["findings"] == []
    assert small.json("check")["differences"] == []


def test_triggers_and_rules_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """The replay is made elsewhere there too; what is on our tables is named, and stays."""
    kaohe = Kaohe(tmp_path, postgres_url)
    kaohe.imports(of_length(60))
    assert kaohe.json("verify", "db")["findings"] == []
    tampered(
        postgres_url,
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN new.points := 0; RETURN new; END $$",
        "CREATE TRIGGER t BEFORE INSERT ON line FOR EACH ROW EXECUTE FUNCTION nothing()",
        "CREATE RULE r AS ON DELETE TO line DO INSTEAD NOTHING",
        "ALTER TABLE event DISABLE TRIGGER event_no_change",
        MADE_BY_OTHER_RULES,
    )
    message = told(kaohe)
    for sign in (
        "触发器 t（表 line）",
        "规则 r（表 line）",
        "触发器 event_no_change（表 event） 的定义与",
    ):
        assert sign in message
    assert codes(kaohe) == {"SCHEMA", "LINES"}
    assert "触发器 t（表 line）" in told(kaohe, "rebuild")
