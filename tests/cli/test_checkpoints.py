"""``kaohe checkpoint``: what the log states about itself, given out, and given again."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path

from tests.cli.driving import fit_for_a_clerk, refused
from tests.cli.registers import OPENING, brief
from tests.domain.audit import naive
from tests.forging import leaf, rows_of, unguarded
from tests.running import Kaohe


def root_of(kaohe: Kaohe) -> bytes:
    """Return the root that the rows of the register give."""
    with unguarded(kaohe.database) as connection:
        origin = connection.exec_driver_sql("SELECT origin FROM head").scalar_one()
        return naive.root([leaf(origin, row) for row in rows_of(connection)])


def test_a_checkpoint_is_four_lines_and_a_signature(opened: Kaohe) -> None:
    """Name, number of events, root, an empty line, the signature; to stdout and nothing else."""
    opened("init")  # makes the key, which the first checkpoint would show
    answer = opened("checkpoint")
    key = opened.json("key", "show")
    origin, size, root, blank, signature, end = answer.stdout.split("\n")
    assert (origin, size, blank, end) == (key["log"], "5", "", "")
    assert root == b64encode(root_of(opened)).decode()
    assert signature.startswith(f"— {origin} ")
    assert answer.stderr == ""


def test_the_same_log_gives_the_same_file(opened: Kaohe) -> None:
    """Asked again, the checkpoint is the same byte for byte; it changes when the log grows."""
    first = opened("checkpoint").stdout
    assert opened("checkpoint").stdout == first
    opened.imports([brief("甲")])
    second = opened("checkpoint").stdout
    assert second.split("\n")[1] == "6"
    place = next((opened.folder / "keys").glob("*/checkpoints"))
    files = {path.name: path.read_bytes() for path in place.iterdir()}
    assert files == {"5.txt": first.encode(), "6.txt": second.encode()}


def test_a_checkpoint_goes_into_a_new_file(opened: Kaohe) -> None:
    """It is written as it is, said on stderr, and never put over another file."""
    place = opened.folder / "检查点.txt"
    opened("init")
    answer = opened("checkpoint", "--to", place)
    assert (answer.stdout, answer.stderr) == ("", f"5 条事件的检查点已写到 {place}\n")
    assert place.read_bytes() == opened("checkpoint").stdout.encode()
    assert "已经存在" in refused(opened, "checkpoint", "--to", place)


def test_an_empty_or_missing_register_is_not_signed(kaohe: Kaohe) -> None:
    """There is nothing to state of a register that is not there, or that holds nothing."""
    assert "没有数据库" in refused(kaohe, "checkpoint")
    kaohe("init")
    assert "日志有 0 条事件" in refused(kaohe, "checkpoint")
    assert not list((kaohe.folder / "keys").glob("*/checkpoints/*"))


def test_closing_a_cycle_signs(opened: Kaohe) -> None:
    """A checkpoint that ends with the closing lies outside at once; a rehearsal signs nothing."""
    closing = ("record", "CycleClosed", "on=2023-02-01", "cycle=2022", "as_of=2022-12-31")
    opened(*closing, "--dry-run")
    assert list((opened.folder / "keys").glob("*/checkpoints/*")) == []
    assert "已签署 6 条事件的检查点" in opened(*closing).stderr
    (kept,) = (opened.folder / "keys").glob("*/checkpoints/*")
    assert kept.read_text(encoding="utf-8") == opened("checkpoint").stdout
    assert opened("checkpoint").stdout.split("\n")[1] == "6"


def test_a_closing_that_cannot_be_signed_stays_recorded(opened: Kaohe) -> None:
    """Whoever closes on a machine without the key is told to sign elsewhere."""
    opened("checkpoint")
    (opened.folder / "keys").rename(opened.folder / "away")
    closing = {"type": "CycleClosed", "on": "2023-02-01", "cycle": "2022", "as_of": "2022-12-31"}
    said = opened.imports([closing], "关闭.jsonl").stderr
    assert "没有签署检查点" in said
    assert "kaohe checkpoint" in said
    assert opened.json("log")["events"][-1]["type"] == "CycleClosed"


def test_a_restored_backup_is_not_signed(opened: Kaohe) -> None:
    """The signer says what it signed and what it sees, ends with 3, and signs nothing."""
    backup = opened.folder / "备份.db"
    shutil.copy(opened.database, backup)
    opened.imports([brief("甲")])
    opened("checkpoint")
    shutil.copy(backup, opened.database)
    for more in ([], [brief("乙"), brief("丙")]):
        if more:
            opened.imports(more, "别.jsonl")
        answer = opened("checkpoint", exit_code=3)
        assert answer.stdout == ""
        assert "kaohe verify db" in fit_for_a_clerk(answer.stderr)
        assert "签过" in answer.stderr
    assert Path(opened.database).exists()


def test_a_register_of_a_server_is_signed_alike(
    kaohe: Kaohe, tmp_path: Path, postgres_url: str
) -> None:
    """On PostgreSQL the checkpoint is that of its rows, and is kept outside as well."""
    server = Kaohe(tmp_path, postgres_url)
    server.imports(OPENING)
    signed = server("checkpoint").stdout
    assert b64encode(root_of(server)).decode() == signed.split("\n")[2]
    assert server("checkpoint").stdout == signed
    assert not Path(kaohe.database).exists()
