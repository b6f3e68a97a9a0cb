"""What is kept beside the rows attacked: blocks, edge, head, checkpoints, keys, score lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.attacks.scene import SIZE, Found, edited, found, signed_register
from tests.cli.driving import fit_for_a_clerk
from tests.cli.registers import brief
from tests.forging import edge, forged, rows_of, set_head, unguarded
from tests.running import Kaohe

TREE_OF_300: list[Found] = [
    ("TREE", 1, 256),
    ("TREE", 257, 288),
    ("TREE", 289, 296),
    ("TREE", 297, 300),
]
HEAD, KEY = ("HEAD", None, None), ("KEY", None, None)
ALL_ALTERED: list[Found] = [("ALTERED", at, at) for at in range(1, SIZE + 1)]


def signed(column: str, value: str, size: int = 120) -> str:
    """Return the statement that changes a checkpoint in the database."""
    return f"UPDATE checkpoint SET {column} = {value} WHERE size = {size}"


def in_note(start: int, length: int, put: str) -> str:
    """Return a note with other bytes in place of some."""
    rest = f"substr(note, {start + length})"
    return f"CAST(substr(note, 1, {start - 1}) || CAST({put} AS BLOB) || {rest} AS BLOB)"


FOUND: dict[str, tuple[str, list[Found]]] = {
    "block's root": ("UPDATE tile SET root = zeroblob(32)", [("TREE", 1, 256)]),
    "block's hashes": (
        "UPDATE tile SET hashes = CAST(substr(hashes, 33) || substr(hashes, 1, 32) AS BLOB)",
        [("TREE", 1, 256)]),
    "one hash of a block": (
        "UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)",
        [("TREE", 1, 256)]),
    "block too short": ("UPDATE tile SET hashes = zeroblob(64)", [("TREE", 1, 256)]),
    "block deleted": ("DELETE FROM tile", [("TREE", 1, 256)]),
    "block renamed": ('UPDATE tile SET "index" = 1', [("TREE", 1, 256)]),
    "block put in": ("INSERT INTO tile VALUES (0, 1, x'00', x'00')", [("TREE", None, None)]),
    "block as text": ("UPDATE tile SET hashes = CAST(hashes AS TEXT)", [("TREE", 1, 256)]),
    "edge turned": (
        "UPDATE head SET edge = CAST(substr(edge, 33) || substr(edge, 1, 32) AS BLOB)",
        TREE_OF_300),
    "edge's last root": (
        "UPDATE head SET edge = CAST(substr(edge, 1, 96) || zeroblob(32) AS BLOB)",
        [("TREE", 297, 300)]),
    "edge too short": ("UPDATE head SET edge = zeroblob(96)", [HEAD]),
    "edge as text": ("UPDATE head SET edge = hex(substr(edge, 1, 64))", [HEAD]),
    "head deleted": ("DELETE FROM head", [HEAD]),
    "head's position below zero": ("UPDATE head SET position = -1", [HEAD]),
    "head's position no number": ("UPDATE head SET position = 'x'", [HEAD]),
    "head's position moved on": ("UPDATE head SET position = 420", [("GAP", 301, 420)]),
    "head's moment in the future": (
        "UPDATE head SET recorded_at = '2099-01-01T00:00:00.000000Z'", [HEAD]),
    "head's name as bytes": ("UPDATE head SET origin = x'ff'", [HEAD]),
    "another log's name": ("UPDATE head SET origin = 'other'", [*ALL_ALTERED]),
    "key taken away": ("UPDATE head SET key = NULL", [KEY]),
    "no key": ("UPDATE head SET key = 'other+11111111+AAAA'", [KEY]),
    "checkpoint deleted": (
        "DELETE FROM checkpoint WHERE size = 120", [("CHECKPOINT", 120, 120)]),
    "checkpoint damaged": (signed("note", "x'00'"), [("FORM", 120, 120)]),
    "checkpoint as text": (signed("note", "CAST(note AS TEXT)"), [("FORM", 120, 120)]),
    "checkpoint of another size": (
        signed("size", "121"), [("CHECKPOINT", 120, 120), ("FORM", 121, 121)]),
    "checkpoint in place of another": (
        signed("note", "(SELECT note FROM checkpoint WHERE size = 50)"), [("FORM", 120, 120)]),
    "checkpoint with CR LF": (
        signed("note", "CAST(replace(note, x'0a', x'0d0a') AS BLOB)"), [("FORM", 120, 120)]),
    "checkpoint without signature": (
        signed("note", "CAST(substr(note, 1, instr(note, x'0a0a') + 1) AS BLOB)"),
        [("FORM", 120, 120)]),
    "checkpoint with another root": (
        signed("note", in_note(29, 1, "CASE substr(note, 29, 1) WHEN x'41' THEN 'B' ELSE 'A' END")),
        [("SIGNATURE", 120, 120)]),
    "cosignature of nobody": (
        "INSERT INTO cosignature VALUES (120, 'w', 1, '— w AAAAAAAA')", [("SIGNATURE", 120, 120)]),
    "cosignature damaged": (
        "INSERT INTO cosignature VALUES (120, 'w', 1, 'x')", [("FORM", 120, 120)]),
    "witness's key damaged": ("INSERT INTO witness VALUES ('w', 'x')", [KEY]),
}  # fmt: skip
LINES = {
    "points": "UPDATE line SET points = 700 WHERE points = 200",
    "deleted": "DELETE FROM line WHERE id = (SELECT max(id) FROM line)",
    "no number": "UPDATE line SET points = 'x'",
    "no text": "UPDATE line SET unit = x'ff'",
    "topics": "DELETE FROM fact WHERE position = 100",
    "reached": "UPDATE progress SET position = 100",
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_beside_the_rows(kaohe: Kaohe, name: str) -> None:
    """Whatever was done to tree, head, checkpoints and keys in the database is found and named."""
    statement, expected = FOUND[name]
    with unguarded(kaohe.database) as connection:
        assert connection.exec_driver_sql(statement).rowcount != 0
    assert found(kaohe) == expected


@pytest.mark.parametrize("name", LINES)
def test_score_lines(kaohe: Kaohe, name: str) -> None:
    """Lines that do not follow from the events are found, and the log itself is not blamed."""
    with unguarded(kaohe.database) as connection:
        connection.exec_driver_sql(LINES[name])
    assert {code for code, *_ in found(kaohe, lines=True)} == {"LINES"}


@pytest.mark.parametrize(
    ("column", "value"),
    [("stream", b"item/X"), ("version", 1.5), ("type", b"x"), ("recorded_at", b"2026"),
     ("data", "{}"), ("leaf", "x" * 32)],
)  # fmt: skip
def test_a_value_that_no_program_of_ours_writes(kaohe: Kaohe, column: str, value: object) -> None:
    """SQLite keeps any value in any column; the row that holds one is named, and no other."""
    forged(kaohe.database, edited(99, **{column: value}))
    assert set(found(kaohe)) - {("VERSION", 99, 99), ("ROOT", 51, 120), ("TREE", 1, 256)} == {
        ("ALTERED", 99, 99)
    }


def test_text_that_is_no_text(kaohe: Kaohe) -> None:
    """A column of bytes that are not UTF-8 does not stop the examination of the other rows."""
    forged(kaohe.database, edited(200))
    with unguarded(kaohe.database) as connection:
        connection.exec_driver_sql(
            "UPDATE event SET stream = CAST(x'ff' AS TEXT) WHERE position = 99"
        )
    assert found(kaohe) == [("ALTERED", 99, 99), ("ALTERED", 200, 200)]


def test_an_edge_that_was_lost_hides_no_row(kaohe: Kaohe) -> None:
    """A head that cannot be right is one finding, and the rows are examined all the same."""
    forged(kaohe.database, edited(200))
    with unguarded(kaohe.database) as connection:
        set_head(connection, "edge", b"")
    assert found(kaohe) == [("ALTERED", 200, 200), HEAD]


def test_an_old_backup_put_back(kaohe: Kaohe, tmp_path: Path) -> None:
    """What was signed since the backup is missing; nothing more is signed, also after growth."""
    other = tmp_path / "备份"
    other.mkdir()
    shutil.copytree(tmp_path / "keys", other / "keys")
    shutil.copyfile(kaohe.database, other / "kaohe.db")
    kaohe("checkpoint")
    kaohe.imports([brief("新")], "新.jsonl")
    kaohe("checkpoint")
    shutil.copyfile(other / "kaohe.db", kaohe.database)
    gone: list[Found] = [("CHECKPOINT", 300, 300), ("CHECKPOINT", 301, 301)]
    assert found(kaohe) == [*gone, ("ROLLBACK", 301, 301)]
    message = fit_for_a_clerk(kaohe("checkpoint", exit_code=3).stderr)
    assert "签过 301 条的检查点，日志现在却只有 300 条" in message

    kaohe.imports([brief("别"), brief("又")], "别.jsonl")
    assert found(kaohe) == [*gone, ("ROOT", 301, 301)]
    assert "不是签过的 301 条检查点的延续" in kaohe("checkpoint", exit_code=3).stderr


def test_another_register_in_its_place(kaohe: Kaohe, tmp_path: Path) -> None:
    """A whole register put in place of another does not pass for it, and its rows not either."""
    key = kaohe.json("key", "show")["key"]
    other = tmp_path / "别的"
    other.mkdir()
    foreign = Kaohe(other)
    signed_register(foreign, 270)
    with unguarded(foreign.database) as connection:
        rows = rows_of(connection)
        assert edge([row.leaf for row in rows])
    swapped = Kaohe(tmp_path, foreign.database)
    codes = {code for code, *_ in found(swapped, "--key", key)}
    assert codes == {"KEY", "SIGNATURE"}
    forged(kaohe.database, lambda mine: [*rows, *mine[270:]])
    assert {each for each in found(kaohe) if each[0] == "ALTERED"} == set(ALL_ALTERED[:270])


def test_another_key_in_the_head(kaohe: Kaohe, tmp_path: Path) -> None:
    """A key substituted in the database is found by the one outside, and nothing is signed."""
    other = tmp_path / "别的"
    other.mkdir()
    name = kaohe.json("key", "show")["log"]
    Kaohe(other)("init", "--origin", name)
    key = Kaohe(other).json("key", "show")["key"]
    with unguarded(kaohe.database) as connection:
        set_head(connection, "key", key)
    assert found(kaohe) == [KEY]
    assert "公钥与密钥文件夹里的不同" in fit_for_a_clerk(kaohe("checkpoint", exit_code=3).stderr)
