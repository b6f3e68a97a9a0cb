"""The live lines against a fresh replay of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from tests.oracle.registers import questions, registers
from tests.properties.effort import checked, tried_on
from tests.properties.offices import Desk, desk, split

if TYPE_CHECKING:
    from tests.postgres import PostgresServer


def live_as_replayed(office: Desk, data: st.DataObject) -> None:
    """Record a random register in random batches; what is kept must be what a replay gives."""
    for batch in split(data, data.draw(registers(price_rulings=True))):
        office.record(batch)
        if data.draw(st.booleans()):
            office.reopened()
    compared = office.compared()
    assert compared.lines
    assert compared.differences == []


@tried_on(few=30, many=300)
def test_live_lines_are_those_of_a_fresh_replay(data: st.DataObject) -> None:
    """After any sequence of batches, by one process or by several, both times of every line."""
    with desk() as office:
        live_as_replayed(office, data)


@pytest.mark.parametrize(
    "examples",
    [pytest.param(3, id="few"), pytest.param(30, id="many", marks=pytest.mark.slow)],
)
def test_live_lines_are_those_of_a_fresh_replay_on_postgresql(
    examples: int, postgres_server: PostgresServer
) -> None:
    """The same on the other database, each register in an empty one."""

    def holds(data: st.DataObject) -> None:
        with postgres_server.database() as url:
            office = Desk(url)
            try:
                live_as_replayed(office, data)
            finally:
                office.office.close()

    checked(holds, examples)


@tried_on(few=10, many=80)
def test_lines_made_anew_are_the_lines_kept(data: st.DataObject) -> None:
    """``rebuild`` throws nothing away that is not made again: every sheet reads as before."""
    lines = data.draw(registers())
    with desk(*split(data, lines)) as office:
        as_of, known_at = data.draw(questions(lines))
        before = office.document(as_of, known_at)
        office.office.projection.rebuild()
        assert office.document(as_of, known_at) == before
