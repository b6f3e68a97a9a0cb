"""Reading and writing transactions, the same on both databases.

There is one writer at a time. SQLite has no other way; on PostgreSQL an advisory lock, held to the
end of the transaction, gives the same: it needs no right on any table, so a role that may only
append can take it.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext
from threading import local
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Dialect, Engine
    from sqlalchemy.engine.interfaces import DBAPICursor

# Any number will do, as long as it never changes: programs of two versions must exclude one
# another.
_ONE_WRITER: Final = 0x6B616F6865

_NORMAL: Final = 1  # of SQLite's `synchronous`; 2 is FULL, 0 OFF


@contextmanager
def _persistence_errors(engine: Engine) -> Iterator[None]:
    """Let no error of SQLAlchemy or the driver out of the block, but the library's of that kind."""
    try:
        yield
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        # Reading a score needs eventsourcing for nothing else, and it takes a while to load.
        from infra.store.errors import translated  # noqa: PLC0415 - see above

        raise translated(error) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Read; the whole block sees one state of the database, whatever others commit meanwhile.

    Raises:
        eventsourcing.persistence.PersistenceError: the database failed; the kind says how.
    """
    with _persistence_errors(engine), engine.connect() as connection:
        connection.begin()  # by hand: a statement that goes to the driver itself begins nothing
        yield connection


class Readings(local):
    """Reads one thing after the other: each as it is by then, or some of them as one state.

    Every thread has its own, because a connection is lent to one at a time.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lent: Connection | None = None

    @contextmanager
    def each(self) -> Iterator[Connection]:
        """Read as ``reading`` does, or in the transaction of the ``one_state`` around it."""
        if self._lent is not None:
            yield self._lent
            return
        with reading(self._engine) as connection:
            yield connection

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all that is read in the block be read in one transaction, on one connection.

        What is written meanwhile, by whomever, is not seen before the block ends. Within another
        such block it is part of that one.
        """
        with self.each() as connection:
            around, self._lent = self._lent, connection
            try:
                yield
            finally:
                self._lent = around


@contextmanager
def writing(engine: Engine, *, durable: bool = True) -> Iterator[Connection]:
    """Write as the only writer: all of the block is stored, or, when it raises, nothing.

    What need not be ``durable`` may be gone after a power cut, though never in part, nor without
    all that was committed later: that is for what can be made again from the log.

    Raises:
        eventsourcing.persistence.OperationalError: another writer did not finish in time.
        eventsourcing.persistence.PersistenceError: the database failed; the kind says how.
    """
    with (
        _persistence_errors(engine),
        engine.connect() as connection,
        nullcontext() if durable else _unhurried(connection),
    ):
        _become_writer(connection.connection.cursor(), connection.dialect, durable=durable)
        with connection.begin():
            yield connection


@contextmanager
def driving(engine: Engine) -> Iterator[DBAPICursor]:
    """Write as `writing` does, with the cursor of the driver itself.

    For the one path that is taken for every event: SQLAlchemy's connection would make a transaction
    of one event take half as long again.
    """
    with _persistence_errors(engine), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        _become_writer(cursor, engine.dialect)
        yield cursor
        # Not reached when the block raised; what is given back uncommitted is rolled back.
        connection.commit()


@contextmanager
def _unhurried(connection: Connection) -> Iterator[None]:
    """Let SQLite not wait for the disk when it commits, until the block ends.

    The wait is most of what a small transaction takes. In a write-ahead log NORMAL breaks nothing:
    what a power cut takes is the end of that log, and the next commit that waits makes sure of all
    before it. The connection is lent to those who write the log next, so it is set back.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    (level,) = driver.execute("PRAGMA synchronous").fetchone()
    driver.execute(f"PRAGMA synchronous = {min(level, _NORMAL):d}")
    try:
        yield
    finally:
        driver.rollback()  # of what failed before it began; it cannot be set in a transaction
        driver.execute(f"PRAGMA synchronous = {level:d}")


def _become_writer(cursor: DBAPICursor, dialect: Dialect, *, durable: bool = True) -> None:
    if dialect.name == "sqlite":
        _check_writable(cursor)
        cursor.execute("BEGIN IMMEDIATE")
    else:
        # With the lock comes whatever the last writer left: statements must see it, such as the
        # number of the last event, though this transaction began before.
        cursor.execute(
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
            f"{'' if durable else 'SET LOCAL synchronous_commit = off;'}"
            f"SELECT pg_advisory_xact_lock({_ONE_WRITER})"
        )


def _check_writable(cursor: DBAPICursor) -> None:
    """Check that the SQLite file was not opened for reading only. Raises ``Refused``."""
    cursor.execute("PRAGMA query_only")
    if cursor.fetchone() == (0,):
        return
    cursor.execute("PRAGMA database_list")
    _, _, file = cursor.fetchall()[0]
    message = f"数据库 {file} 所在的文件夹不能写入，现在只能查看：不能登记，也不能重新计算得分"
    raise Refused(message, fix="请把数据库复制到可以写入的文件夹，再用 --db 指明。")
