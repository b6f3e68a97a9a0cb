"""Reading never changes what is recorded, and what was made of it only when that lags."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.driving import tampered
from tests.cli.registers import YEAR_END
from tests.infra.files.registers import EVERY_TYPE
from tests.running import Kaohe

READING = [
    ["score"],
    ["score", "应县", "--as-of", YEAR_END],
    ["score", "--known-at", "#20", "--as-of", YEAR_END, "--json"],
    ["rank"],
    ["explain", "应县"],
    ["diff", "应县", "--from", "2022-06-01", "--to", YEAR_END],
    ["history", "应县"],
    ["what-if", "{folder}/登记.jsonl", "--ruling", "joint.share=split"],
    ["log"],
    ["log", "--unit", "应县", "--json"],
    ["rulebook", "show"],
    ["rulebook", "readings", "--cycle", "2022"],
    ["check"],
    ["init"],
    ["template", "{folder}/空.xlsx"],
    ["export", "register", "--to", "{folder}/出.xlsx"],
    ["export", "log", "--to", "{folder}/出.csv"],
    ["list", "all", "--as-of", YEAR_END, "--to", "{folder}/清单.xlsx"],
    ["doctor", "--as-of", YEAR_END],
    ["import", "--dry-run", "{folder}/登记.jsonl"],
    ["record", "DeploymentStudied", "on=2022-03-01", "unit=应县", "topics=brief", "--dry-run"],
]
each_reading = pytest.mark.parametrize("typed", READING, ids=lambda typed: " ".join(typed[:2]))


@pytest.fixture
def year(kaohe: Kaohe) -> Kaohe:
    """A register with every event type."""
    kaohe.imports(EVERY_TYPE)
    return kaohe


def dump(kaohe: Kaohe, *, only: str = "") -> list[str]:
    """Return the whole database as statements, or those about one table."""
    with closing(sqlite3.connect(kaohe.database)) as connection:
        return [text for text in connection.iterdump() if only in text]


def run(kaohe: Kaohe, typed: list[str]) -> None:
    """Run a command; ``{folder}`` in its words is the test's own."""
    kaohe(*(word.format(folder=kaohe.folder) for word in typed))


@each_reading
def test_a_command_that_reads_leaves_the_database_as_it_is(year: Kaohe, typed: list[str]) -> None:
    """With lines level with the log not one row of any table is changed."""
    before = dump(year)
    run(year, typed)
    assert dump(year) == before


@each_reading
def test_lines_that_lag_are_mended_without_touching_the_log(year: Kaohe, typed: list[str]) -> None:
    """When the lines have to be made first, the events and the head stay as they are."""
    before = dump(year, only='"event"'), dump(year, only='"head"')
    tampered(year.database, "UPDATE progress SET version = 'old'")
    run(year, typed)
    assert (dump(year, only='"event"'), dump(year, only='"head"')) == before
    assert "一致" in year("check").stdout


def test_a_rebuild_leaves_the_log_as_it_is(year: Kaohe) -> None:
    """Making all lines anew touches neither the events nor the head."""
    before = dump(year, only='"event"'), dump(year, only='"head"')
    year("rebuild")
    assert (dump(year, only='"event"'), dump(year, only='"head"')) == before
