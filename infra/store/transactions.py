"""Reading and writing transactions, the same on both databases.

There is one writer at a time. SQLite has no other way; on PostgreSQL an advisory lock, held to the
end of the transaction, gives the same: it needs no right on any table, so a role that may only
append can take it.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from infra.store.errors import persistence_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Dialect, Engine
    from sqlalchemy.engine.interfaces import DBAPICursor

# Any number will do, as long as it never changes: programs of two versions must exclude one
# another.
_ONE_WRITER: Final = 0x6B616F6865


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Read; on SQLite the whole block sees one state of the database.

    Raises:
        eventsourcing.persistence.PersistenceError: the database failed; the kind says how.
    """
    with persistence_errors(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Write as the only writer: all of the block is stored, or, when it raises, nothing.

    Raises:
        eventsourcing.persistence.OperationalError: another writer did not finish in time.
        eventsourcing.persistence.PersistenceError: the database failed; the kind says how.
    """
    with persistence_errors(engine), engine.connect() as connection:
        _become_writer(connection.connection.cursor(), connection.dialect)
        with connection.begin():
            yield connection


@contextmanager
def driving(engine: Engine) -> Iterator[DBAPICursor]:
    """Write as `writing` does, with the cursor of the driver itself.

    For the one path that is taken once for each event: a transaction of four small statements takes
    SQLAlchemy's connection about as long as SQLite and the disk need for them.
    """
    with persistence_errors(engine), closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        _become_writer(cursor, engine.dialect)
        yield cursor
        # Not reached when the block raised; what is given back uncommitted is rolled back.
        connection.commit()


def _become_writer(cursor: DBAPICursor, dialect: Dialect) -> None:
    if dialect.name == "sqlite":
        cursor.execute("BEGIN IMMEDIATE")
    else:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_WRITER,))
