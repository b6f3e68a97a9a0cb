"""``kaohe init`` and ``kaohe key``: the log's name and key, made once and shown to be compared."""

from __future__ import annotations

import json
import os
import re
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.driving import ended, fit_for_a_clerk, refused, started, tampered
from tests.cli.offices import Office
from tests.cli.registers import OPENING
from tests.running import Kaohe

NAME = "shuozhou.gov.cn/zwxx"


def test_init_names_the_log_and_makes_its_key(kaohe: Kaohe) -> None:
    """The name given is the log's, and the key lies in its folder, for its owner alone."""
    said = kaohe("init", "--origin", NAME).stderr
    assert f"登记簿已建立：{kaohe.database}" in said
    assert f"日志名称：{NAME}" in said
    folder = kaohe.folder / "keys" / "shuozhou.gov.cn+zwxx"
    assert f"私钥在 {folder}" in said
    assert (folder / "key.pem").read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    if os.name == "posix":
        assert (folder / "key.pem").stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in Path(kaohe.database).read_bytes()


def test_init_again_changes_nothing(kaohe: Kaohe) -> None:
    """Neither name nor key is made anew, whatever is asked for the second time."""
    kaohe("init", "--origin", NAME)
    before = kaohe.json("key", "show")
    said = kaohe("init", "--origin", "other", "--passphrase").stderr
    assert "已有登记簿" in said
    assert "公钥" not in said
    assert kaohe.json("key", "show") == before


def test_a_name_that_is_none_makes_no_register(kaohe: Kaohe) -> None:
    """What cannot name a log is refused with what can, and nothing is left behind."""
    assert "日志名称" in refused(kaohe, "init", "--origin", "朔州 市")
    assert "没有数据库" in refused(kaohe, "key", "show")
    assert not (kaohe.folder / "keys").exists()


def test_the_key_is_shown_for_people_and_as_a_document(kaohe: Kaohe) -> None:
    """Line, id and fingerprint say the same, and what the key is can be computed from its text."""
    kaohe("init", "--origin", NAME)
    document = kaohe.json("key", "show")
    name, id_, code = document["key"].split("+", 2)
    digest = sha256(name.encode() + b"\n" + b64decode(code)).hexdigest()
    assert (document["log"], name, id_) == (NAME, NAME, digest[:8])
    shown = [row["hexadecimal"].replace(" ", "") for row in document["fingerprint"]]
    assert digest.startswith("".join(shown))
    assert document["folder"] == str(kaohe.folder / "keys" / NAME.replace("/", "+"))
    answer = kaohe("key", "show")
    assert f"公钥：{document['key']}\n" in answer.stdout
    for row in document["fingerprint"]:
        assert re.search(f"{row['hexadecimal']}.*{' '.join(row['words'])}", answer.stdout)
    assert "私钥在" in answer.stderr


def test_the_key_is_written_as_the_verifiers_take_it(kaohe: Kaohe) -> None:
    """One line in a file of its own; what ``show`` prints is refused with what is expected."""
    kaohe("init", "--origin", NAME)
    kaohe.imports(OPENING)
    bundle, file = kaohe.folder / "包", kaohe.folder / "key.txt"
    kaohe("export", "audit", "--to", bundle)
    assert f"公钥已写到 {file}" in kaohe("key", "show", "--to", file).stderr
    assert file.read_text(encoding="utf-8") == f"{kaohe.json('key', 'show')['key']}\n"
    kaohe("verify", "bundle", bundle, "--key", file)
    assert str(file) in refused(kaohe, "key", "show", "--to", file)
    page = kaohe.folder / "page.txt"
    page.write_text(kaohe("key", "show").stdout, encoding="utf-8")
    said = kaohe("verify", "bundle", bundle, "--key", page, exit_code=2).stdout
    assert "“日志名称：" in said
    assert "每行只有一个公钥“名称+8 位编号+Base64”，可用 kaohe key show --to 文件 写出" in said
    answer = refused(kaohe, "witness", "add", file, "--key", page)
    assert "kaohe key show --to 文件" in answer


@pytest.mark.parametrize(
    "line", [("publish", "--as-of", "2022-12-31"), ("checkpoint",), ("export", "audit", "--to")]
)
def test_whatever_makes_the_key_shows_it(kaohe: Kaohe, line: tuple[str, ...]) -> None:
    """A register that came without ``init`` gets its key in passing, and not in silence."""
    kaohe.imports(OPENING)
    place = (kaohe.folder / "包",) if line[-1] == "--to" else ()
    said = kaohe(*line, *place).stderr
    held = kaohe.json("key", "show")
    assert f"公钥：{held['key']}\n指纹（逐行核对）：\n" in said
    assert f"私钥在 {held['folder']}，不在数据库里；请另行备份。" in said
    assert "私钥在" not in kaohe("publish", "--as-of", "2022-12-31").stderr


def test_a_register_that_was_imported_has_no_key_yet(kaohe: Kaohe) -> None:
    """A register made in passing gets its key with ``init`` or its first checkpoint."""
    kaohe.imports(OPENING)
    assert "还没有密钥" in refused(kaohe, "key", "show")
    assert "公钥：kaohe-" in kaohe("init").stderr
    assert kaohe.json("key", "show")["log"].startswith("kaohe-")


def test_the_key_is_shown_where_it_does_not_lie(kaohe: Kaohe) -> None:
    """On another machine the public half is known from the database, and nothing can be signed."""
    kaohe.imports(OPENING)
    kaohe("init")
    shown = kaohe.json("key", "show")
    (kaohe.folder / "keys").rename(kaohe.folder / "away")
    assert kaohe.json("key", "show") == {**shown, "folder": None}
    assert "不在这台机器" in kaohe("key", "show").stderr
    message = refused(kaohe, "checkpoint")
    assert "--keys" in message
    away = ("--keys", kaohe.folder / "away")
    assert kaohe(*away, "checkpoint").stdout.startswith(shown["log"])


def test_a_passphrase_that_is_typed(kaohe: Kaohe) -> None:
    """It is typed twice alike; whoever signs without it is told what to do, and learns nothing."""
    kaohe.imports(OPENING)
    kaohe("init", "--passphrase", typed="a\nb\ngeheim\ngeheim\n")
    pem = next((kaohe.folder / "keys").glob("*/key.pem")).read_text(encoding="ascii")
    assert "ENCRYPTED" in pem
    message = refused(kaohe, "checkpoint")
    assert "KAOHE_PASSPHRASE" in message
    assert "没有给出口令" in message
    keys = str(kaohe.folder / "keys")
    wrong, right = (
        ended(started(kaohe.database, "checkpoint", KAOHE_KEYS=keys, KAOHE_PASSPHRASE=word))
        for word in ("x", "geheim")
    )
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "口令" in fit_for_a_clerk(wrong.stderr)
    assert right.exit_code == 0, right.stderr
    assert kaohe("checkpoint").stdout == right.stdout  # what is signed needs no passphrase


def test_who_gives_up_at_the_prompt_has_no_register(kaohe: Kaohe) -> None:
    """Else the first checkpoint would make a key without the passphrase that was wished for."""
    kaohe("init", "--passphrase", typed="a\n", exit_code=1)
    assert not Path(kaohe.database).exists()
    assert not (kaohe.folder / "keys").exists()


@pytest.mark.parametrize("place", ["{0}/一个文件", "{0}/一个文件/密钥"])
def test_a_folder_that_no_key_can_lie_in_makes_no_register(kaohe: Kaohe, place: str) -> None:
    """A register whose key could not be kept is not begun; the message names folder and option."""
    (kaohe.folder / "一个文件").write_bytes(b"mine")
    place = place.format(kaohe.folder)
    message = refused(kaohe, "--keys", place, "init")
    assert place in message
    assert "--keys" in message
    assert not Path(kaohe.database).exists()
    kaohe("init")
    assert kaohe.json("key", "show")["folder"]


def test_without_a_folder_for_the_key_nothing_is_signed(kaohe: Kaohe) -> None:
    """A register made in passing gets no key there either, and the folder is named."""
    kaohe.imports(OPENING)
    place = kaohe.folder / "一个文件"
    place.write_bytes(b"mine")
    for typed in (["init"], ["checkpoint"]):
        assert f"{place}" in refused(kaohe, "--keys", place, *typed)
    assert "还没有密钥" in refused(kaohe, "key", "show")


@pytest.mark.parametrize("key", ["'x'", "x'ff'", "''"])
def test_a_damaged_key_is_broken_integrity(tmp_path: Path, key: str) -> None:
    """Whoever needs the key that the database holds says that it is damaged, and ends with 3."""
    office = Office(tmp_path).opened()
    office.publish()
    number = office.appeal("应县")
    tampered(office.first.database, f"UPDATE head SET key = {key}")
    for typed in (["key", "show"], ["appeal", "trail", number]):
        assert "kaohe verify db" in refused(office.first, *typed, exit_code=3)
    for typed in (["checkpoint"], ["verify", "db"]):
        refused(office.first, *typed, exit_code=3)


def test_another_register_does_not_take_over_a_name(kaohe: Kaohe) -> None:
    """A name under which something was signed is another log's, and its key stays with it."""
    kaohe("init", "--origin", NAME)
    kaohe.imports(OPENING)
    kaohe("checkpoint")
    other = Kaohe(kaohe.folder, str(kaohe.folder / "二.db"))
    assert "另一本登记簿" in refused(other, "init", "--origin", NAME)
    assert not Path(other.database).exists()


def test_keys_of_two_registers_do_not_mix(kaohe: Kaohe) -> None:
    """Two registers may keep their keys in one folder, each under its name."""
    kaohe("init", "--origin", "a/b")
    other = Kaohe(kaohe.folder, str(kaohe.folder / "二.db"))
    other("init", "--origin", "a.b")
    keys = [each.json("key", "show")["key"] for each in (kaohe, other)]
    assert keys[0].partition("+")[2] != keys[1].partition("+")[2]
    held = sorted(path.parent.name for path in (kaohe.folder / "keys").glob("*/key.pem"))
    assert held == ["a+b", "a.b"]
    assert json.dumps(keys).count("a/b") == 1


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
def test_a_key_that_others_can_read_signs_nothing(kaohe: Kaohe) -> None:
    """The message says which command mends it."""
    kaohe.imports(OPENING)
    kaohe("init")
    key = next((kaohe.folder / "keys").glob("*/key.pem"))
    key.chmod(0o644)
    assert f"chmod 600 '{key}'" in refused(kaohe, "checkpoint")
