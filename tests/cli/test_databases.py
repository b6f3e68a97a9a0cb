"""What is said about a database that is not there, is none, or cannot be used; and ``init``."""

from __future__ import annotations

import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.driving import ended, fit_for_a_clerk, refused, started, tampered
from tests.cli.registers import OPENING
from tests.running import Kaohe

USING = [
    ["init"],
    ["import", "{folder}/登记.jsonl"],
    ["record", "UnitEnrolled", "on=2022-01-01", "unit=应县", "category=county"],
]
READING = [
    ["score"],
    ["rank"],
    ["log"],
    ["check"],
    ["rebuild"],
    ["what-if", "{folder}/登记.jsonl"],
    ["retract", "#1", "--reason", "x"],
    ["export", "register", "--to", "{folder}/出.xlsx"],
    ["export", "log", "--to", "{folder}/出.csv"],
    ["list", "staff"],
    ["doctor"],
]
RECORDED = ["record", "UnitEnrolled", "on=2022-01-01", "unit=新局", "category=department"]
PAGE = 4096
each_using = pytest.mark.parametrize("typed", USING, ids=lambda typed: typed[0])
each_reading = pytest.mark.parametrize("typed", READING, ids=lambda typed: typed[0])
each = pytest.mark.parametrize("typed", USING + READING, ids=lambda typed: typed[0])


def refusal(folder: Path, database: str, typed: list[str]) -> str:
    """Return what is said when a command is given that database."""
    kaohe = Kaohe(folder)
    kaohe.file(OPENING)
    return refused(kaohe, "--db", database, *(word.format(folder=folder) for word in typed))


@each
def test_a_text_file_is_no_database(tmp_path: Path, typed: list[str]) -> None:
    """A register file given as ``--db`` is refused by its name and not written to."""
    path = tmp_path / "登记.txt"
    path.write_text("这是一份文本\n" * 100, encoding="utf-8")
    assert str(path) in refusal(tmp_path, str(path), typed)
    assert path.read_text(encoding="utf-8") == "这是一份文本\n" * 100


@each
def test_a_folder_is_no_database(tmp_path: Path, typed: list[str]) -> None:
    """A folder given as ``--db`` is refused by its name."""
    folder = tmp_path / "资料"
    folder.mkdir()
    assert str(folder) in refusal(tmp_path, str(folder), typed)


@each
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, typed: list[str]) -> None:
    """A path into a folder that does not exist is refused by that path, and no folder is made."""
    path = tmp_path / "没有" / "kaohe.db"
    assert str(path) in refusal(tmp_path, str(path), typed)
    assert not path.parent.exists()


@each_reading
def test_reading_makes_no_database(tmp_path: Path, typed: list[str]) -> None:
    """A mistyped ``--db`` is refused with what to do, and leaves no empty file behind."""
    path = tmp_path / "没有.db"
    message = refusal(tmp_path, str(path), typed)
    assert str(path) in message
    assert "--db" in message
    assert not path.exists()


@each_reading
def test_a_database_of_another_program_is_not_taken_over(tmp_path: Path, typed: list[str]) -> None:
    """An SQLite file without a register is told so by name."""
    path = tmp_path / "别的.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE letters (id INTEGER, text TEXT)")
        connection.commit()
    assert str(path) in refusal(tmp_path, str(path), typed)


@each
def test_a_server_that_is_not_there_is_told(tmp_path: Path, typed: list[str]) -> None:
    """An address where no server listens is refused at once, without the password in it."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    message = refusal(tmp_path, f"postgresql://zhang:geheim@127.0.0.1:{port}/kaohe", typed)
    assert "127.0.0.1" in message
    assert "geheim" not in message


@pytest.mark.parametrize("name", ["", ":memory:", "mysql://u:geheim@h/x", "postgresql://u@h:x/y"])
@each
def test_an_address_of_no_database_is_refused(tmp_path: Path, typed: list[str], name: str) -> None:
    """What can never hold a register is refused at once, and a password is never repeated."""
    message = refusal(tmp_path, name, typed)
    assert "geheim" not in message


def test_a_missing_server_database_is_told(postgres_url: str, tmp_path: Path) -> None:
    """A server that has no such database says so, in a message that a clerk can follow."""
    wrong = postgres_url.replace("?", "_nicht_da?", 1)
    for typed in (["init"], ["score"]):
        message = refusal(tmp_path, wrong, typed)
        assert "_nicht_da" in message
        assert "没有" in message


def test_a_role_that_the_server_does_not_know_is_told(postgres_url: str, tmp_path: Path) -> None:
    """It is the user in the address that is wrong, not the database, and that is said."""
    message = refusal(tmp_path, postgres_url.replace("kaohe@", "niemand@"), ["score"])
    assert "用户" in message
    assert "niemand" in message
    assert "建立这个数据库" not in message


def test_a_table_that_is_gone_is_broken_integrity(database_url: str, tmp_path: Path) -> None:
    """A renamed table of the log is named, on both databases; nobody is sent to make the database.

    What is stored contradicts itself then, so the command ends with 3.
    """
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(OPENING)
    tampered(database_url, "ALTER TABLE event RENAME TO fort")
    for typed in (["check"], ["log"], RECORDED):
        message = refused(kaohe, *typed, exit_code=3)
        assert "缺少登记簿的表" in message
        assert "event" in message
        assert "备份" in message


@pytest.mark.parametrize("typed", [["check"], ["score"], ["verify", "db"], RECORDED], ids=str)
def test_a_damaged_file_is_not_called_a_full_disk(opened: Kaohe, typed: list[str]) -> None:
    """With two pages overwritten every command says so, what to keep, and ends with 3."""
    path = Path(opened.database)
    data = bytearray(path.read_bytes())
    data[2 * PAGE : 4 * PAGE] = b"\xff" * (2 * PAGE)
    path.write_bytes(data)
    message = refused(opened, *typed, exit_code=3)
    assert f"{path} 已损坏" in message
    assert "磁盘空间" not in message
    assert [word for word in ("另存", "备份", "检查点") if word not in message] == []
    assert path.read_bytes() == data


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.parametrize("typed", [["init"], ["import", "{folder}/登记.jsonl"], ["rebuild"]])
def test_what_may_not_be_written_is_told(opened: Kaohe, typed: list[str]) -> None:
    """A folder without the right to write in it is named, for a new database and an old one."""
    opened.file(OPENING)
    folder = opened.folder / "归档"
    folder.mkdir()
    place = folder / "kaohe.db"
    if typed == ["rebuild"]:
        place.write_bytes(Path(opened.database).read_bytes())
        place.chmod(0o444)
    folder.chmod(0o555)
    try:
        words = [word.format(folder=opened.folder) for word in typed]
        answer = ended(started(str(place), *words, unprivileged=True))
    finally:
        folder.chmod(0o755)
    assert answer.exit_code == 1
    assert str(place) in fit_for_a_clerk(answer.stderr)


@pytest.mark.parametrize("typed", [["template"], ["export", "register", "--to"]])
def test_a_file_that_cannot_be_written_is_told(opened: Kaohe, typed: list[str]) -> None:
    """A workbook into a folder that is not there, or into a file, is refused by its path."""
    for place in (opened.folder / "没有" / "a.xlsx", Path(opened.database) / "a.xlsx"):
        assert f"不能写入 {place}" in refused(opened, *typed, place)


def test_init_makes_an_empty_register_once(kaohe: Kaohe) -> None:
    """The first call makes it, later ones say what is there and change nothing."""
    assert kaohe("init").stderr.startswith(f"登记簿已建立：{kaohe.database}\n日志名称：kaohe-")
    assert "一致：0 条事件" in kaohe("check").stdout
    kaohe.imports(OPENING)
    before = Path(kaohe.database).read_bytes()
    assert "已有登记簿，共 5 条事件，没有改动" in kaohe("init").stderr
    assert Path(kaohe.database).read_bytes() == before


def test_init_of_an_empty_register_says_that_it_is_there(kaohe: Kaohe) -> None:
    """A register without events is not made anew either, and the message does not say so."""
    kaohe("init")
    assert "已有登记簿" in kaohe("init").stderr


def test_a_database_is_named_by_path_address_or_environment(opened: Kaohe) -> None:
    """A file's path, its address, and KAOHE_DB all mean the same register."""
    said = opened("log", "--json").stdout
    assert Kaohe(opened.folder, f"sqlite:///{opened.database}")("log", "--json").stdout == said
    path = opened.folder / "考核 2022.db"
    path.write_bytes(Path(opened.database).read_bytes())
    assert Kaohe(opened.folder, str(path))("log", "--json").stdout == said
