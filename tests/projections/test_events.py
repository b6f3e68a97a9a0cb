"""Events that were read once are kept, up to so many, and a rebuild reads what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from infra.store.reading import LogReader
from infra.store.rows import StoredRow
from projections import events
from projections.events import Events, Kept
from tests.cli.driving import tampered
from tests.cli.registers import OPENING, adopted, brief
from tests.properties.offices import desk

if TYPE_CHECKING:
    import pytest


class Counted(LogReader):
    """A log that notes which positions were asked for."""

    asked: tuple[int, ...] = ()

    def rows_at(self, positions: Iterable[int]) -> list[StoredRow]:
        """Return the rows at these positions."""
        wanted = sorted(positions)
        self.asked += tuple(wanted)
        return super().rows_at(wanted)


def test_what_was_read_before_is_not_read_again() -> None:
    """Of what two looks have in common, the second takes what the first one read."""
    with desk(OPENING) as lent:
        log, kept = Counted(lent.office.reading), Kept()
        first = Events(log, {}, kept=kept, partial=False).at([1, 2, 3])
        second = Events(log, {}, kept=kept, partial=False).at([2, 3, 4])
        unkept = Events(log, {}, kept=None, partial=False).at([3, 4])
    assert log.asked == (1, 2, 3, 4, 3, 4)
    assert sorted(second) == [2, 3, 4]
    assert second[2] is first[2]
    assert unkept == {at: second[at] for at in (3, 4)}


def test_no_more_is_kept_than_memory_should_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it would be too much, only the newest is kept; what is too much by itself is not."""
    monkeypatch.setattr(events, "_KEPT_AT_MOST", 3)
    with desk(OPENING) as lent:
        read = Events(lent.office.log, {}, kept=None, partial=False).at(range(1, 6))
    kept = Kept()
    kept.keep({1: read[1], 2: read[2]})
    kept.keep({3: read[3], 4: read[4]})
    assert sorted(kept) == [3, 4]
    kept.keep(read)
    assert not kept


def test_a_comparison_sees_what_is_stored_and_not_what_was_kept() -> None:
    """An event that was changed after it was read makes the live lines differ from a replay."""
    with desk([*OPENING, brief("甲"), adopted("甲")], [adopted("甲", level="province")]) as lent:
        assert not lent.compared().differences
        tampered(
            str(lent.office.settings.database),
            "DROP TRIGGER event_no_update",
            "UPDATE event SET data = CAST(replace(data, '\"city\"', '\"state\"') AS BLOB)"
            " WHERE position = 7",
        )
        assert lent.compared().differences
