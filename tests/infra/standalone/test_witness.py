"""A witness at work: it signs what grew, and nothing else, whatever happens in between."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from domain.audit.checkpoint import SignedCheckpoint
from domain.audit.cosignature import check_cosignature
from domain.audit.keys import VerifierKey
from domain.audit.note import Signature
from domain.audit.witness_request import WitnessRequest
from infra.standalone.assemble import assembled
from infra.standalone.witness_main import witness_main
from tests.domain.audit import naive
from tests.domain.audit.signing import LOG, LOG_KEY, WITNESS_KEY, verify

from .bundles import Made, changed, made

NAME = "archive.example/witness"


class Witness:
    """A witness with a state folder of its own, run in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        folder.mkdir()

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run ``witness.py``, and return what it printed."""
        self._capsys.readouterr()
        assert witness_main(["--state", str(self.folder / "state"), *arguments]) == code
        return self._capsys.readouterr().out

    def request(self, log: Made, old: int, size: int) -> str:
        """Write a request, and return its path."""
        part = Made(log.entries[:size], witnessed_after=None)
        proof = tuple(naive.proof(old, part.leaves)) if old else ()
        path = self.folder / f"request-{old}-{size}"
        path.write_bytes(WitnessRequest(old, proof, part.checkpoint(size)).encode())
        return str(path)

    def sign(self, log: Made, old: int, size: int) -> tuple[SignedCheckpoint, int]:
        """Have a request signed, and return the checkpoint with the answer, and its time."""
        path = self.request(log, old, size)
        self.run("sign", path)
        line = Path(path + ".cosignature").read_text(encoding="utf-8")
        assert line.endswith("\n")
        signed = Made(log.entries[:size], witnessed_after=None).checkpoint(size)
        signed = signed.with_signature(Signature.parse(line[:-1]))
        return signed, check_cosignature(signed.note, self.key(), verify)

    def key(self) -> VerifierKey:
        """Return the key that it shows."""
        return VerifierKey.parse(self.run("show").splitlines()[1])


@pytest.fixture
def witness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Witness:
    """Return a witness that knows the log."""
    made_one = Witness(tmp_path / "witness", capsys)
    made_one.run("init", "--name", NAME)
    made_one.run("log", "add", str(LOG_KEY))
    return made_one


def test_the_first_signature_and_growing(witness: Witness) -> None:
    """A first checkpoint, a later one, and one of the same size are signed; all are valid."""
    first = witness.sign(made(), 0, 5)
    then = witness.sign(made(), 5, 11)
    again = witness.sign(made(), 11, 11)
    assert first[1] <= then[1] <= again[1]
    assert witness.key().name == NAME
    assert "size 11" in witness.run("show")


def test_a_fork_is_refused(witness: Witness) -> None:
    """Another history, as large or larger, with a valid signature and proof, is not signed."""
    witness.sign(made(), 0, 7)
    other = changed(made(), 3, b"1.5", b"9.5")
    for size in (7, 11):
        said = witness.run("sign", witness.request(other, 7, size), code=1)
        assert "FORK" in said
    assert not list(witness.folder.glob("*7-11.cosignature"))
    witness.sign(made(), 7, 11)


def test_a_wrong_old_size_is_refused_and_the_right_one_told(witness: Witness) -> None:
    """A request from another size than its own is refused, naming its own."""
    witness.sign(made(), 0, 5)
    for old in (4, 6, 0):
        said = witness.run("sign", witness.request(made(), old, 11), code=1)
        assert "OLD" in said
        assert "at 5;" in said


def test_a_rollback_is_refused(witness: Witness) -> None:
    """A checkpoint smaller than the last one is not signed, though it is true."""
    witness.sign(made(), 0, 9)
    for old in (0, 4, 5):
        assert "ROLLBACK" in witness.run("sign", witness.request(made(), old, 5), code=1)


def test_an_answer_that_was_lost_is_given_again(witness: Witness) -> None:
    """When it stored and could not answer, the same request is answered the next time."""
    path = witness.request(made(), 0, 5)
    Path(path + ".cosignature").mkdir()
    assert "run again" in witness.run("sign", path, code=2)
    assert "size 5" in witness.run("show")
    Path(path + ".cosignature").rmdir()
    witness.sign(made(), 0, 5)
    fork = changed(made(), 3, b"1.5", b"9.5")
    assert "FORK" in witness.run("sign", witness.request(fork, 0, 5), code=1)


def test_nothing_is_signed_that_could_not_be_stored(
    witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its memory cannot be written, there is no answer, and the next run is as before."""

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    path = witness.request(made(), 0, 5)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        assert "No space" in witness.run("sign", path, code=2)
    assert not Path(path + ".cosignature").exists()
    assert "size 0" in witness.run("show")
    witness.sign(made(), 0, 5)


def test_two_at_once(witness: Witness) -> None:
    """While one run holds the lock another signs nothing and says what to do."""
    path = witness.request(made(), 0, 5)
    lock = witness.folder / "state" / "lock"
    lock.touch()
    said = witness.run("sign", path, code=2)
    assert "lock" in said
    assert not Path(path + ".cosignature").exists()
    lock.unlink()
    witness.sign(made(), 0, 5)
    assert not lock.exists()


def test_of_two_histories_at_once_one_is_signed(witness: Witness) -> None:
    """Several processes with two histories end with signatures on one of them only."""
    script = witness.folder / "witness.py"
    script.write_text(assembled("witness"), encoding="utf-8")
    other = changed(made(), 3, b"1.5", b"9.5")
    mine = witness.request(made(), 0, 5)
    paths = [mine, str(Path(mine).with_name("other"))]
    Path(paths[1]).write_bytes(Path(witness.request(other, 0, 5)).read_bytes())
    witness.request(made(), 0, 5)
    command = [sys.executable, "-I", "-S", str(script), "--state", str(witness.folder / "state")]
    running = [
        subprocess.Popen([*command, "sign", path], stdout=subprocess.DEVNULL) for path in paths * 4
    ]
    codes = [process.wait() for process in running]
    assert 0 in codes
    assert sum(Path(path + ".cosignature").exists() for path in paths) == 1


def test_the_time_never_goes_back(witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that was set back the last time is signed again, and the user is told."""
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.9)
    assert witness.sign(made(), 0, 5)[1] == 2_000_000_000
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    assert witness.sign(made(), 5, 7)[1] == 2_000_000_000
    assert "100000000 s" in witness.run("sign", witness.request(made(), 7, 8))


def test_what_the_log_did_not_sign(witness: Witness) -> None:
    """A request with a changed checkpoint, or of another log, or in another form, is refused."""
    path = Path(witness.request(made(), 0, 5))
    data = path.read_bytes()
    for old, new, code in (
        (b"\n5\n", b"\n6\n", "SIGNATURE"), (b"\nlog.", b"\nlug.", "ORIGIN"),
        (b"old 0", b"old 00", "FORM"), (b"old 0\n", b"old 0\r\n", "FORM"), (data, b"", "FORM"),
    ):  # fmt: skip
        path.write_bytes(data.replace(old, new, 1))
        assert code in witness.run("sign", str(path), code=1)
    assert "size 0" in witness.run("show")


def test_every_byte_of_a_request_counts(witness: Witness) -> None:
    """Whatever byte of a request is flipped, it is refused."""
    witness.sign(made(), 0, 5)
    path = Path(witness.request(made(), 5, 11))
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        witness.run("sign", str(path), code=1)
    witness.sign(made(), 5, 11)


def test_a_log_is_known_by_one_key(witness: Witness) -> None:
    """Adding a log twice changes nothing; another key under its name is refused."""
    witness.sign(made(), 0, 5)
    witness.run("log", "add", str(LOG_KEY))
    assert "size 5" in witness.run("show")
    other = VerifierKey(LOG, LOG_KEY.kind, bytes(32))
    witness.run("log", "add", str(other), code=2)
    witness.run("log", "add", str(WITNESS_KEY), code=2)
    witness.run("log", "add", "absent", code=2)
    kept = witness.folder / "key"
    kept.write_text(f"# the log\n{LOG_KEY}\n", encoding="utf-8")
    witness.run("log", "add", str(kept))


def test_a_key_is_made_once(witness: Witness) -> None:
    """A second ``init`` does not replace the key; a name that cannot be one is refused."""
    before = witness.key()
    witness.run("init", "--name", "other", code=2)
    assert witness.key() == before
    (witness.folder / "state" / "private-key").unlink()
    witness.run("init", "--name", "a+b", code=2)
    witness.run("init", "--name", "other", code=2)
    witness.run("show", code=2)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_private_key_is_private(witness: Witness) -> None:
    """The key can be read by its owner only, and is not used when others can read it."""
    path = witness.folder / "state" / "private-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    assert "chmod 600" in witness.run("sign", witness.request(made(), 0, 5), code=2)


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "{", '{"format":"kaohe-witness-1"}', "[" * 99_999]
)
def test_a_broken_memory_is_not_replaced(witness: Witness, content: str) -> None:
    """With a memory that cannot be read nothing is signed, and nothing starts afresh."""
    state = witness.folder / "state" / "state.json"
    state.write_text(content, encoding="utf-8")
    witness.run("sign", witness.request(made(), 0, 5), code=2)
    witness.run("log", "add", str(LOG_KEY), code=2)
    assert state.read_text(encoding="utf-8") == content
    state.unlink()
    witness.run("log", "add", str(LOG_KEY), code=2)


def test_a_broken_key_is_not_used(witness: Witness) -> None:
    """Whatever byte of the key file is flipped, it is noticed."""
    path = witness.folder / "state" / "private-key"
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        witness.run("show", code=2)


def test_the_state_folder_is_found(
    witness: Witness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder is the one given, or that of the environment, or one in the home folder."""
    monkeypatch.setenv("KAOHE_WITNESS", str(witness.folder / "state"))
    assert witness_main(["show"]) == 0
    monkeypatch.delenv("KAOHE_WITNESS")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert witness_main(["show"]) == 2
    assert witness_main(["init", "--name", "x"]) == 0
    assert (tmp_path / ".kaohe-witness" / "state.json").is_file()
