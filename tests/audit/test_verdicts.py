"""What ``kaohe verify bundle`` ends with where it comes to no verdict, or nobody reads it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.audit.handed_over import HandedOver
from tests.cli.driving import MAIN, ROOT

FULL = Path("/dev/full")
INTERRUPTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""Whoever starts the tests may have switched it off, for what they start as well."""
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")


def verifying(handed_over: HandedOver, *before: str, **streams: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401  as Popen takes them
    """Start the verification of the bundle with the log's key, which ends with 0."""
    typed = [*before, "verify", "bundle", str(handed_over.bundle), "--key", handed_over.key]
    return subprocess.Popen(
        [sys.executable, "-c", f"{INTERRUPTED}; {MAIN}", *typed],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        **streams,
    )


@pytest.mark.skipif(not FULL.exists(), reason="there is no disk that is always full")
def test_a_verdict_that_cannot_be_written_is_none(handed_over: HandedOver) -> None:
    """A full disk is not tampering: exit code 2, and a message."""
    with FULL.open("w", encoding="utf-8") as full:
        process = verifying(handed_over, stdout=full)
        said = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 2, said
    assert said.startswith("错误：核验的结论写不出来")


@posix
def test_an_interruption_is_no_verdict(handed_over: HandedOver, tmp_path: Path) -> None:
    """Ctrl-C while it computes ends with 2, not with the 1 of tampering."""
    pipe = tmp_path / "慢.toml"
    os.mkfifo(pipe)
    process = verifying(handed_over, "--rulebooks", str(tmp_path), stdout=subprocess.DEVNULL)
    with pipe.open("wb"):  # it is reading now, and waits
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 2, said
    assert "已中止" in said


@posix
@pytest.mark.parametrize("altered", [False, True])
def test_a_reader_who_goes_away_changes_no_verdict(
    handed_over: HandedOver, tmp_path: Path, *, altered: bool
) -> None:
    """``kaohe verify bundle … | true`` says by its exit code what it would have printed."""
    bundle = tmp_path / "bundle"
    shutil.copytree(handed_over.bundle, bundle)
    if altered:
        (bundle / "data/extra").touch()
    reading, writing = os.pipe()
    os.close(reading)
    process = verifying(handed_over._replace(bundle=bundle), stdout=writing)
    os.close(writing)
    said = process.communicate(timeout=120)[1].decode()
    assert (process.returncode, said) == (int(altered), "")


def test_what_else_goes_wrong_is_no_verdict(handed_over: HandedOver, tmp_path: Path) -> None:
    """A folder of rulebooks that is not there says nothing about the bundle."""
    answer = handed_over.kaohe(
        "--rulebooks", tmp_path / "没有", "verify", "bundle", handed_over.bundle, exit_code=2
    )
    assert answer.stderr.startswith("错误：没有得出结论：没有考核细则文件夹")
