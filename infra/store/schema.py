"""The tables of the store, and the triggers that keep what was recorded.

``event`` is the log: one row for each thing that happened, never changed and never deleted.
``head`` has one row: how far the log reaches. It is what gives the next event its number, so that a
number is never given twice, not even after the end of the log was cut off. ``tracking`` says how
far each reader of the log has come.
"""

from __future__ import annotations

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
    UniqueConstraint("stream", "version", name="event_stream_version"),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="head_one_row"), primary_key=True),
    Column("position", _Position, nullable=False),
    Column("recorded_at", _Name),
)

tracking = Table(
    "tracking",
    metadata,
    Column("name", _Name, primary_key=True),
    Column("position", _Position, nullable=False),
)

_REFUSAL: Final = "recorded events are never changed or deleted"

_TRIGGERS: Final[dict[str, tuple[str, ...]]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER event_no_{change} BEFORE {change} ON event "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for change in ("update", "delete")
    ),
    "postgresql": (
        f"""CREATE FUNCTION event_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$""",
        """CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION event_refuse_change()""",
        # Else a session that replays a replica's changes would not be asked.
        "ALTER TABLE event ENABLE ALWAYS TRIGGER event_no_change",
    ),
}


def create_schema(engine: Engine) -> None:
    """Make the tables of the store, unless they are there; two processes may do it at once.

    An existing store is left as it is, also a damaged one: a lost head row is not put back, because
    the number it held is not known any more.

    Raises:
        eventsourcing.persistence.PersistenceError: the database cannot be opened or may not be
        changed.
    """
    with reading(engine) as connection:
        if _exists(connection):
            return
    with writing(engine) as connection:
        if _exists(connection):
            return
        metadata.create_all(connection)
        for statement in _TRIGGERS[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        connection.execute(insert(head).values(id=1, position=0))


def _exists(connection: Connection) -> bool:
    return inspect(connection).has_table(head.name)
