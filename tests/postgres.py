"""A throw-away PostgreSQL server for tests, made of the server binaries that the machine has.

Everything it writes is in one temporary folder; it listens on a Unix socket there and nowhere else.
It runs under a keeper, a shell that waits for its input to end: when the test process is gone,
however it went, the system closes that pipe, and the keeper stops the server and removes the
folder.
"""

from __future__ import annotations

import itertools
import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pg8000.dbapi  # type: ignore[import-untyped]  # published without a py.typed marker

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "kaohe"
SOCKET = ".s.PGSQL.5432"
# The system allows little more than a hundred bytes for the path of a socket.
LONGEST_SOCKET_PATH = 100

_KEEPER = """
set -u
stop() {{ {bin}/pg_ctl stop -D {folder}/data -m immediate -s -w; rm -rf {folder}; }}
{bin}/initdb -D {folder}/data -U {user} -A trust -E UTF8 --locale=C --no-sync >{folder}/log 2>&1 &&
{bin}/pg_ctl start -D {folder}/data -l {folder}/log -s -w -t 60 -o {options} >>{folder}/log 2>&1
if [ $? -ne 0 ]; then cat {folder}/log >&2; stop; exit 1; fi
echo ready
cat >/dev/null
stop
"""


class PostgresServer:
    """A running server; each database made on it is empty and dropped after use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._socket = folder / SOCKET
        self._numbers = itertools.count(1)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make a database, yield its address, and drop it with whatever is still connected."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        try:
            yield f"postgresql://{USER}@/{name}?unix_sock={quote(str(self._socket))}"
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        connection = pg8000.dbapi.connect(USER, database="postgres", unix_sock=str(self._socket))
        with closing(connection):
            connection.autocommit = True
            connection.cursor().execute(statement)


def server_binaries() -> Path | None:
    """Find the folder of initdb, pg_ctl and postgres: on PATH, or the newest of Debian's."""
    if os.name != "posix":
        return None
    places = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda place: [int(part) for part in place.parent.name.split(".") if part.isdigit()],
        reverse=True,
    )
    if found := shutil.which("pg_ctl"):
        places.insert(0, Path(found).resolve().parent)
    needed = ("initdb", "pg_ctl", "postgres")
    complete = (place for place in places if all((place / name).is_file() for name in needed))
    return next(complete, None)


@contextmanager
def running_server(binaries: Path) -> Iterator[PostgresServer]:
    """Start a server, yield it, and stop it for certain.

    Raises:
        RuntimeError: the server did not start; the message is what it said.
    """
    folder = Path(tempfile.mkdtemp(prefix="kaohe-pg-"))
    if len(str(folder / SOCKET)) > LONGEST_SOCKET_PATH:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="kaohe-pg-", dir="/tmp"))
    quoted = shlex.quote(str(folder))
    # Without the housekeeper, nothing is counted but what a test does.
    options = f"-k {quoted} -c listen_addresses='' -c fsync=off -c shared_buffers=16MB"
    options += " -c autovacuum=off"
    script = _KEEPER.format(
        bin=shlex.quote(str(binaries)),
        folder=quoted,
        options=shlex.quote(options),
        user=USER,
    )
    # PostgreSQL refuses to run as root, but not as what root is called inside a user namespace.
    renamed = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    command = [*(renamed if os.geteuid() == 0 else []), "sh", "-c", script]
    keeper = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # else Ctrl-C would end the keeper before it has stopped the server
    )
    assert keeper.stdout is not None
    assert keeper.stderr is not None
    try:
        if keeper.stdout.readline() != "ready\n":
            raise RuntimeError(f"PostgreSQL in {binaries} did not start:\n{keeper.stderr.read()}")
        yield PostgresServer(folder)
    finally:
        keeper.communicate()
