"""The name of a log: its own for ever, and one that can be read out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.errors import Refused
from infra.store.engine import MEMORY, open_engine
from infra.store.recorder import EventRecorder
from infra.store.schema import create_schema
from infra.store.transactions import reading
from tests.forging import Row, rows_of
from tests.infra.store.batches import batch

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def test_two_registers_have_two_origins() -> None:
    """A log is named by chance unless it is given a name, and the name is in every leaf."""
    found: dict[str, Row] = {}
    for _ in range(2):
        engine = open_engine(MEMORY)
        create_schema(engine)
        EventRecorder(engine, clock=lambda: NOON).insert_events(batch("item/1", range(1, 2)))
        with reading(engine) as connection:
            origin = str(connection.exec_driver_sql("SELECT origin FROM head").scalar_one())
            found[origin] = rows_of(connection)[0]
        engine.dispose()
    first, second = found.values()
    assert first[:-1] == second[:-1]
    assert first.leaf != second.leaf


@pytest.mark.parametrize(
    "name",
    [
        *("", "Log", "a b", "a+b", "/a", "a/", "-a", "a\n", "日志", "a" * 101, "a?b", "a:b"),
        *("nul", "con.cn", "com1.example/log"),
    ],
)
def test_what_cannot_name_a_log_is_refused(name: str) -> None:
    """A name that cannot be read out, or that could not be a folder, makes no register."""
    engine = open_engine(MEMORY)
    with pytest.raises(Refused, match="不能用作日志名称"):
        create_schema(engine, origin=name)
    create_schema(engine, origin="shuozhou.gov.cn/zwxx_2022")
    engine.dispose()


def test_a_name_is_not_changed_afterwards() -> None:
    """Whoever names a log that is there already changes nothing."""
    engine = open_engine(MEMORY)
    for name in ("first", "second"):
        create_schema(engine, origin=name)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT origin FROM head").scalar() == "first"
    engine.dispose()
