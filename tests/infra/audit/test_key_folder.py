"""The folder of a log's key: made once, locked if wished, kept from others, never mixed up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from domain.audit.keys import Kind, VerifierKey
from domain.errors import IntegrityBroken, NotKnown, Refused
from infra.audit.key_folder import KeyFolder
from tests.domain.audit.signing import verify
from tests.infra.audit.desk import ORIGIN, Desk

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    """A folder for the keys of one log, with nothing in it."""
    return KeyFolder(tmp_path / "keys", ORIGIN)


def unasked() -> str | None:
    """Fail, because a key without a lock needs no passphrase."""
    raise AssertionError("asked for a passphrase")


def test_a_key_signs_and_verifies(folder: KeyFolder) -> None:
    """What the private half signs, another library verifies with the public half handed out."""
    key = folder.create(None)
    signature = folder.unlock(unasked)(b"message")
    assert verify(key.public, signature, b"message")
    assert not verify(key.public, signature, b"another")
    assert (key.name, key.kind) == (ORIGIN, Kind.LOG)
    assert folder.key() == key
    assert (folder.path / "key.pub").read_text(encoding="utf-8") == f"{key}\n"


def test_the_folder_of_a_log_is_one_folder(tmp_path: Path) -> None:
    """A name with slashes is one folder, of its own, also beside one that looks like it."""
    names = ["a/b", "a-b", "a.b", "a_b", "ab"]
    folders = [KeyFolder(tmp_path, name).path for name in names]
    assert len(set(folders)) == len(names)
    assert {folder.parent for folder in folders} == {tmp_path}


def test_a_passphrase_locks_the_key(folder: KeyFolder) -> None:
    """A locked key is opened by its passphrase alone, and the file does not hold it in the open."""
    key = folder.create("口令 1")
    with pytest.raises(TypeError):
        load_pem_private_key(folder.private.read_bytes(), None)
    assert verify(key.public, folder.unlock(lambda: "口令 1")(b"m"), b"m")
    answers: list[str | None] = ["口令 2", "", None, "口令 1 "]
    while answers:
        with pytest.raises(Refused, match="口令"):
            folder.unlock(answers.pop)


def test_a_passphrase_that_is_not_needed_is_no_obstacle(folder: KeyFolder) -> None:
    """A key without a lock is opened whatever the environment holds, and nobody is asked."""
    folder.create(None)
    assert folder.unlock(unasked)(b"m")


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606, 0o610])
def test_a_key_that_others_can_read_is_not_used(folder: KeyFolder, mode: int) -> None:
    """The key is made for its owner alone, and refused when others may read or write it."""
    folder.create(None)
    assert folder.private.stat().st_mode & 0o777 == 0o600
    folder.private.chmod(mode)
    with pytest.raises(Refused, match="chmod 600"):
        folder.unlock(unasked)


def test_a_key_is_never_overwritten(folder: KeyFolder) -> None:
    """A second key for the same log is refused, and the first is as it was."""
    folder.create(None)
    before = folder.private.read_bytes(), folder.key()
    with pytest.raises(Refused, match="已有密钥"):
        folder.create("x")
    assert (folder.private.read_bytes(), folder.key()) == before


def test_what_is_not_there_is_told(folder: KeyFolder) -> None:
    """Without a key, and without its private half, it is said where it was looked for."""
    with pytest.raises(NotKnown, match="没有日志"):
        folder.key()
    folder.create(None)
    folder.private.unlink()
    with pytest.raises(NotKnown, match="没有私钥文件"):
        folder.unlock(unasked)


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"x", b"a b+12345678+AAAA"])
def test_a_damaged_public_half_is_found(folder: KeyFolder, damage: bytes) -> None:
    """A public half that is none is not used, and its file is named."""
    folder.create(None)
    (folder.path / "key.pub").write_bytes(damage)
    with pytest.raises(IntegrityBroken, match=r"key\.pub"):
        folder.key()


def test_one_letter_more_in_the_public_half_is_found(folder: KeyFolder) -> None:
    """The id in the public half covers name and key, so no single change goes unseen."""
    text = str(folder.create(None))
    for at in range(0, len(text), 5):
        other = "A" if text[at] != "A" else "B"
        (folder.path / "key.pub").write_text(text[:at] + other + text[at + 1 :], encoding="utf-8")
        with pytest.raises(IntegrityBroken):
            folder.key()


@pytest.mark.parametrize("damage", [b"", b"x", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_damaged_private_half_is_refused(folder: KeyFolder, damage: bytes) -> None:
    """A private half that cannot be opened is refused by its name."""
    folder.create(None)
    folder.private.write_bytes(damage)
    with pytest.raises(Refused, match=r"key\.pem"):
        folder.unlock(unasked)


def test_halves_of_two_keys_are_no_pair(folder: KeyFolder) -> None:
    """A private half put in place of another signs nothing."""
    folder.create(None)
    other = Ed25519PrivateKey.generate()
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder.private.write_bytes(pem)
    with pytest.raises(IntegrityBroken, match="不是一对"):
        folder.unlock(unasked)


def test_the_key_of_another_log_is_found(folder: KeyFolder) -> None:
    """A public half that names another log does not pass for this log's."""
    key = folder.create(None)
    other = VerifierKey("other.example", Kind.LOG, key.public)
    (folder.path / "key.pub").write_text(f"{other}\n", encoding="utf-8")
    with pytest.raises(IntegrityBroken, match=r"key\.pub"):
        folder.key()


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_memory_is_not_taken_for_none(lite: Desk, damage: bytes | None) -> None:
    """A checkpoint outside that cannot be read, or is another's, stops the signer by its name."""
    lite.record(3)
    lite.signer.sign()
    lite.record(3)
    memory = lite.folder.path / "checkpoints"
    if damage is None:
        (memory / "3.txt").rename(memory / "4.txt")
    else:
        (memory / "3.txt").write_bytes(damage)
    with pytest.raises(IntegrityBroken, match=r"[34]\.txt"):
        lite.signer.sign()
    assert lite.kept() == [3]


def test_nothing_but_checkpoints_is_taken_for_one(lite: Desk) -> None:
    """Files that somebody else put into the folder are passed over."""
    lite.record(3)
    lite.signer.sign()
    for name in ("备注.txt", ".3.txt.ab12", "3.bak", "Thumbs.db"):
        (lite.folder.path / "checkpoints" / name).write_bytes(b"x")
    assert lite.folder.sizes() == [3]
    assert lite.signer.sign().checkpoint.size == 3


def test_the_passphrase_is_asked_for_only_to_sign(lite: Desk) -> None:
    """What is signed already is given again without opening the key."""
    lite.record(3)
    lite.signer.begin(word := "口令")
    lite.passphrase = word
    lite.signer.sign()
    assert lite.asked == 1
    lite.passphrase = None
    lite.signer.sign()
    assert lite.asked == 1
    lite.record(1)
    with pytest.raises(Refused, match="口令"):
        lite.signer.sign()
    assert lite.folder.sizes() == [3]
