"""``kaohe witness``: requests out, answers in, by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.driving import misused, refused
from tests.cli.registers import OPENING, brief
from tests.infra.audit.test_witnesses import SEEN, Witness
from tests.running import Kaohe

LOG = "log.example/kaohe"


@pytest.fixture
def watched(kaohe: Kaohe) -> Kaohe:
    """A register with five events and the name that the witness expects."""
    kaohe("init", "--origin", LOG)
    kaohe.imports(OPENING)
    return kaohe


def requested(kaohe: Kaohe, witness: Witness, name: str) -> bytes:
    """Write a request to a file and return it."""
    place = kaohe.folder / name
    answer = kaohe("witness", "request", witness.name, "--to", place)
    assert answer.stdout == ""
    assert f"的请求已写到 {place}" in answer.stderr
    return place.read_bytes()


def answer_file(kaohe: Kaohe, answer: bytes) -> Path:
    """Put an answer into a file."""
    place = kaohe.folder / "答复.txt"
    place.write_bytes(answer)
    return place


def test_request_answer_and_list(watched: Kaohe) -> None:
    """A witness sees the log twice; what it signed is kept, listed, and stands on checkpoints."""
    witness = Witness()
    file = answer_file(watched, witness.answer(requested(watched, witness, "一.txt")))
    said = watched("witness", "add", file, "--key", witness.key_text).stderr
    assert said == f"{witness.name} 于 2023-11-15 06:13:20 见证了 5 条的检查点\n"
    watched.imports([brief("甲"), brief("乙")])
    second = requested(watched, witness, "二.txt")
    assert second.startswith(b"old 5\n")
    answer = witness.answer(second, SEEN + 60)
    watched("witness", "add", answer_file(watched, answer))
    assert watched.json("witness", "list") == {
        "witnesses": [{"name": witness.name, "key": witness.key_text}],
        "cosignatures": [
            {"size": 5, "witness": witness.name, "time": "2023-11-14T22:13:20Z"},
            {"size": 7, "witness": witness.name, "time": "2023-11-14T22:14:20Z"},
        ],
    }
    table = watched("witness", "list").stdout
    assert "2023-11-15 06:14:20" in table
    assert witness.key_text in table.replace("\n", "")
    assert watched("checkpoint").stdout.encode().endswith(answer)
    assert watched.json("verify", "db")["findings"] == []


def test_the_key_may_lie_in_a_file(watched: Kaohe) -> None:
    """The witness's key is taken from its text or from the file that holds it."""
    witness = Witness()
    file = answer_file(watched, witness.answer(requested(watched, witness, "一.txt")))
    place = watched.folder / "见证人.pub"
    place.write_text(f"{witness.key_text}\n", encoding="utf-8")
    watched("witness", "add", file, "--key", place)
    assert watched.json("witness", "list")["witnesses"][0]["key"] == witness.key_text


def test_a_witness_that_lost_its_memory_is_asked_from_another_size(watched: Kaohe) -> None:
    """``--old`` says what the witness signed last, where the office knows otherwise."""
    witness = Witness()
    file = answer_file(watched, witness.answer(requested(watched, witness, "一.txt")))
    watched("witness", "add", file, "--key", witness.key_text)
    place = watched.folder / "零.txt"
    watched("witness", "request", witness.name, "--to", place, "--old", 0)
    assert place.read_bytes().startswith(b"old 0\n\nlog.example")
    other = watched.folder / "六.txt"
    words = ("witness", "request", witness.name, "--to", other, "--old", 6)
    assert "上次签到 6 条" in refused(watched, *words)
    assert not other.exists()


def test_what_is_refused_is_told(watched: Kaohe) -> None:
    """Unknown witnesses, foreign and altered answers and wrong keys each have their message."""
    witness, double = Witness(), Witness()
    answer = witness.answer(requested(watched, witness, "一.txt"))
    file = answer_file(watched, answer)
    add = ("witness", "add", file)
    assert "还不认识见证人" in refused(watched, *add)
    assert "不符" in refused(watched, *add, "--key", double.key_text)
    assert "公钥不对" in refused(watched, *add, "--key", witness.key_text.replace("+", "+0", 1))
    assert "不是公钥" in refused(watched, *add, "--key", "没有的文件")
    own = watched.json("key", "show")["key"]
    assert "不是见证人的公钥" in refused(watched, *add, "--key", own)
    same = Witness(LOG)
    assert "不能与日志同名" in refused(watched, *add, "--key", same.key_text)
    watched(*add, "--key", witness.key_text)
    text = watched("checkpoint").stdout.partition("\n\n")[0] + "\n"
    foreign = double.signed(text)
    answer_file(watched, foreign)
    assert "已登记了另一把公钥" in refused(watched, *add, "--key", double.key_text)
    assert "不符" in refused(watched, *add)
    answer_file(watched, "随便写的\n".encode())
    assert "没有见证签名" in refused(watched, *add)
    assert len(watched.json("witness", "list")["cosignatures"]) == 1


def test_a_file_that_is_not_there_is_told(watched: Kaohe) -> None:
    """An answer under a mistyped name is refused by that name."""
    place = watched.folder / "没有.txt"
    assert str(place) in watched("witness", "add", place, exit_code=1).stderr


def test_without_a_register_there_is_nothing_to_witness(kaohe: Kaohe) -> None:
    """Each command says that there is no register, and makes none."""
    place = kaohe.folder / "请求.txt"
    file = answer_file(kaohe, b"x")
    for words in (["request", "w", "--to", place], ["add", file], ["list"]):
        assert "没有数据库" in refused(kaohe, "witness", *words)
    assert not Path(kaohe.database).exists()
    assert not place.exists()


@pytest.mark.parametrize("name", ["", " ", "审计 局", "审计+局"])
def test_a_witness_has_a_name_that_a_key_can_have(watched: Kaohe, name: str) -> None:
    """No request is written to somebody who could never answer."""
    place = watched.folder / "请求.txt"
    assert "不能为空" in misused(watched, "witness", "request", name, "--to", place)
    assert not place.exists()
