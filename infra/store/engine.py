"""Opening the database that holds the log: an SQLite file, memory, or a PostgreSQL server.

What must hold for every connection is set here and nowhere else. On SQLite: write-ahead log,
commits that survive a power cut, no REPLACE past the triggers, no functions out of a schema that
somebody else may have written.
"""

from __future__ import annotations

import getpass
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from domain.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import PoolProxiedConnection

BUSY_SECONDS: Final = 30.0
"""How long a connection waits for another writer, or for its turn in the pool."""

MEMORY: Final = ":memory:"
"""The database that lives as long as its engine."""

_PRAGMAS: Final = (
    "cache_size = -16000",  # KiB: a rebuild fills indexes that the default 2 MB do not hold
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else REPLACE deletes rows without asking the trigger
    "synchronous = FULL",  # a commit that was reported survives a power cut
    "trusted_schema = OFF",
)


_PRIMARY: Final = 0xFF
"""What of a result code of SQLite says its kind."""
_UNWRITABLE: Final = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def open_engine(database: str | Path) -> Engine:
    """Open a database by the path of its file or by its address.

    ``database`` is a file path, ``:memory:``, ``sqlite:///path`` or ``postgresql://user@host/name``
    (a server on a Unix socket: ``?unix_sock=``). Nothing is read yet; the first connection is made
    when it is needed. An SQLite file in a folder that cannot be written to is opened for reading
    only. The caller closes what it opened with ``engine.dispose()``.

    Raises:
        Refused: the address is of no database that this program can use.
    """
    url = _address(database)
    if url.get_backend_name() == "postgresql":
        return _open_postgresql(url)
    return _open_sqlite(url.database or MEMORY)


def _address(database: str | Path) -> URL:
    text = str(database)
    scheme, separator, _ = text.partition("://")
    if not separator:
        return URL.create("sqlite", database=text)
    if scheme in {"sqlite", "postgresql", "postgresql+pg8000"}:
        with suppress(ArgumentError, ValueError):
            return make_url(text)
    raise Refused(  # without the rest of the text, which may hold a password
        f"不能使用 {scheme}:// 开头的这个数据库地址",
        fix="请写 SQLite 文件的路径，或 postgresql://用户@主机/库名。",
    )


def _open_postgresql(url: URL) -> Engine:
    settings = {
        # A reader sees one state, as on SQLite; the writer asks for something else.
        "default_transaction_isolation": "repeatable read",
        "lock_timeout": f"{BUSY_SECONDS * 1000:.0f}",
    }
    return create_engine(
        url.set(drivername="postgresql+pg8000", username=url.username or getpass.getuser()),
        connect_args={"startup_params": settings},
        pool_timeout=BUSY_SECONDS,
    )


def _open_sqlite(file: str) -> Engine:
    memory = file == MEMORY
    engine = create_engine(
        URL.create("sqlite", database=file),
        creator=lambda: _connected(file),
        poolclass=QueuePool,
        pool_timeout=BUSY_SECONDS,
        pool_use_lifo=True,  # the connection used last has its pages in memory
        # A database in memory is its one connection: others wait for it.
        **({"pool_size": 1, "max_overflow": 0} if memory else {}),
    )
    # Not as an event: an engine that has any goes through them at every step of a connection.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign]  # of this dialect alone
    return engine


def _connected(file: str) -> sqlite3.Connection:
    """Connect to a file, or to memory; to a file that nobody can write beside, only for reading."""
    connection = _connect(file)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if file != MEMORY:
            _use_wal(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        if file == MEMORY or error.sqlite_errorcode & _PRIMARY not in _UNWRITABLE:
            raise
        return _frozen(file)
    return connection


def _frozen(file: str) -> sqlite3.Connection:
    """Connect to a file in a folder that cannot be written to, such as one on a disc or a share.

    SQLite would make files beside it even for reading. Without them it reads what nobody may change
    meanwhile, and that all of the database is in the one file must be certain. Raises ``Refused``
    when it is not.
    """
    for beside in (Path(f"{file}-wal"), Path(f"{file}-journal")):
        if beside.exists() and beside.stat().st_size:
            message = f"数据库 {file} 所在的文件夹不能写入，{beside.name} 里还有没有并入的内容"
            raise Refused(message, fix="请把这几个文件一起复制到可以写入的文件夹，再用 --db 指明。")
    # As SQLite wants it: file:///C:/…, and file:////server/… for a share.
    path = Path(file).absolute().as_posix()
    address = f"file://{'' if path.startswith('/') else '/'}{quote(path)}?mode=ro&immutable=1"
    connection = _connect(address, uri=True)
    try:
        for pragma in (*_PRAGMAS, "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _connect(place: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        place,
        timeout=BUSY_SECONDS,
        check_same_thread=False,  # the pool lends a connection to one thread at a time
        isolation_level=None,  # the driver begins nothing by itself; `_begin` does
        uri=uri,
    )


class NoText(bytes):
    """A value that the database calls text and that is none; nor is it a value of bytes."""


def read_any_text(engine: Engine) -> None:
    """Let text that is no UTF-8 be read as `NoText`, on connections yet to be made.

    For who examines a database: SQLite keeps whatever was put into a column, and its driver would
    stop at the first such value.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _take_any_text)


def _take_any_text(connection: sqlite3.Connection, _record: object) -> None:
    connection.text_factory = _text_or_bytes


def _text_or_bytes(value: bytes) -> str | NoText:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return NoText(value)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch the file to a write-ahead log, which it then keeps.

    The first switch needs the file for itself, and SQLite does not wait for that as it does for
    other locks.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(dbapi_connection: PoolProxiedConnection) -> None:
    driver = dbapi_connection.driver_connection
    # `writing` has begun already, as the writer.
    if driver is not None and not driver.in_transaction:
        driver.execute("BEGIN")
