"""The throw-away PostgreSQL server goes away, whatever happens to the tests that started it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.postgres import running_server, server_binaries

ROOT = Path(__file__).parents[1]

OWNER = """
import time
from tests.postgres import running_server, server_binaries
with running_server(server_binaries()) as server:
    print(server.folder, flush=True)
    time.sleep(600)
"""


def _has_ended(pid: int) -> bool:
    """Ask the system; a process that ended and waits to be collected has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


@pytest.mark.skipif(server_binaries() is None, reason="no PostgreSQL server binaries")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")
def test_the_server_ends_with_a_killed_owner() -> None:
    """A test process that is killed outright leaves neither a server nor its folder."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    folder = Path(owner.stdout.readline().strip())
    server = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    assert not _has_ended(server)

    owner.send_signal(signal.SIGKILL)
    owner.communicate()

    deadline = time.monotonic() + 30
    while (folder.exists() or not _has_ended(server)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
    assert _has_ended(server)


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    """What initdb complains about reaches whoever runs the tests."""
    initdb = tmp_path / "initdb"
    initdb.write_text("#!/bin/sh\necho no space left\nexit 1\n", encoding="utf-8")
    initdb.chmod(0o755)
    with pytest.raises(RuntimeError, match="no space left"), running_server(tmp_path):
        pass
