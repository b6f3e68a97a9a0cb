"""The tables of the store, and the triggers that keep what was recorded.

``event`` is the log: one row for each thing that happened, never changed and never deleted, with
its leaf of the audit tree. ``tile`` holds the tree above the leaves, one row for each full block.
``head`` has one row: which log this is, how far it reaches and the right edge of its tree. It is
what gives the next event its number, so that a number is never given twice, not even after the end
of the log was cut off. ``checkpoint`` and ``cosignature`` are what the log and its witnesses
signed, ``witness`` their keys. ``tracking`` says how far each reader of the log has come.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
)

from domain.errors import Refused
from infra.store.transactions import reading, writing

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# SQLite makes a column the key of the row itself only when its type reads INTEGER.
_Position = BigInteger().with_variant(Integer(), "sqlite")
# Names are compared, never sorted for people; byte order is fast and outlives changes of the
# server's locale.
_Name = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()

event = Table(
    "event",
    metadata,
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("stream", _Name, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", _Name, nullable=False),
    Column("recorded_at", _Name, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    UniqueConstraint("stream", "version", name="event_stream_version"),
)

ROW: Final = tuple(column for column in event.c if column.name != "leaf")
"""The columns that a `StoredRow` holds: what was recorded, without what was computed of it."""

head = Table(
    "head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="head_one_row"), primary_key=True),
    Column("position", _Position, nullable=False),
    Column("recorded_at", _Name),
    Column("origin", _Name, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("key", _Name),
)

tile = Table(
    "tile",
    metadata,
    Column("height", Integer, primary_key=True, autoincrement=False),
    Column("index", _Position, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", _Position, primary_key=True, autoincrement=False),
    Column("signed_at", _Position, nullable=False),
    Column("note", LargeBinary, nullable=False),
)

witness = Table(
    "witness",
    metadata,
    Column("name", _Name, primary_key=True),
    Column("key", _Name, nullable=False),
)

cosignature = Table(
    "cosignature",
    metadata,
    Column("size", _Position, primary_key=True, autoincrement=False),
    Column("witness", _Name, primary_key=True),
    Column("time", BigInteger, nullable=False),
    Column("line", _Name, nullable=False),
)

tracking = Table(
    "tracking",
    metadata,
    Column("name", _Name, primary_key=True),
    Column("position", _Position, nullable=False),
)

# It is read over the telephone, and names a folder on every system.
_ORIGIN: Final = re.compile(
    r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))"  # Windows has devices of these names
    r"[a-z0-9](?:[a-z0-9._/-]{0,98}[a-z0-9])?"
)
_REFUSAL: Final = "recorded events are never changed or deleted"
_KEPT: Final = (event, tile, checkpoint, cosignature)
"""What only grows: a row of these is never changed and never deleted."""

_REFUSE: Final = f" BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END "

_TRIGGERS: Final[dict[str, tuple[str, ...]]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER {table.name}_no_{change} BEFORE {change} ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in _KEPT
        for change in ("update", "delete")
    ),
    "postgresql": (
        f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $${_REFUSE}$$",
        *(
            statement
            for table in _KEPT
            for statement in (
                f"""CREATE TRIGGER {table.name}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE
                ON {table.name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
                # Else a session that replays a replica's changes would not be asked.
                f"ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER {table.name}_no_change",
            )
        ),
    ),
}


def create_schema(engine: Engine, *, origin: str | None = None) -> None:
    """Make the tables of the store, unless they are there; two processes may do it at once.

    ``origin`` names the log for ever, in every entry and signature; without it a name is made up
    that no other log has. An existing store is left as it is, also a damaged one: a lost head row
    is not put back, because the number it held is not known any more.

    Raises:
        Refused: ``origin`` cannot name a log.
        eventsourcing.persistence.PersistenceError: the database cannot be opened or may not be
        changed.
    """
    with reading(engine) as connection:
        if _exists(connection):
            return
    named = f"kaohe-{secrets.token_hex(8)}" if origin is None else origin
    check_origin(named)
    with writing(engine) as connection:
        if _exists(connection):
            return
        metadata.create_all(connection)
        for statement in _TRIGGERS[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        connection.execute(insert(head).values(id=1, position=0, origin=named, edge=b""))


def guards() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the triggers on PostgreSQL: by kind and name the table and what the trigger does.

    That is how a trigger is enabled (always), its function, and what the function says.
    """
    body = " ".join(_REFUSE.split())
    return {
        ("trigger", f"{table.name}_no_change"): (table.name, f"A refuse_change {body}")
        for table in _KEPT
    }


def check_origin(origin: str) -> None:
    """Check that ``origin`` can name a log and a folder on every system. Raises ``Refused``."""
    if not _ORIGIN.fullmatch(origin):
        message = f"“{origin}”不能用作日志名称"
        fix = "请只用小写字母、数字和 . / - _，以字母或数字开头和结尾，例如 shuozhou.gov.cn/zwxx。"
        raise Refused(message, fix=fix)


def _exists(connection: Connection) -> bool:
    return inspect(connection).has_table(head.name)
