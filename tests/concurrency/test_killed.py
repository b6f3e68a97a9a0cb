"""``kill -9`` in the middle of an import: all of the file is there, or nothing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.driving import ended, events_of, queried, started
from tests.cli.registers import OPENING, of_length
from tests.concurrency.test_two_at_once import held, wait_for
from tests.running import Kaohe

COUNT = 1500
HEAD = len(OPENING)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of 1,500 lines."""
    return Kaohe(tmp_path).file(of_length(COUNT, opening=False), "大.jsonl")


def killed(kaohe: Kaohe, path: Path, moment: Callable[[subprocess.Popen[str]], bool]) -> int:
    """Import a file, kill the process at that moment, and return how many of its lines are in.

    A process that was done before its moment came is not killed.
    """
    process = started(kaohe.database, "import", path)
    deadline = time.monotonic() + 60
    while process.poll() is None and not moment(process):
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.kill()
    ended(process)
    return int(queried(kaohe.database, "SELECT count(*) FROM event")[0][0]) - HEAD


def goes_on(kaohe: Kaohe, path: Path, recorded: int) -> None:
    """Check what a killed import left behind, and that the next one completes it."""
    assert recorded in {0, COUNT}
    assert f"一致：{HEAD + recorded} 条事件" in kaohe("check").stdout
    said = kaohe("import", path).stderr
    assert (f"登记 {COUNT} 条事件" if not recorded else f"跳过以前登记过的 {COUNT} 行") in said
    assert [event["position"] for event in events_of(kaohe)] == list(range(1, HEAD + COUNT + 1))
    assert "一致" in kaohe("check").stdout


def after(seconds: float) -> Callable[[subprocess.Popen[str]], bool]:
    """Return the moment so many seconds after now."""
    begun = time.monotonic()
    return lambda _: time.monotonic() - begun >= seconds


@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.0])
def test_killed_after_some_time(tmp_path: Path, path: Path, seconds: float) -> None:
    """Wherever in its work the import was, the file is in as a whole or not at all."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    goes_on(kaohe, path, killed(kaohe, path, after(seconds)))


@pytest.mark.parametrize("size", [1, 300_000, 800_000])
def test_killed_while_it_writes(tmp_path: Path, path: Path, size: int) -> None:
    """The write-ahead log holding part of what is being recorded, or of the lines, is no harm."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    wal = tmp_path / "kaohe.db-wal"

    def has_grown(_: subprocess.Popen[str]) -> bool:
        return wal.exists() and wal.stat().st_size >= size

    goes_on(kaohe, path, killed(kaohe, path, has_grown))


def test_killed_before_the_file_is_stored(tmp_path: Path, database_url: str, path: Path) -> None:
    """A process that has decided its file, and waits for its turn to write it, leaves nothing."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(OPENING)
    with held(kaohe.database):
        process = started(kaohe.database, "import", path)
        wait_for(kaohe.database, [process])
        process.kill()
        ended(process)
    recorded = queried(kaohe.database, "SELECT count(*) FROM event")[0][0] - HEAD
    assert recorded == 0
    goes_on(kaohe, path, recorded)


def test_killed_after_the_file_is_stored(tmp_path: Path, database_url: str, path: Path) -> None:
    """Killed as soon as its events can be seen, its lines lag; the next question mends them."""
    kaohe = Kaohe(tmp_path, database_url)
    kaohe.imports(OPENING)

    def is_stored(_: subprocess.Popen[str]) -> bool:
        return queried(kaohe.database, "SELECT position FROM head") != [(HEAD,)]

    recorded = killed(kaohe, path, is_stored)
    assert recorded == COUNT
    goes_on(kaohe, path, recorded)


@pytest.mark.parametrize("seconds", [0.3, 0.5])
def test_killed_while_the_register_is_made(tmp_path: Path, seconds: float) -> None:
    """An import into a new database, killed early, leaves one that the next import can use."""
    kaohe = Kaohe(tmp_path)
    process = started(kaohe.database, "import", kaohe.file(OPENING, "开年.jsonl"))
    time.sleep(seconds)
    process.kill()
    ended(process)
    kaohe.imports(OPENING, "开年.jsonl")
    assert [event["position"] for event in events_of(kaohe)] == list(range(1, HEAD + 1))
    assert "一致" in kaohe("check").stdout


@pytest.mark.parametrize("seconds", [0.5, 0.8])
def test_killed_while_all_is_made_anew(tmp_path: Path, path: Path, seconds: float) -> None:
    """A rebuild that was killed has thrown nothing away: the lines are the old ones or the new."""
    kaohe = Kaohe(tmp_path)
    kaohe.imports(OPENING)
    kaohe("import", path)
    before = sorted(queried(kaohe.database, "SELECT subject, points, known_from FROM line"))
    process = started(kaohe.database, "rebuild")
    time.sleep(seconds)
    process.kill()
    ended(process)
    assert sorted(queried(kaohe.database, "SELECT subject, points, known_from FROM line")) == before
    assert "一致" in kaohe("check").stdout
