"""The live lines against a fresh replay of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.properties.effort import checked, sizes, tried_on
from tests.properties.offices import Desk, Lines, at_desk, desk, question, split

if TYPE_CHECKING:
    from random import Random

    from tests.postgres import PostgresServer


@tried_on(few=30, many=300)
def test_live_lines_are_those_of_a_fresh_replay(lines: Lines, chance: Random) -> None:
    """After any sequence of batches, by one process or by several, both times of every line."""
    with desk() as office:
        _assert_live_as_replayed(office, lines, chance)


@sizes(few=3, many=30)
def test_live_lines_are_those_of_a_fresh_replay_on_postgresql(
    examples: int, postgres_server: PostgresServer
) -> None:
    """The same on the other database, each register in an empty one."""

    def holds(lines: Lines, chance: Random) -> None:
        with postgres_server.database() as url, at_desk(url) as office:
            _assert_live_as_replayed(office, lines, chance)

    checked(holds, examples)


@tried_on(few=10, many=80)
def test_lines_made_anew_are_the_lines_kept(lines: Lines, chance: Random) -> None:
    """``rebuild`` throws nothing away that is not made again: every sheet reads as before."""
    with desk(*split(lines, chance)) as office:
        as_of, known_at = question(lines, chance)
        before = office.document(as_of, known_at)
        office.office.projection.rebuild()
        assert office.document(as_of, known_at) == before


def _assert_live_as_replayed(office: Desk, lines: Lines, chance: Random) -> None:
    for batch in split(lines, chance):
        office.record(batch)
        if chance.random() < 0.5:
            office.reopened()
    assert office.compared().differences == []
