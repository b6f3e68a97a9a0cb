"""``kaohe verify db`` where nothing, or little, is wrong; attacks have a folder of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.attacks.scene import answered, edited, found
from tests.cli.driving import fit_for_a_clerk, queried, refused
from tests.cli.registers import OPENING, brief
from tests.forging import forged, unguarded
from tests.infra.audit.test_witnesses import Witness
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe


def test_a_register_that_agrees_is_told_so(opened: Kaohe) -> None:
    """What was examined is counted, and how far checkpoints outside reach is said."""
    lines = queried(opened.database, "SELECT count(*) FROM line")[0][0]
    answer = opened("verify", "db")
    name = queried(opened.database, "SELECT origin FROM head")[0][0]
    assert answer.stdout == f"日志 {name}：5 条事件，{lines} 条得分记录，全部相符。\n"
    assert "数据库之外没有检查点" in answer.stderr
    opened("checkpoint")
    opened.imports([brief("甲")])
    answer = opened("verify", "db")
    assert "数据库之外的检查点核对到 #5。" in answer.stdout
    assert answer.stderr == ""


def test_the_document_says_what_was_examined(opened: Kaohe) -> None:
    """Log, size, key, checkpoints, the last one outside, and no findings."""
    assert opened.json("verify", "db")["key"] is None
    opened("checkpoint")
    opened.imports([brief("甲")])
    opened("checkpoint")
    document = opened.json("verify", "db")
    key = opened.json("key", "show")
    assert document == {
        "log": key["log"],
        "position": 6,
        "key": key["key"],
        "checkpoints": [5, 6],
        "outside": 6,
        "lines": document["lines"],
        "findings": [],
        "notes": [],
    }
    assert document["lines"] == len(queried(opened.database, "SELECT id FROM line"))


def test_a_register_of_every_type(kaohe: Kaohe, database_url: str) -> None:
    """Events of every type, on both databases, signed and grown: nothing is found."""
    both = Kaohe(kaohe.folder, database_url)
    both.imports(EVERY_TYPE)
    both("checkpoint")
    assert both.json("verify", "db")["findings"] == []


def test_an_empty_register_agrees(kaohe: Kaohe) -> None:
    """There is nothing to find, and that nothing outside says so is said."""
    kaohe("init")
    answer = kaohe("verify", "db")
    assert "0 条事件" in answer.stdout
    assert "没有检查点" in answer.stderr


def test_a_register_that_is_not_there_is_told(kaohe: Kaohe) -> None:
    """A mistyped database is refused, and none is made."""
    assert "没有数据库" in refused(kaohe, "verify", "db")
    assert not Path(kaohe.database).exists()


def test_a_pin_that_others_keep_is_held_against_the_log(opened: Kaohe) -> None:
    """Where key and memory are lost, a checkpoint kept elsewhere still shows what was changed."""
    pin = opened.folder / "外存.txt"
    opened("checkpoint", "--to", pin)
    key = opened.json("key", "show")["key"]
    opened.imports([brief("甲")])
    shutil.rmtree(opened.folder / "keys")
    with unguarded(opened.database) as connection:
        connection.exec_driver_sql("DELETE FROM checkpoint")
    pinned = opened.json("verify", "db", "--pin", pin, "--key", key)
    assert (pinned["outside"], pinned["findings"]) == (5, [])
    forged(opened.database, edited(2), leaves=True, tree=True)
    assert found(opened, "--pin", pin) == [("ROOT", 1, 5)]
    message = fit_for_a_clerk(opened("verify", "db", "--pin", pin, exit_code=3).stderr)
    assert f"{pin}里 5 条的检查点与记录不符" in message


def test_two_pins_narrow_the_range(opened: Kaohe) -> None:
    """The range begins behind the last checkpoint outside that fits."""
    pins = []
    for item in "甲乙丙":
        opened.imports([brief(item), brief(f"{item}2")], f"{item}.jsonl")
        pins += ["--pin", opened.folder / f"{item}.txt"]
        opened("checkpoint", "--to", pins[-1])
    shutil.rmtree(opened.folder / "keys")
    forged(opened.database, edited(8), leaves=True, tree=True)
    with unguarded(opened.database) as connection:
        connection.exec_driver_sql("DELETE FROM checkpoint")
    assert found(opened, *pins) == [("ROOT", 8, 9)]
    assert found(opened, *pins[2:]) == [("ROOT", 1, 9)]


def test_a_pin_that_was_altered_is_found(opened: Kaohe) -> None:
    """A pin that the log's key did not sign proves nothing, and one that is none is refused."""
    pin = opened.folder / "外存.txt"
    opened("checkpoint", "--to", pin)
    text = pin.read_text(encoding="utf-8")
    pin.write_text(text.replace("\n5\n", "\n4\n"), encoding="utf-8")
    assert found(opened, "--pin", pin) == [("SIGNATURE", 4, 4)]
    pin.write_bytes(text.replace("\n", "\r\n").encode())
    assert "不是检查点" in refused(opened, "verify", "db", "--pin", pin)
    assert "不能读取" in refused(opened, "verify", "db", "--pin", pin.with_name("没有.txt"))


def test_another_key_than_the_logs(opened: Kaohe) -> None:
    """A key given from outside decides: what it did not sign is found."""
    opened("checkpoint")
    foreign = Kaohe(opened.folder / "别处")
    foreign.folder.mkdir()
    foreign("init", "--origin", opened.json("key", "show")["log"])
    key = foreign.json("key", "show")["key"]
    codes = [code for code, *_ in found(opened, "--key", key)]
    assert codes == ["KEY", "SIGNATURE", "SIGNATURE"]
    named = opened.folder / "公钥.txt"
    named.write_text(f"{key}\n", encoding="utf-8")
    assert [code for code, *_ in found(opened, "--key", named)] == codes
    assert "公钥不对" in refused(opened, "verify", "db", "--key", key[:-4])
    assert "不是公钥" in refused(opened, "verify", "db", "--key", "没有")


def test_a_lost_public_half_is_one_finding(opened: Kaohe) -> None:
    """The rest is examined all the same, signatures with the key that the database has."""
    opened("checkpoint")
    (public,) = (opened.folder / "keys").glob("*/key.pub")
    public.unlink()
    document = answered(opened)
    assert [each["code"] for each in document["findings"]] == ["KEY"]
    assert "key.pub" in document["findings"][0]["text"]
    assert (document["key"], document["outside"]) == (opened.json("key", "show")["key"], 5)
    forged(opened.database, edited(3))
    assert ("ALTERED", 3, 3) in found(opened)


@pytest.mark.parametrize("column", ["time", "line", "witness"])
def test_a_cosignature_that_was_changed(opened: Kaohe, column: str) -> None:
    """What a witness signed is checked with the key that was filed for it."""
    opened("init")
    witness = Witness()
    text = opened("checkpoint").stdout.partition("\n\n")[0] + "\n"
    file = opened.folder / "答复.txt"
    file.write_bytes(witness.signed(text))
    opened("witness", "add", file, "--key", witness.key_text)
    assert opened.json("verify", "db")["findings"] == []
    other = witness.signed(text, 5).decode().strip()
    value = {"time": "7", "line": f"'{other}'", "witness": "'w'"}[column]
    with unguarded(opened.database) as connection:
        connection.exec_driver_sql(f"UPDATE cosignature SET {column} = {value}")
    assert found(opened) == [("SIGNATURE", 5, 5)]


def test_verifying_leaves_the_evidence_alone(kaohe: Kaohe) -> None:
    """Neither a sound register nor a damaged one is changed by being examined."""
    kaohe.imports(OPENING)
    kaohe("checkpoint")
    tables = ("event", "tile", "head", "checkpoint", "line", "fact", "brought")
    for change in (None, 3):
        if change:
            forged(kaohe.database, edited(change))
        before = [queried(kaohe.database, f"SELECT * FROM {table}") for table in tables]
        if change:
            answered(kaohe)
        else:
            kaohe("verify", "db")
        assert [queried(kaohe.database, f"SELECT * FROM {table}") for table in tables] == before
